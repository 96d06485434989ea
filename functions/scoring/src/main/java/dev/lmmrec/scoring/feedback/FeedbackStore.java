package dev.lmmrec.scoring.feedback;

import dev.lmmrec.core.store.DocumentBatch;
import dev.lmmrec.core.store.DocumentTable;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table {@code feedback}: one row a user. */
public final class FeedbackStore {

    private static final int ATTEMPTS_MAX = 8;

    private final DocumentTable<Feedback> rows;

    /**
     * Opens the table.
     *
     * @param dynamoDb the client, owned by the caller
     * @param table the table's name
     */
    public FeedbackStore(DynamoDbClient dynamoDb, String table) {
        // a text keeps the order of what it holds; an attribute of DynamoDB that is a map does not
        this.rows = DocumentTable.ofTexts(
                dynamoDb,
                table,
                "userId",
                Feedback.class,
                Feedback::userId,
                Map.of("revision", row -> AttributeValue.fromN(Long.toString(row.revision()))));
    }

    /**
     * Reads what a user did.
     *
     * @param userId the user
     * @return the row, empty before the first event
     */
    public Feedback find(String userId) {
        return rows.find(userId).orElseGet(() -> Feedback.none(userId));
    }

    /**
     * Has what users did read together with rows of other tables.
     *
     * @param batch reads them
     * @param userIds the users
     * @param found is given each row that there is
     */
    public void addTo(DocumentBatch batch, Collection<String> userIds, Consumer<Feedback> found) {
        rows.addTo(batch, userIds, found);
    }

    /**
     * Counts an event once, however often it comes.
     *
     * @param userId the user
     * @param event the event
     * @return false if it had been counted before
     * @throws ContendedRowException if the row keeps changing under the attempts to save it
     */
    public boolean add(String userId, FeedbackEvent event) {
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            Feedback read = find(userId);
            if (read.knows(event.eventId())) {
                return false;
            }
            if (rows.replace(read.with(event).withRevision(read.revision() + 1), read.revision())) {
                return true;
            }
        }
        throw new ContendedRowException("other events of this user were saved under " + ATTEMPTS_MAX
                + " attempts to save this one; send the event again");
    }
}
