package dev.lmmrec.core.motivation;

import dev.lmmrec.core.store.DocumentTable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table {@code motivations}: one row per review, holding its newest revision. */
public final class MotivationStore {

    private final DocumentTable<ReviewMotivations> rows;

    /**
     * Opens the table.
     *
     * @param dynamoDb the client, owned by the caller
     * @param table the table's name
     */
    public MotivationStore(DynamoDbClient dynamoDb, String table) {
        this.rows =
                new DocumentTable<>(dynamoDb, table, "reviewId", ReviewMotivations.class, ReviewMotivations::reviewId);
    }

    /**
     * Reads one row.
     *
     * @param reviewId the review
     * @return its row, if it was extracted
     */
    public Optional<ReviewMotivations> find(String reviewId) {
        return rows.find(reviewId);
    }

    /**
     * Reads many rows.
     *
     * @param reviewIds the reviews
     * @return the rows that exist, by review id
     */
    public Map<String, ReviewMotivations> findAll(Collection<String> reviewIds) {
        return rows.findAll(reviewIds);
    }

    /**
     * Puts what was found in a revision, unless a later revision is already there.
     *
     * @param row what was found, as a rule without vectors
     * @return false if a later revision was there, and nothing was written
     */
    public boolean put(ReviewMotivations row) {
        return rows.putIf(
                row,
                "attribute_not_exists(reviewId) OR receivedAt <= :receivedAt",
                Map.of(":receivedAt", AttributeValue.fromN(Long.toString(row.receivedAt()))));
    }

    /**
     * Adds vectors to a row, unless the row meanwhile holds another revision.
     *
     * @param row the row with its vectors
     * @return false if the row has changed, and nothing was written
     */
    public boolean putVectors(ReviewMotivations row) {
        return rows.putIf(
                row,
                "contentHash = :contentHash AND receivedAt = :receivedAt AND extractorId = :extractorId",
                Map.of(
                        ":contentHash", AttributeValue.fromS(row.contentHash()),
                        ":receivedAt", AttributeValue.fromN(Long.toString(row.receivedAt())),
                        ":extractorId", AttributeValue.fromS(row.extractorId())));
    }

    /**
     * Deletes a row.
     *
     * @param reviewId the review
     */
    public void delete(String reviewId) {
        rows.delete(reviewId);
    }

    /**
     * Deletes a row if it holds the revision that was received at a time.
     *
     * @param reviewId the review
     * @param receivedAt when that revision entered the queue, epoch milliseconds
     * @return false if it holds another one or does not exist, and nothing was deleted
     */
    public boolean deleteRevision(String reviewId, long receivedAt) {
        return rows.deleteIf(
                reviewId,
                "receivedAt = :receivedAt",
                Map.of(":receivedAt", AttributeValue.fromN(Long.toString(receivedAt))));
    }

    /**
     * The reviews of a user as the index by user knows them, which may be some moments behind the table.
     *
     * @param userId the user
     * @return review ids, in no order
     */
    public List<String> reviewIdsOfUser(String userId) {
        return rows.keysByIndex("by-user", "userId", userId);
    }

    /**
     * Reads all rows, for batch jobs.
     *
     * @return the rows, lazily, in no order
     */
    public Stream<ReviewMotivations> scan() {
        return rows.scan();
    }
}
