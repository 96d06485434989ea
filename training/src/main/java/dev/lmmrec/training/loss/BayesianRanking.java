package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * Bayesian personalised ranking: the mean of {@code -log σ(<e_u, e_i> - <e_u, e_j>)} over interactions (u, i) and items
 * j that u has not met.
 *
 * @param weight how much it counts
 */
public record BayesianRanking(double weight) implements LossTerm {

    @Override
    public String name() {
        return "bpr";
    }

    @Override
    public NDArray value(Forward forward) {
        NDArray users = forward.users(forward.batch().users());
        NDArray difference = forward.items(forward.batch().positives())
                .sub(forward.items(forward.batch().negatives()));
        NDArray margin = users.mul(difference).sum(new int[] {1});
        return Activation.softPlus(margin.neg()).mean();
    }
}
