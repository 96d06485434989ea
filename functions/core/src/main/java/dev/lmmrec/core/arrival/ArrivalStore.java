package dev.lmmrec.core.arrival;

import dev.lmmrec.core.arrival.Arrivals.Arrival;
import dev.lmmrec.core.store.DocumentTable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The table {@code arrivals}: a fixed number of rows with a bounded number of items each, so that reading all of it is
 * one small request however many items arrive. An import of many items pushes out the earlier ones; these wait for
 * training.
 */
public final class ArrivalStore {

    /** How many rows there are: writers that meet in one of them start over, and seldom do in so many. */
    public static final int SLOTS = 16;

    private static final int ATTEMPTS_MAX = 8;

    private static final List<String> ALL =
            IntStream.range(0, SLOTS).mapToObj(Integer::toString).toList();

    private final DocumentTable<Arrivals> rows;

    /**
     * Opens the table.
     *
     * @param dynamoDb the client, owned by the caller
     * @param table the table's name
     */
    public ArrivalStore(DynamoDbClient dynamoDb, String table) {
        this.rows = new DocumentTable<>(dynamoDb, table, "slot", Arrivals.class, Arrivals::slot);
    }

    /**
     * Lets items in; those that are among the latest already change nothing.
     *
     * @param itemIds the items
     * @param time now, epoch milliseconds
     * @throws IllegalStateException if a row keeps changing under the attempts to save it
     */
    public void add(Collection<String> itemIds, long time) {
        Map<String, TreeSet<String>> bySlot = new TreeMap<>();
        itemIds.forEach(itemId ->
                bySlot.computeIfAbsent(slotOf(itemId), slot -> new TreeSet<>()).add(itemId));
        Map<String, Arrivals> read = rows.findAll(bySlot.keySet());
        bySlot.forEach((slot, own) -> add(read.getOrDefault(slot, Arrivals.none(slot)), own, time));
    }

    private void add(Arrivals first, Collection<String> itemIds, long time) {
        Arrivals read = first;
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            Arrivals next = read.with(itemIds, time);
            if (next.equals(read) || rows.replace(next, read.revision())) {
                return;
            }
            read = rows.find(read.slot()).orElse(Arrivals.none(read.slot()));
        }
        throw new IllegalStateException("row " + first.slot() + " of arrivals changed under " + ATTEMPTS_MAX
                + " attempts to save it; lower the parallelisation of the stream's mapping");
    }

    /**
     * The items that came last.
     *
     * @return their ids, the latest first, at most {@link #SLOTS} times {@link Arrivals#ITEMS_MAX}
     */
    public List<String> latest() {
        return rows.findAll(ALL).values().stream()
                .flatMap(row -> row.items().stream())
                .sorted(Arrival.LATEST_FIRST)
                .map(Arrival::itemId)
                .toList();
    }

    private static String slotOf(String itemId) {
        return ALL.get(Math.floorMod(itemId.hashCode(), SLOTS));
    }
}
