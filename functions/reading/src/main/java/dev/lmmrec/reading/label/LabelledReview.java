package dev.lmmrec.reading.label;

import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.review.Review;
import java.util.List;
import java.util.Objects;

/**
 * A review with the motivations that a labeller found in it.
 *
 * @param review the review
 * @param split the part of the labels it belongs to, empty where there are no parts
 * @param motivations what was found
 */
public record LabelledReview(Review review, String split, List<Motivation> motivations) {

    /** Copies the list. */
    public LabelledReview {
        Objects.requireNonNull(review, "review");
        Objects.requireNonNull(split, "split");
        motivations = List.copyOf(motivations);
    }
}
