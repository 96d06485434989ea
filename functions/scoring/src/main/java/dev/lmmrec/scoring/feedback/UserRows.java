package dev.lmmrec.scoring.feedback;

import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.store.DocumentBatch;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is known of users, the profiles and what they did since, read together. */
public final class UserRows {

    private final DynamoDbClient dynamoDb;
    private final ProfileStore profiles;
    private final FeedbackStore feedback;

    /**
     * Reads from two tables.
     *
     * @param dynamoDb the client of both, owned by the caller
     * @param profiles where profiles are
     * @param feedback where it is kept what users did
     */
    public UserRows(DynamoDbClient dynamoDb, ProfileStore profiles, FeedbackStore feedback) {
        this.dynamoDb = dynamoDb;
        this.profiles = profiles;
        this.feedback = feedback;
    }

    /**
     * What is known of one user.
     *
     * @param profile the profile, if there is one
     * @param feedback what the user did, empty before the first event
     */
    public record Known(Optional<Profile> profile, Feedback feedback) {

        /**
         * The same without some motives.
         *
         * @param ids of the motives; unknown ones change nothing
         * @return what remains
         */
        public Known withoutMotivations(Set<String> ids) {
            return new Known(profile.map(user -> user.withoutMotivations(ids)), feedback);
        }
    }

    /**
     * Reads all that is known of users.
     *
     * @param userIds the users
     * @return one for each of them
     */
    public Map<String, Known> findAll(Collection<String> userIds) {
        Map<String, Profile> written = new HashMap<>();
        Map<String, Feedback> done = new HashMap<>();
        DocumentBatch batch = new DocumentBatch(dynamoDb);
        profiles.addTo(
                batch,
                userIds.stream().map(ProfileKey::user).toList(),
                profile -> written.put(profile.key().id(), profile));
        feedback.addTo(batch, userIds, row -> done.put(row.userId(), row));
        batch.read();
        Map<String, Known> known = new HashMap<>();
        userIds.forEach(userId -> known.put(
                userId,
                new Known(Optional.ofNullable(written.get(userId)), done.getOrDefault(userId, Feedback.none(userId)))));
        return known;
    }
}
