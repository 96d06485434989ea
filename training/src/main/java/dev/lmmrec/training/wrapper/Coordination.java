package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.wrapper.LmmrecState.Side;

/**
 * Motivation coordination (MCS): symmetric InfoNCE between interaction motivations and text vectors, for the users and
 * for the items of a step. A pair whose two sides disagree counts less: {@code w = max(0.1, σ((cos − mean) / sd))} over
 * the step, taken as given by the gradient; the weighted mean is over Σw.
 */
final class Coordination implements LossTerm {

    private static final float LEAST_WEIGHT = 0.1f;
    private static final float EPSILON = 1e-6f;

    private final Lmmrec settings;
    private final LmmrecState state;

    Coordination(Lmmrec settings, LmmrecState state) {
        this.settings = settings;
        this.state = state;
    }

    @Override
    public String name() {
        return "mcs";
    }

    @Override
    public double weight() {
        return settings.coordination();
    }

    @Override
    public NDArray value(Forward forward) {
        NDArray sum = forward.tape().manager().create(0f);
        Contrast contrast = new Contrast(settings.temperature());
        for (Side side : state.sides(forward).comparable()) {
            NDArray losses = contrast.bothWays(side.interaction(), side.text());
            if (settings.agreement()) {
                NDArray weights = weights(side.interaction(), side.text());
                sum = sum.add(losses.mul(weights).sum().div(weights.sum()));
            } else {
                sum = sum.add(losses.mean());
            }
        }
        return sum;
    }

    /** How much each pair counts, {@code [k]}, 0.1 to 1. */
    static NDArray weights(NDArray interaction, NDArray text) {
        NDArray cosines = interaction.mul(text).sum(new int[] {1}).stopGradient();
        NDArray centred = cosines.sub(cosines.mean());
        NDArray deviation = centred.square().mean().add(EPSILON).sqrt();
        return Activation.sigmoid(centred.div(deviation)).maximum(LEAST_WEIGHT);
    }
}
