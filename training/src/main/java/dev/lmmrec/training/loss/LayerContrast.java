package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.gradient.ChosenRows;
import dev.lmmrec.training.gradient.Tape;

/**
 * InfoNCE between the final vectors and those of one layer, in the same noisy pass (XSimGCL, Yu et al. 2023, equation
 * 9): each user and each item of the batch, counted once, should find itself among the others of the batch; the mean
 * over users plus the mean over items.
 *
 * @param weight how much it counts
 * @param temperature divides the cosines
 */
public record LayerContrast(double weight, double temperature) implements LossTerm {

    @Override
    public String name() {
        return "contrast";
    }

    @Override
    public NDArray value(Forward forward) {
        return side(forward, forward.batch().distinctUsers(), 0)
                .add(side(
                        forward,
                        forward.batch().distinctPositives(),
                        forward.vectors().users()));
    }

    private NDArray side(Forward forward, int[] indices, int offset) {
        Tape tape = forward.tape();
        NDArray layer = Contrast.normalised(
                ChosenRows.of(tape.manager(), forward.vectors().views().get(0), indices, offset));
        return Contrast.infoNce(
                tape,
                Contrast.normalised(
                        ChosenRows.of(tape.manager(), forward.vectors().nodes(), indices, offset)),
                layer,
                layer,
                Contrast.uniform(tape, indices.length, 1.0 / indices.length),
                temperature);
    }
}
