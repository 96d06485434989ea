package dev.lmmrec.training.text;

import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.TextSides;
import java.util.SplittableRandom;

/**
 * Seeded random sentence vectors in place of reviews, one per training pair: for measuring time on data that has no
 * text. What is trained on them means nothing.
 */
public final class RandomTexts {

    private RandomTexts() {}

    /**
     * Draws.
     *
     * @param train the training pairs
     * @param seed repeats the draw
     * @return texts without motivations and words
     */
    public static ReviewTexts of(Interactions train, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] own = new float[train.count() * Dataset.TEXT_WIDTH];
        float bound = (float) Math.sqrt(3.0 / Dataset.TEXT_WIDTH);
        for (int i = 0; i < own.length; i++) {
            own[i] = (float) (random.nextDouble() * 2 - 1) * bound;
        }
        PairTexts pairs = PairTexts.of(train, own);
        return ReviewTexts.of(TextSides.of(directions(pairs.userSums()), directions(pairs.itemSums())), pairs, train);
    }

    private static float[] directions(float[] sums) {
        float[] directions = sums.clone();
        for (int from = 0; from < sums.length; from += Dataset.TEXT_WIDTH) {
            double squares = 0;
            for (int k = from; k < from + Dataset.TEXT_WIDTH; k++) {
                squares += (double) sums[k] * sums[k];
            }
            for (int k = from; squares > 0 && k < from + Dataset.TEXT_WIDTH; k++) {
                directions[k] /= (float) Math.sqrt(squares);
            }
        }
        return directions;
    }
}
