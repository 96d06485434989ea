package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;

/**
 * AutoCF's reconstruction of interactions (Xia et al. 2023, equation 9): the mean of {@code -<e_u, e_i>} over the
 * batch. Without {@link Spreading}, which keeps vectors apart, it has no lower bound.
 *
 * @param weight how much it counts
 */
public record Reconstruction(double weight) implements LossTerm {

    @Override
    public String name() {
        return "reconstruction";
    }

    @Override
    public NDArray value(Forward forward) {
        return forward.users(forward.batch().users())
                .mul(forward.items(forward.batch().positives()))
                .sum(new int[] {1})
                .mean()
                .neg();
    }
}
