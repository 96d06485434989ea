package dev.lmmrec.training.words;

import dev.lmmrec.training.evaluation.Scorer;
import java.util.Optional;

/** TF-IDF between users and items: how alike what a user wrote and what was written about an item are. */
final class WordMatch implements Scorer {

    private final WordTexts texts;

    /**
     * Takes the rows.
     *
     * @param texts counted over reviews that may be looked at
     */
    public WordMatch(WordTexts texts) {
        this.texts = texts;
    }

    @Override
    public void score(int user, float[] scores) {
        SparseRow own = texts.user(user);
        float[] weights = new float[texts.vocabulary().size()];
        for (int at = 0; at < own.size(); at++) {
            weights[own.word(at)] = own.weight(at);
        }
        for (int item = 0; item < scores.length; item++) {
            scores[item] = texts.item(item).dot(weights);
        }
    }

    @Override
    public Optional<Scorer> twin() {
        return Optional.of(this);
    }
}
