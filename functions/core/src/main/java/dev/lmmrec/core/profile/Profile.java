package dev.lmmrec.core.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lmmrec.core.vector.DenseVector;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is known of one user or one item: a row of the table {@code profiles}.
 *
 * @param key the user or item
 * @param reviewCount how many reviews it knows of
 * @param meanRating the mean rating of those that count, 1 to 5
 * @param interactions the reviews it knows of, latest first, at most {@link ProfileMerge#REVIEWS_MAX}; nothing else
 *     here rests on those that are held back
 * @param kind of an item: neutral words for the kind of thing it is, most frequent first; of a user: empty
 * @param motivations heaviest first, at most {@link ProfileMerge#MOTIVATIONS_MAX}
 * @param text the profile in words, see {@link ProfileText}
 * @param textVector mean direction of the reviews' text vectors, {@code [384]}, L2-normalised; null before the first
 * @param alignedVector the text vector seen by the promoted artefact's text encoder, {@code [d]}; null without one
 * @param modelVersion the artefact version that made the aligned vector; null without one
 * @param revision counts the writes of this row from 1, for the optimistic lock; 0 before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Profile(
        ProfileKey key,
        int reviewCount,
        double meanRating,
        List<Interaction> interactions,
        List<String> kind,
        List<ProfileMotivation> motivations,
        String text,
        DenseVector textVector,
        DenseVector alignedVector,
        String modelVersion,
        long revision) {

    /** Copies the lists. */
    public Profile {
        Objects.requireNonNull(key, "key");
        interactions = List.copyOf(interactions);
        kind = List.copyOf(kind);
        motivations = List.copyOf(motivations);
    }

    /**
     * The same profile as seen by an artefact.
     *
     * @param aligned the aligned vector, {@code [d]}
     * @param version the artefact's version
     * @return a new profile
     */
    public Profile withAligned(DenseVector aligned, String version) {
        return new Profile(
                key,
                reviewCount,
                meanRating,
                interactions,
                kind,
                motivations,
                text,
                textVector,
                aligned,
                version,
                revision);
    }

    /**
     * The same profile as if it had never had some of its motivations; all else stays as it is.
     *
     * @param ids see {@link ProfileMotivation#id()}; unknown ones change nothing
     * @return a new profile
     */
    public Profile withoutMotivations(Set<String> ids) {
        if (ids.isEmpty()) {
            return this;
        }
        return new Profile(
                key,
                reviewCount,
                meanRating,
                interactions,
                kind,
                motivations.stream()
                        .filter(motivation -> !ids.contains(motivation.id()))
                        .toList(),
                text,
                textVector,
                alignedVector,
                modelVersion,
                revision);
    }

    /**
     * The same profile under another revision.
     *
     * @param newRevision the revision
     * @return a new profile
     */
    public Profile withRevision(long newRevision) {
        return new Profile(
                key,
                reviewCount,
                meanRating,
                interactions,
                kind,
                motivations,
                text,
                textVector,
                alignedVector,
                modelVersion,
                newRevision);
    }

    /**
     * How many reviews are held back.
     *
     * @param why for this reason
     * @return their number
     */
    public int held(Held why) {
        return (int) interactions.stream()
                .filter(interaction -> interaction.heldOrNull() == why)
                .count();
    }

    /**
     * One review seen from one side.
     *
     * @param reviewId the review
     * @param counterpart of a user: the item's id; of an item: the user's id
     * @param rating 1 to 5
     * @param time epoch seconds
     * @param heldOrNull why the review does not count for now; null if it counts
     */
    public record Interaction(
            String reviewId,
            String counterpart,
            double rating,
            long time,

            @JsonProperty("held") @JsonInclude(JsonInclude.Include.NON_NULL)
            Held heldOrNull) {

        /**
         * A review that counts.
         *
         * @param reviewId the review
         * @param counterpart of a user: the item's id; of an item: the user's id
         * @param rating 1 to 5
         * @param time epoch seconds
         */
        public Interaction(String reviewId, String counterpart, double rating, long time) {
            this(reviewId, counterpart, rating, time, null);
        }
    }
}
