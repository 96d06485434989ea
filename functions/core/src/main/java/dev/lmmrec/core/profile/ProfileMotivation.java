package dev.lmmrec.core.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lmmrec.core.digest.Sha256;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.vector.DenseVector;
import java.util.List;
import java.util.Locale;

/**
 * One motivation of a profile: the same reason found in one or more reviews.
 *
 * @param side whom the reason is about; a user's profile also holds the item traits this user judged
 * @param facet the kind of reason
 * @param polarity whether the want was met
 * @param statement the wording that speaks for all of them
 * @param support how many counted reviews gave this reason, of an item as many authors
 * @param fresh what is left of the support after its decay: a review counts half for every
 *     {@link ProfileMerge#HALF_LIFE} that it is older than the profile's latest
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
        double fresh,
        double strength,
        double confidence,
        long lastTime,
        List<Quote> quotes,
        @JsonInclude(JsonInclude.Include.NON_NULL) DenseVector vector) {

    private static final int ID_LENGTH = 16;

    private static final double LN_2 = Math.log(2);

    /** Copies the quotes; rows from before there was decay are as fresh as they are supported. */
    public ProfileMotivation {
        fresh = fresh > 0 ? fresh : support;
        quotes = List.copyOf(quotes);
    }

    /**
     * Names this motivation within its profile: equal for equal side, facet, polarity and statement, whatever their
     * case. A merge keeps the name as long as the same statement speaks for the reason.
     *
     * @return 16 hexadecimal characters
     */
    public String id() {
        String content = String.join(
                "\u0000",
                side.name(),
                facet.name(),
                polarity.name(),
                statement.strip().toLowerCase(Locale.ROOT));
        return Sha256.of(content).substring(0, ID_LENGTH);
    }

    /**
     * A motivation whose reviews are all as late as the profile's latest.
     *
     * @param side see the component
     * @param facet see the component
     * @param polarity see the component
     * @param statement see the component
     * @param support see the component; also how fresh it is
     * @param strength see the component
     * @param confidence see the component
     * @param lastTime see the component
     * @param quotes see the component
     * @param vector see the component
     */
    public ProfileMotivation(
            Side side,
            Facet facet,
            Polarity polarity,
            String statement,
            int support,
            double strength,
            double confidence,
            long lastTime,
            List<Quote> quotes,
            DenseVector vector) {
        this(side, facet, polarity, statement, support, support, strength, confidence, lastTime, quotes, vector);
    }

    /**
     * How much this motivation says about its owner: more with strength, sureness and the number of recent reviews. One
     * recent review weighs 1, three weigh 2, one that is a half-life older than the latest 0.58.
     *
     * @return strength times confidence times log2(1 + fresh)
     */
    public double weight() {
        return strength * confidence * Math.log1p(fresh) / LN_2;
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
