package dev.lmmrec.core.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.vector.DenseVector;
import java.util.List;

/**
 * One motivation of a profile: the same reason found in one or more reviews.
 *
 * @param side whom the reason is about; a user's profile also holds the item traits this user judged
 * @param facet the kind of reason
 * @param polarity whether the want was met
 * @param statement the wording that speaks for all of them
 * @param support how many reviews gave this reason
 * @param strength mean strength, 0 to 1
 * @param confidence mean confidence, 0 to 1
 * @param lastTime when it was last given, epoch seconds
 * @param quotes the reviewers' own words, latest first, at most {@link ProfileMerge#QUOTES_MAX}
 * @param vector the statement's sentence vector, {@code [384]}, L2-normalised; null if no review of it has vectors
 */
public record ProfileMotivation(
        Side side,
        Facet facet,
        Polarity polarity,
        String statement,
        int support,
        double strength,
        double confidence,
        long lastTime,
        List<Quote> quotes,
        @JsonInclude(JsonInclude.Include.NON_NULL) DenseVector vector) {

    /** Copies the quotes. */
    public ProfileMotivation {
        quotes = List.copyOf(quotes);
    }

    /**
     * How much this motivation says about its owner: more with strength, sureness and the number of reviews.
     *
     * @return strength times confidence times 1 + ln(support)
     */
    public double weight() {
        return strength * confidence * (1 + Math.log(support));
    }

    /**
     * Whether it tells what its owner is after: a need does whatever came of it, a trait does if it pleased.
     *
     * @return false for a trait that displeased or left cold
     */
    public boolean saysWhatIsWanted() {
        return side == Side.USER || polarity == Polarity.POSITIVE;
    }

    /**
     * Words of one review.
     *
     * @param reviewId the review
     * @param userId who wrote it
     * @param itemId what it is about
     * @param text verbatim
     */
    public record Quote(String reviewId, String userId, String itemId, String text) {}
}
