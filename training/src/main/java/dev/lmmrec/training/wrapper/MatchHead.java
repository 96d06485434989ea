package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.lmmrec.training.gradient.ChosenRows;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Scaled;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.text.TextEncoder;
import dev.lmmrec.training.wrapper.LmmrecState.Side;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Tells whether an interaction vector and a text vector belong to the same user or item: a small net on {@code [x ⊙ t |
 * (x − t)²]}, trained by binary cross-entropy on each true pair and on two false ones, whose wrong half is drawn among
 * others by how near the teachers hold it, so that false pairs are hard.
 */
final class MatchHead implements LossTerm {

    private static final int DRAW = 2;
    private static final int CANDIDATES = 16;

    private final Lmmrec settings;
    private final LmmrecState state;
    private final Parameter hiddenWeight;
    private final Parameter hiddenBias;
    private final Parameter outWeight;
    private final Parameter outBias;

    MatchHead(Lmmrec settings, LmmrecState state, int width, long seed, NDManager manager) {
        this.settings = settings;
        this.state = state;
        hiddenWeight = Parameter.xavier(manager, "match.hidden.weight", new Shape(2L * width, width), seed);
        hiddenBias = Parameter.of(manager, "match.hidden.bias", new Shape(width), new float[width]);
        outWeight = Parameter.xavier(manager, "match.out.weight", new Shape(width, 1), seed + 1);
        outBias = Parameter.of(manager, "match.out.bias", new Shape(1), new float[1]);
    }

    List<Parameter> parameters() {
        return List.of(hiddenWeight, hiddenBias, outWeight, outBias);
    }

    @Override
    public String name() {
        return "match";
    }

    @Override
    public double weight() {
        return settings.match();
    }

    @Override
    public NDArray value(Forward forward) {
        NDManager manager = forward.tape().manager();
        Teachers teachers = state.teachers();
        SplittableRandom random = new SplittableRandom(state.seed(DRAW));
        NDArray sum = manager.create(0f);
        Side users = state.sides(forward).users();
        if (users.nodes().length > 1) {
            sum = sum.add(of(
                    forward,
                    users,
                    teachers.userInteraction(manager, users.nodes()),
                    teachers.userText(manager, users.nodes()),
                    random));
        }
        Side items = state.sides(forward).items();
        if (items.nodes().length > 1) {
            sum = sum.add(of(
                    forward,
                    items,
                    teachers.itemInteraction(manager, items.nodes()),
                    teachers.itemText(manager, items.nodes()),
                    random));
        }
        return sum;
    }

    private NDArray of(Forward forward, Side side, NDArray interaction, NDArray text, SplittableRandom random) {
        float[] x = interaction.toFloatArray();
        float[] t = text.toFloatArray();
        NDManager manager = forward.tape().manager();
        NDArray wrongText = ChosenRows.of(manager, side.text(), drawn(x, t, side.nodes().length, random));
        NDArray wrongInteraction = ChosenRows.of(manager, side.interaction(), drawn(t, x, side.nodes().length, random));
        NDArray truth = Activation.softPlus(
                logits(forward, side.interaction(), side.text()).neg());
        NDArray falseText = Activation.softPlus(logits(forward, side.interaction(), wrongText));
        NDArray falseInteraction = Activation.softPlus(logits(forward, wrongInteraction, side.text()));
        return Scaled.over(truth.mean().add(Scaled.over(falseText.mean().add(falseInteraction.mean()), 2)), 2);
    }

    private NDArray logits(Forward forward, NDArray x, NDArray t) {
        NDArray features = NDArrays.concat(new NDList(x.mul(t), x.sub(t).square()), 1);
        NDArray hidden = Activation.leakyRelu(
                features.matMul(forward.tape().of(hiddenWeight))
                        .add(forward.tape().of(hiddenBias)),
                TextEncoder.NEGATIVE_SLOPE);
        return hidden.matMul(forward.tape().of(outWeight)).add(forward.tape().of(outBias));
    }

    /** For each anchor another row, of a few drawn evenly one by its share of softmax(cos / τ). */
    private int[] drawn(float[] anchors, float[] others, int rows, SplittableRandom random) {
        int width = anchors.length / rows;
        int[] drawn = new int[rows];
        double[] mass = new double[CANDIDATES];
        int[] candidates = new int[CANDIDATES];
        for (int row = 0; row < rows; row++) {
            double total = 0;
            for (int c = 0; c < CANDIDATES; c++) {
                int other = random.nextInt(rows - 1);
                candidates[c] = other < row ? other : other + 1;
                double cosine = 0;
                for (int k = 0; k < width; k++) {
                    cosine += anchors[row * width + k] * others[candidates[c] * width + k];
                }
                total += Math.exp(cosine / settings.temperature());
                mass[c] = total;
            }
            double at = random.nextDouble() * total;
            int chosen = 0;
            while (chosen < CANDIDATES - 1 && mass[chosen] < at) {
                chosen++;
            }
            drawn[row] = candidates[chosen];
        }
        return drawn;
    }
}
