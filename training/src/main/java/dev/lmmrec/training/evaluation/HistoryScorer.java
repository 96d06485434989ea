package dev.lmmrec.training.evaluation;

import java.util.Optional;

/**
 * A scorer that needs nothing of a user but the items that the user met, so that somebody who was not there in
 * training, or who has just met another item, is scored at once. For a user of the training part both ways of asking
 * give the same scores. Safe for use by several threads at once.
 */
public interface HistoryScorer extends Scorer {

    /**
     * Scores all items for whoever met these.
     *
     * @param history item indices, each at most once; empty gives scores of 0
     * @param scores filled in, {@code [n]}; higher is better, all finite
     */
    void score(int[] history, float[] scores);

    @Override
    default Optional<Scorer> twin() {
        return Optional.of(this);
    }
}
