package dev.lmmrec.training.experiment;

import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.ReviewText;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.text.ReviewTexts;
import java.util.List;
import java.util.Optional;

/**
 * What a model is given: interactions to learn from and to choose by, and the text that may be seen.
 *
 * @param split the interactions; the test part is for {@link Cells} alone
 * @param dataset the reviews behind them, held-out ones included; empty if there is no text
 */
public record Task(Split split, Optional<Dataset> dataset) {

    /**
     * The reviews that a model may read.
     *
     * @return those of pairs that are not held out; none if there is no text
     */
    public List<ReviewText> reviews() {
        return dataset.map(reviews -> reviews.reviewsWithout(split)).orElse(List.of());
    }

    /**
     * What these reviews say, as a model takes it.
     *
     * @return empty if there are neither words nor sentence vectors
     */
    public Optional<ReviewTexts> text() {
        return dataset.map(reviews -> ReviewTexts.without(reviews, split)).filter(ReviewTexts::present);
    }

    /**
     * The judge of settings and epochs.
     *
     * @return an evaluation on the validation part
     */
    public Evaluation validation() {
        return new Evaluation(split.train(), split.validation());
    }
}
