package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.BayesianRanking;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.loss.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * Vectors that another model found, as a backbone to wrap: so a closed form takes part in alignment by its factors,
 * either as they are or trained on from there by pairwise ranking.
 */
public final class GivenVectors implements Backbone.Learnt {

    private final String name;
    private final Factors factors;
    private final boolean fixed;

    /**
     * Takes vectors.
     *
     * @param name of the model they are of
     * @param factors one row per user and item, of the width that training asks for
     * @param fixed whether they stay as they are
     */
    public GivenVectors(String name, Factors factors, boolean fixed) {
        this.name = name;
        this.factors = factors;
        this.fixed = fixed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<LossTerm> terms() {
        return fixed ? List.of() : List.of(new BayesianRanking(1));
    }

    @Override
    public State start(Interactions train, int width, long seed, NDManager manager) {
        if (factors.width() != width || factors.userCount() != train.users() || factors.itemCount() != train.items()) {
            throw new IllegalArgumentException(name + " has vectors of width " + factors.width() + " for "
                    + factors.userCount() + " users and " + factors.itemCount() + " items, but width " + width
                    + ", " + train.users() + " users and " + train.items() + " items are asked for");
        }
        int users = factors.userCount();
        float[] flat = new float[(users + factors.itemCount()) * width];
        for (int user = 0; user < users; user++) {
            System.arraycopy(factors.user(user), 0, flat, user * width, width);
        }
        for (int item = 0; item < factors.itemCount(); item++) {
            System.arraycopy(factors.item(item), 0, flat, (users + item) * width, width);
        }
        Parameter vectors = Parameter.of(manager, "given", new Shape(flat.length / width, width), flat);
        return new State() {

            @Override
            public List<Parameter> parameters() {
                return fixed ? List.of() : List.of(vectors);
            }

            @Override
            public Vectors forward(Tape tape, long stepSeed) {
                return new Vectors(fixed ? vectors.value() : tape.of(vectors), users);
            }

            @Override
            public Factors vectors() {
                float[] now = vectors.toFloatArray();
                return new Factors(
                        width, Arrays.copyOf(now, users * width), Arrays.copyOfRange(now, users * width, now.length));
            }
        };
    }
}
