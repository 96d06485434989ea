package dev.lmmrec.core.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.vector.DenseVector;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

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

    private static final int ID_LENGTH = 16;

    /** Copies the quotes. */
    public ProfileMotivation {
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
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
