package dev.lmmrec.reading.label;

import dev.lmmrec.core.review.Review;
import java.util.List;

/**
 * Which review a line of motives is about: its id, or whose it is of what where the line has no id.
 *
 * @param reviewId empty if user and item say it
 * @param user empty if the id says it
 * @param item empty if the id says it
 */
public record ReviewKey(String reviewId, String user, String item) {

    /**
     * What a line is about.
     *
     * @param reviewId null if the line has none
     * @param user who wrote the review
     * @param item what it is about
     * @return the id alone if there is one
     */
    public static ReviewKey of(String reviewId, String user, String item) {
        return reviewId == null ? new ReviewKey("", user, item) : new ReviewKey(reviewId, "", "");
    }

    /**
     * All that a line may say of a review.
     *
     * @param review the review
     * @return its id first, which leaves no doubt
     */
    public static List<ReviewKey> allOf(Review review) {
        return List.of(
                of(review.reviewId(), review.userId(), review.itemId()), of(null, review.userId(), review.itemId()));
    }
}
