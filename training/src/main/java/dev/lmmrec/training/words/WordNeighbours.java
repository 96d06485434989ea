package dev.lmmrec.training.words;

import dev.lmmrec.training.evaluation.HistoryScorer;
import java.util.Arrays;

/** TF-IDF between items: the sum of likenesses to what a user met. */
public final class WordNeighbours implements HistoryScorer {

    private final WordTexts texts;
    private final WordLikeness likeness;

    /**
     * Takes the rows.
     *
     * @param texts counted over reviews that may be looked at
     * @param likeness of their items
     */
    public WordNeighbours(WordTexts texts, WordLikeness likeness) {
        this.texts = texts;
        this.likeness = likeness;
    }

    @Override
    public void score(int user, float[] scores) {
        score(texts.train().itemsOf(user), scores);
    }

    @Override
    public void score(int[] history, float[] scores) {
        Arrays.fill(scores, 0);
        for (int met : history) {
            for (int item = 0; item < scores.length; item++) {
                scores[item] += met == item ? 0 : likeness.of(met, item);
            }
        }
    }
}
