package dev.lmmrec.embedding.event;

import dev.lmmrec.core.profile.ProfileKey;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A review's row has changed; what it holds now is read from the table, so that late and repeated records do no harm.
 *
 * @param sequenceNumber the stream record
 * @param reviewId the review
 * @param formerUserId who the row belonged to before the change; null for a new row
 * @param formerItemId what the row was about before the change; null for a new row
 */
public record ReviewChange(String sequenceNumber, String reviewId, String formerUserId, String formerItemId) {

    /** Refuses a record that does not say what changed. */
    public ReviewChange {
        Objects.requireNonNull(sequenceNumber, "stream record has no SequenceNumber");
        Objects.requireNonNull(reviewId, "stream record has no key reviewId");
    }

    /**
     * The profiles that held the row before the change.
     *
     * @return none for a new row
     */
    public Set<ProfileKey> formerOwners() {
        return Stream.of(
                        formerUserId == null ? null : ProfileKey.user(formerUserId),
                        formerItemId == null ? null : ProfileKey.item(formerItemId))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }
}
