package dev.lmmrec.training.words;

import dev.lmmrec.training.backbone.blend.Part;
import dev.lmmrec.training.backbone.linear.HistoryModel;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Evaluation;
import java.util.List;

/**
 * What plain words know without training, as parts of a blend: TF-IDF between users and items, between items, and EASE
 * with words as side information. With popularity and a backbone among the parts this is the baseline that trained text
 * must beat.
 */
public final class WordChannels {

    private static final double[] RIDGES = {5, 20, 60, 150, 400};
    private static final double[] SHARES = {2, 10, 40, 150};

    private final WordTexts texts;

    /**
     * Takes the rows.
     *
     * @param texts counted over reviews that may be looked at
     */
    public WordChannels(WordTexts texts) {
        this.texts = texts;
    }

    /**
     * Makes the parts; ridge and share of EASE are chosen by NDCG@20.
     *
     * @param validation the validation part, never the test part
     * @return parts that several threads may use at once
     */
    public List<Part> parts(Interactions validation) {
        WordLikeness likeness = new WordLikeness(texts);
        Evaluation evaluation = new Evaluation(texts.train(), validation);
        WordEase ease = new WordEase(texts.train(), likeness);
        HistoryModel best = null;
        double bestValue = -1;
        for (double ridge : RIDGES) {
            for (double share : SHARES) {
                HistoryModel model = ease.solve(ridge, share);
                double value = evaluation.of(model).ndcgAt(20);
                if (value > bestValue) {
                    best = model;
                    bestValue = value;
                }
            }
        }
        return List.of(
                new Part("tf-idf user-item", new WordMatch(texts)),
                new Part("tf-idf item-item", new HistoryModel(texts.train(), likeness.neighbours())),
                new Part("ease + tf-idf", best));
    }
}
