package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.gradient.Tape;

/**
 * Sampled softmax with the batch's own items as negatives (SSM, Wu et al. 2022, equation 7): the mean over interactions
 * (u, i) of {@code log Σ_j exp(cos(e_u, e_j)/τ) - cos(e_u, e_i)/τ}. j runs over the items of all interactions of the
 * batch, an item that occurs twice counting twice, so that popular items are pushed away as often as they are drawn.
 *
 * @param weight how much it counts
 * @param temperature divides the cosines
 */
public record SampledSoftmax(double weight, double temperature) implements LossTerm {

    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public NDArray value(Forward forward) {
        Tape tape = forward.tape();
        int[] users = forward.batch().users();
        NDArray items = Contrast.normalised(forward.items(forward.batch().positives()));
        return Contrast.infoNce(
                tape,
                Contrast.normalised(forward.users(users)),
                items,
                items,
                Contrast.uniform(tape, users.length, 1.0 / users.length),
                temperature);
    }
}
