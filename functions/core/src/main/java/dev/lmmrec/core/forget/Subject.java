package dev.lmmrec.core.forget;

import dev.lmmrec.core.digest.Sha256;
import java.util.Locale;
import java.util.Objects;

/**
 * Who or what is to be forgotten.
 *
 * @param kind a user or a single review
 * @param id the user's or review's id
 */
public record Subject(Kind kind, String id) {

    /** What an id names. */
    public enum Kind {
        /** All that a person wrote. */
        USER,
        /** One review. */
        REVIEW
    }

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public Subject {
        Objects.requireNonNull(kind, "kind");
        if (id.isBlank()) {
            throw new IllegalArgumentException(
                    "the id of the " + kind.name().toLowerCase(Locale.ROOT) + " to forget is blank");
        }
    }

    /**
     * A user.
     *
     * @param userId the user
     * @return the subject
     */
    public static Subject user(String userId) {
        return new Subject(Kind.USER, userId);
    }

    /**
     * A review.
     *
     * @param reviewId the review
     * @return the subject
     */
    public static Subject review(String reviewId) {
        return new Subject(Kind.REVIEW, reviewId);
    }

    /**
     * Names the subject without telling who it is: who knows the id can find the name, but not the other way round.
     *
     * @return SHA-256 of kind and id, 64 hexadecimal characters
     */
    String fingerprint() {
        return Sha256.of(kind.name() + "\u0000" + id);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + id;
    }
}
