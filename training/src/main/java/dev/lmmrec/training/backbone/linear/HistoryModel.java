package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.HistoryScorer;
import java.util.Arrays;

/**
 * A linear item-history encoder: the sum of the rows of what a user met.
 *
 * @param train the histories of the users of training
 * @param weights from item to item
 */
public record HistoryModel(Interactions train, ItemItem weights) implements HistoryScorer {

    /**
     * Checks that both speak of the same items.
     *
     * @throws IllegalArgumentException if not
     */
    public HistoryModel {
        if (train.items() != weights.items()) {
            throw new IllegalArgumentException(
                    "weights of " + weights.items() + " items do not fit interactions with " + train.items());
        }
    }

    @Override
    public void score(int user, float[] scores) {
        score(train.itemsOf(user), scores);
    }

    @Override
    public void score(int[] history, float[] scores) {
        Arrays.fill(scores, 0);
        weights.add(history, 1, scores);
    }
}
