package dev.lmmrec.core.motivation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lmmrec.core.review.Review;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What extraction found in one revision of one review: a row of the table {@code motivations}.
 *
 * @param reviewId the row's key, the same as the review's
 * @param review the revision
 * @param contentHash {@link Review#contentHash()} of that revision
 * @param receivedAt when the revision entered the queue, epoch milliseconds: of two revisions the later one counts
 * @param extractorId which extractor, model and prompt found them
 * @param motivations what was found, strongest first, possibly nothing
 * @param kind neutral words for the kind of thing the item is, possibly none
 * @param dropped how many candidate motivations had no evidence in the review
 * @param vectorsOrNull the sentence vectors; null until the embedding function has made them
 */
public record ReviewMotivations(
        String reviewId,
        Review review,
        String contentHash,
        long receivedAt,
        String extractorId,
        List<Motivation> motivations,
        List<String> kind,
        int dropped,

        @JsonProperty("vectors") @JsonInclude(JsonInclude.Include.NON_NULL)
        ReviewVectors vectorsOrNull) {

    /**
     * Copies the lists and checks that the parts belong together.
     *
     * @throws IllegalArgumentException if the key is not the review's, or if there is not one vector per motivation
     */
    public ReviewMotivations {
        Objects.requireNonNull(contentHash, "contentHash");
        motivations = List.copyOf(motivations);
        kind = List.copyOf(kind);
        if (!reviewId.equals(review.reviewId())) {
            throw new IllegalArgumentException("row " + reviewId + " holds review " + review.reviewId());
        }
        if (vectorsOrNull != null && vectorsOrNull.statements().size() != motivations.size()) {
            throw new IllegalArgumentException("review " + reviewId + " has " + motivations.size() + " motivations but "
                    + vectorsOrNull.statements().size() + " vectors");
        }
    }

    /**
     * A row as extraction makes it: its key and its hash are the review's, and it has no vectors yet.
     *
     * @param review the revision
     * @param receivedAt when the revision entered the queue, epoch milliseconds
     * @param extractorId which extractor, model and prompt found them
     * @param motivations what was found, strongest first, possibly nothing
     * @param kind neutral words for the kind of thing the item is, possibly none
     * @param dropped how many candidate motivations had no evidence in the review
     * @return the row
     */
    public static ReviewMotivations of(
            Review review,
            long receivedAt,
            String extractorId,
            List<Motivation> motivations,
            List<String> kind,
            int dropped) {
        return new ReviewMotivations(
                review.reviewId(),
                review,
                review.contentHash(),
                receivedAt,
                extractorId,
                motivations,
                kind,
                dropped,
                null);
    }

    /**
     * Who wrote the review: an attribute of its own, for the index by user and for stream records.
     *
     * @return the review's user
     */
    @JsonProperty
    public String userId() {
        return review.userId();
    }

    /**
     * What the review is about: an attribute of its own, for the index by item and for stream records.
     *
     * @return the review's item
     */
    @JsonProperty
    public String itemId() {
        return review.itemId();
    }

    /**
     * The sentence vectors, once they are made.
     *
     * @return the vectors, or empty
     */
    public Optional<ReviewVectors> vectors() {
        return Optional.ofNullable(vectorsOrNull);
    }

    /**
     * The same row with vectors.
     *
     * @param vectors one per motivation and one of the text
     * @return a new row
     */
    public ReviewMotivations withVectors(ReviewVectors vectors) {
        return new ReviewMotivations(
                reviewId, review, contentHash, receivedAt, extractorId, motivations, kind, dropped, vectors);
    }

    /**
     * The same row for a revision that came again: it counts from then on.
     *
     * @param later when it entered the queue again, epoch milliseconds
     * @return a new row
     */
    public ReviewMotivations receivedAgainAt(long later) {
        return new ReviewMotivations(
                reviewId, review, contentHash, later, extractorId, motivations, kind, dropped, vectorsOrNull);
    }
}
