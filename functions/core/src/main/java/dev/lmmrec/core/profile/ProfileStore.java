package dev.lmmrec.core.profile;

import dev.lmmrec.core.store.DocumentBatch;
import dev.lmmrec.core.store.DocumentTable;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table {@code profiles}: one row per user and per item. */
public final class ProfileStore {

    /** What the optimistic lock's conditions below ask for. */
    private static final String REVISION = "revision";

    /** What the demo chooses users by, and whoever looks at the table. */
    private static final String REVIEW_COUNT = "reviewCount";

    private final DocumentTable<Profile> rows;

    /**
     * Opens the table.
     *
     * @param dynamoDb the client, owned by the caller
     * @param table the table's name
     */
    public ProfileStore(DynamoDbClient dynamoDb, String table) {
        this.rows = DocumentTable.ofTexts(
                dynamoDb,
                table,
                "key",
                Profile.class,
                profile -> profile.key().toString(),
                Map.of(
                        REVISION, profile -> AttributeValue.fromN(Long.toString(profile.revision())),
                        REVIEW_COUNT, profile -> AttributeValue.fromN(Integer.toString(profile.reviewCount()))));
    }

    /**
     * Reads one profile.
     *
     * @param key the user or item
     * @return its profile, if any of its reviews was merged
     */
    public Optional<Profile> find(ProfileKey key) {
        return rows.find(key.toString());
    }

    /**
     * Reads many profiles.
     *
     * @param keys users and items
     * @return the profiles that exist, by key
     */
    public Map<ProfileKey, Profile> findAll(Collection<ProfileKey> keys) {
        return rows.findAll(keys.stream().map(ProfileKey::toString).toList()).values().stream()
                .collect(Collectors.toMap(Profile::key, profile -> profile));
    }

    /**
     * Has profiles read together with rows of other tables.
     *
     * @param batch reads them
     * @param keys users and items
     * @param found is given each profile that exists
     */
    public void addTo(DocumentBatch batch, Collection<ProfileKey> keys, Consumer<Profile> found) {
        rows.addTo(batch, keys.stream().map(ProfileKey::toString).toList(), found);
    }

    /**
     * Replaces a profile if nobody else has since it was read (optimistic lock).
     *
     * @param profile the new content under the revision that was read, 0 for a first write; stored under the next
     * @return false if the stored revision is another one, and nothing was written
     */
    public boolean save(Profile profile) {
        return rows.replace(profile.withRevision(profile.revision() + 1), profile.revision());
    }

    /**
     * Deletes a profile if nobody has changed it since it was read (optimistic lock).
     *
     * @param profile as it was read
     * @return false if the stored revision is another one, and nothing was deleted
     */
    public boolean delete(Profile profile) {
        return rows.deleteIf(
                profile.key().toString(),
                "revision = :read",
                Map.of(":read", AttributeValue.fromN(Long.toString(profile.revision()))));
    }

    /**
     * Reads all profiles, for batch jobs.
     *
     * @return the profiles, lazily, in no order
     */
    public Stream<Profile> scan() {
        return rows.scan();
    }
}
