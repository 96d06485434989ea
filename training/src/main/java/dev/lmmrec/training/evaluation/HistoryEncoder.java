package dev.lmmrec.training.evaluation;

/**
 * An item-history encoder: makes a vector of what a user met, and scores by its inner product with the items' vectors.
 * This is what serving keeps, and what text can be aligned with.
 */
public interface HistoryEncoder extends HistoryScorer {

    /**
     * The vectors of the users of training and of all items.
     *
     * @return vectors whose inner products are the scores
     */
    Factors factors();

    /**
     * The vector of whoever met these.
     *
     * @param history item indices, each at most once
     * @return {@code [d]}; zeros for an empty history
     */
    float[] encode(int[] history);
}
