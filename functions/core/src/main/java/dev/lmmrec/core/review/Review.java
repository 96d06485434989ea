package dev.lmmrec.core.review;

import dev.lmmrec.core.digest.Sha256;
import java.util.Objects;

/**
 * What one person wrote about one item, already checked: only {@link ReviewCheck} makes reviews from outside data.
 *
 * @param reviewId the idempotency key; the same id with another text is a new revision
 * @param userId who wrote it
 * @param itemId what it is about
 * @param rating 1 to 5
 * @param time when it was written, epoch seconds
 * @param title the headline, empty where there is none
 * @param text what was written, never blank
 * @param source where it came from, empty where unknown
 */
public record Review(
        String reviewId,
        String userId,
        String itemId,
        double rating,
        long time,
        String title,
        String text,
        String source) {

    /** Refuses missing parts, which only a programming error can cause here. */
    public Review {
        Objects.requireNonNull(reviewId, "reviewId");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(itemId, "itemId");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(source, "source");
    }

    /**
     * Headline and body as one text, the way they are encoded.
     *
     * @return {@code title. text}, or the text alone
     */
    public String whole() {
        return title.isBlank() ? text : title + ". " + text;
    }

    /**
     * Identifies this revision: SHA-256 over every field that extraction or merging depends on, in hexadecimal.
     *
     * @return 64 hexadecimal characters
     */
    public String contentHash() {
        return Sha256.of(
                String.join("\u0000", userId, itemId, Double.toString(rating), Long.toString(time), title, text));
    }
}
