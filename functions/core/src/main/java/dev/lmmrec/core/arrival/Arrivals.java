package dev.lmmrec.core.arrival;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The latest items of one slot: a row of the table {@code arrivals}.
 *
 * @param slot the row's key
 * @param items the latest first, at most {@link #ITEMS_MAX}
 * @param revision counts the writes of this row from 1, for the optimistic lock; 0 before the first
 */
public record Arrivals(String slot, List<Arrival> items, long revision) {

    /** How many items a slot keeps. */
    public static final int ITEMS_MAX = 64;

    /** Copies the list. */
    public Arrivals {
        items = List.copyOf(items);
    }

    /**
     * One item.
     *
     * @param itemId the item
     * @param time when its first profile was about to be written, epoch milliseconds
     */
    public record Arrival(String itemId, long time) {

        /** Puts the latest first; of equally late ones, by their ids, so that the order is one. */
        static final Comparator<Arrival> LATEST_FIRST =
                Comparator.comparingLong(Arrival::time).reversed().thenComparing(Arrival::itemId);
    }

    /**
     * Before the first item.
     *
     * @param slot the row's key
     * @return an empty row
     */
    static Arrivals none(String slot) {
        return new Arrivals(slot, List.of(), 0);
    }

    /**
     * Lets items in. Those that are there already stay as they are, and the earliest make place.
     *
     * @param itemIds the items
     * @param time when they came
     * @return the row under its next revision; this row if nothing is new
     */
    Arrivals with(Collection<String> itemIds, long time) {
        Set<String> known = new HashSet<>(items.stream().map(Arrival::itemId).toList());
        List<Arrival> arrived = new ArrayList<>();
        itemIds.stream()
                .filter(known::add)
                .map(itemId -> new Arrival(itemId, time))
                .forEach(arrived::add);
        return arrived.isEmpty()
                ? this
                : new Arrivals(
                        slot,
                        Stream.concat(arrived.stream(), items.stream())
                                .sorted(Arrival.LATEST_FIRST)
                                .limit(ITEMS_MAX)
                                .toList(),
                        revision + 1);
    }
}
