package dev.lmmrec.core.forget;

import dev.lmmrec.core.store.DocumentTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads whole tables and finds where an id, or other words, still stand. */
public final class Traces {

    private static final int FOUND_MAX = 1_000;

    private final DynamoDbClient dynamoDb;

    /**
     * Makes the search.
     *
     * @param dynamoDb the client, owned by the caller
     */
    public Traces(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /**
     * Reads a table from end to end.
     *
     * @param table its name
     * @param words ids, whole; or longer words, which are also found within a text
     * @param within from how many characters on words are looked for within texts too
     * @return attributes that hold some of the words, with the row's place among the rows read; at most a thousand
     */
    public List<String> in(String table, Collection<String> words, int within) {
        List<String> found = new ArrayList<>();
        Set<String> whole = new TreeSet<>(words);
        words.forEach(word -> {
            whole.add("user#" + word);
            whole.add("item#" + word);
        });
        List<String> parts =
                words.stream().filter(word -> word.length() >= within).toList();
        long row = 0;
        for (Map<String, AttributeValue> item : dynamoDb.scanPaginator(
                        scan -> scan.tableName(table).consistentRead(true))
                .items()) {
            row++;
            for (Map.Entry<String, AttributeValue> attribute :
                    DocumentTable.parts(item).entrySet()) {
                String place = table + " row " + row + " " + attribute.getKey();
                collect(place, attribute.getValue(), whole, parts, found);
            }
            if (found.size() >= FOUND_MAX) {
                return found.subList(0, FOUND_MAX);
            }
        }
        return found;
    }

    private static void collect(
            String place, AttributeValue value, Set<String> whole, List<String> parts, List<String> found) {
        switch (value.type()) {
            case S -> {
                if (whole.contains(value.s()) || parts.stream().anyMatch(value.s()::contains)) {
                    found.add(place);
                }
            }
            case SS -> {
                if (value.ss().stream().anyMatch(whole::contains)) {
                    found.add(place);
                }
            }
            case L -> value.l().forEach(element -> collect(place, element, whole, parts, found));
            case M ->
                value.m().forEach((name, element) -> {
                    if (whole.contains(name)) {
                        found.add(place);
                    }
                    collect(place, element, whole, parts, found);
                });
            default -> {
                // numbers, bytes and truth values name nobody
            }
        }
    }
}
