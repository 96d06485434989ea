package dev.lmmrec.core.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Records of one or several tables, read together: what belongs to one question costs one round trip. */
public final class DocumentBatch {

    private static final int KEYS_MAX = 100;
    private static final int ROUNDS_MAX = 8;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final DynamoDbClient dynamoDb;
    private final List<Wanted> wanted = new ArrayList<>();
    private final Map<String, Consumer<Map<String, AttributeValue>>> readers = new HashMap<>();

    private record Wanted(String table, Map<String, AttributeValue> key) {}

    /**
     * Begins with nothing.
     *
     * @param dynamoDb the client, owned by the caller
     */
    public DocumentBatch(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /**
     * Asks for rows of a table.
     *
     * @param table its name, asked for once in a batch
     * @param keys the rows' keys, each once
     * @param found is given each row that exists
     */
    void add(String table, Collection<Map<String, AttributeValue>> keys, Consumer<Map<String, AttributeValue>> found) {
        if (readers.putIfAbsent(table, found) != null) {
            throw new IllegalArgumentException("table " + table + " is in the batch already");
        }
        keys.forEach(key -> wanted.add(new Wanted(table, key)));
    }

    /**
     * Reads all that was asked for, strongly consistent.
     *
     * @throws IllegalStateException if DynamoDB keeps leaving keys unprocessed
     */
    public void read() {
        for (int start = 0; start < wanted.size(); start += KEYS_MAX) {
            read(wanted.subList(start, Math.min(wanted.size(), start + KEYS_MAX)));
        }
    }

    private void read(List<Wanted> chunk) {
        Map<String, KeysAndAttributes> pending = new HashMap<>();
        chunk.stream()
                .collect(Collectors.groupingBy(Wanted::table, Collectors.mapping(Wanted::key, Collectors.toList())))
                .forEach((table, keys) -> pending.put(
                        table,
                        KeysAndAttributes.builder()
                                .keys(keys)
                                .consistentRead(true)
                                .build()));
        Map<String, KeysAndAttributes> request = pending;
        for (int round = 0; !request.isEmpty(); round++) {
            if (round == ROUNDS_MAX) {
                throw new IllegalStateException("tables " + request.keySet() + " left keys unread after " + round
                        + " rounds; their read capacity is exhausted");
            }
            if (round > 0) {
                pause(PAUSE.multipliedBy(1L << round));
            }
            Map<String, KeysAndAttributes> asked = request;
            BatchGetItemResponse response = dynamoDb.batchGetItem(get -> get.requestItems(asked));
            response.responses().forEach((table, rows) -> rows.forEach(readers.get(table)));
            request = response.unprocessedKeys();
        }
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for DynamoDB", e);
        }
    }
}
