package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.text.TextEncoder;
import dev.lmmrec.training.wrapper.LmmrecState.Side;
import java.util.SplittableRandom;

/**
 * The second half of motivation coordination: the two sides must still find each other when both are disturbed,
 * {@code z·(1 + ε)} with ε ~ N(0, σ²) drawn anew for each component and step.
 */
final class Robustness implements LossTerm {

    private static final int DRAW = 1;

    private final Lmmrec settings;
    private final LmmrecState state;

    Robustness(Lmmrec settings, LmmrecState state) {
        this.settings = settings;
        this.state = state;
    }

    @Override
    public String name() {
        return "mcs-robustness";
    }

    @Override
    public double weight() {
        return settings.robustness();
    }

    @Override
    public NDArray value(Forward forward) {
        NDManager manager = forward.tape().manager();
        NDArray sum = manager.create(0f);
        Contrast contrast = new Contrast(settings.temperature());
        SplittableRandom random = new SplittableRandom(state.seed(DRAW));
        for (Side side : state.sides(forward).comparable()) {
            NDArray interaction = disturbed(side.interaction(), random, manager);
            NDArray text = disturbed(side.text(), random, manager);
            sum = sum.add(contrast.bothWays(interaction, text).mean());
        }
        return sum;
    }

    private NDArray disturbed(NDArray rows, SplittableRandom random, NDManager manager) {
        Shape shape = rows.getShape();
        float[] factors = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) (1 + settings.noise() * random.nextGaussian());
        }
        return TextEncoder.direction(rows.mul(manager.create(factors, shape)));
    }
}
