package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.gradient.Scaled;

/**
 * InfoNCE between rows that belong together (van den Oord and others 2018): each row should find its partner among all
 * the other side's rows. Rows are L2-normalised, so that logits are cosines over the temperature, and exponentials of
 * them stay finite for every temperature that is accepted.
 *
 * @param temperature τ
 */
record Contrast(double temperature) {

    /**
     * One direction.
     *
     * @param anchors {@code [k, d]}
     * @param candidates {@code [m, d]}, m ≥ k
     * @param partners each anchor's partner, also among the candidates, {@code [k, d]}
     * @return {@code [k]}
     */
    NDArray oneWay(NDArray anchors, NDArray candidates, NDArray partners) {
        return logSumExp(logits(anchors, candidates), 1).sub(matching(anchors, partners));
    }

    /**
     * The mean of both directions.
     *
     * @param a {@code [k, d]}
     * @param b partners in the same order, {@code [k, d]}
     * @return {@code [k]}
     */
    NDArray bothWays(NDArray a, NDArray b) {
        NDArray exponentials = logits(a, b).exp();
        NDArray forth = exponentials.sum(new int[] {1}).log();
        NDArray back = exponentials.sum(new int[] {0}).log();
        return Scaled.over(forth.add(back), 2).sub(matching(a, b));
    }

    NDArray logits(NDArray anchors, NDArray candidates) {
        // the few numbers of the anchors are divided, not the many of the product
        return Scaled.over(anchors, temperature).matMul(candidates.transpose());
    }

    NDArray matching(NDArray a, NDArray b) {
        return Scaled.over(a.mul(b).sum(new int[] {1}), temperature);
    }

    static NDArray logSumExp(NDArray logits, int axis) {
        return logits.exp().sum(new int[] {axis}).log();
    }
}
