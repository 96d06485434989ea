package dev.lmmrec.training.data;

import java.util.Arrays;
import java.util.Collection;

/** Which users met which items: binary implicit feedback, every pair once. Immutable. */
public final class Interactions {

    private final int items;
    private final int[][] itemsOfUser;
    private final int count;

    private Interactions(int items, int[][] itemsOfUser) {
        this.items = items;
        this.itemsOfUser = itemsOfUser;
        this.count = Arrays.stream(itemsOfUser).mapToInt(row -> row.length).sum();
    }

    /** One user met one item. */
    public record Pair(int user, int item) {}

    /**
     * Collects pairs; repeated ones count once.
     *
     * @param users how many users there are
     * @param items how many items there are
     * @param pairs indices from 0
     * @return the interactions
     * @throws IndexOutOfBoundsException if a pair names a user or item that does not exist
     */
    public static Interactions of(int users, int items, Collection<Pair> pairs) {
        int[] sizes = new int[users];
        for (Pair pair : pairs) {
            if (pair.user() < 0 || pair.user() >= users || pair.item() < 0 || pair.item() >= items) {
                throw new IndexOutOfBoundsException(pair + " with " + users + " users and " + items + " items");
            }
            sizes[pair.user()]++;
        }
        int[][] rows = new int[users][];
        for (int user = 0; user < users; user++) {
            rows[user] = new int[sizes[user]];
        }
        for (Pair pair : pairs) {
            rows[pair.user()][--sizes[pair.user()]] = pair.item();
        }
        for (int user = 0; user < users; user++) {
            rows[user] = Arrays.stream(rows[user]).sorted().distinct().toArray();
        }
        return new Interactions(items, rows);
    }

    /**
     * How many users there are, with or without interactions.
     *
     * @return U
     */
    public int users() {
        return itemsOfUser.length;
    }

    /**
     * How many items there are, with or without interactions.
     *
     * @return n
     */
    public int items() {
        return items;
    }

    /**
     * How many pairs there are.
     *
     * @return the count
     */
    public int count() {
        return count;
    }

    /**
     * The items of a user.
     *
     * @param user the user
     * @return item indices, ascending; a copy
     */
    public int[] itemsOf(int user) {
        return itemsOfUser[user].clone();
    }

    /**
     * How many items a user met.
     *
     * @param user the user
     * @return the count
     */
    public int countOf(int user) {
        return itemsOfUser[user].length;
    }

    /**
     * Whether a user met an item.
     *
     * @param user the user
     * @param item the item
     * @return true if so
     */
    public boolean contains(int user, int item) {
        return Arrays.binarySearch(itemsOfUser[user], item) >= 0;
    }

    /**
     * The largest part in which every user and every item that has interactions has at least so many.
     *
     * @param least how many, 1 or more
     * @return interactions with the same indices
     */
    public Interactions core(int least) {
        boolean[] userStays = new boolean[users()];
        boolean[] itemStays = new boolean[items];
        Arrays.fill(userStays, true);
        Arrays.fill(itemStays, true);
        boolean changed = true;
        while (changed) {
            changed = false;
            int[] counts = new int[items];
            for (int user = 0; user < users(); user++) {
                int own = 0;
                for (int item : itemsOfUser[user]) {
                    own += itemStays[item] ? 1 : 0;
                }
                if (userStays[user] && own < least) {
                    userStays[user] = false;
                    changed = true;
                }
                for (int item : itemsOfUser[user]) {
                    counts[item] += userStays[user] ? 1 : 0;
                }
            }
            for (int item = 0; item < items; item++) {
                if (itemStays[item] && counts[item] < least) {
                    itemStays[item] = false;
                    changed = true;
                }
            }
        }
        int[][] rows = new int[users()][];
        for (int user = 0; user < users(); user++) {
            rows[user] = userStays[user]
                    ? Arrays.stream(itemsOfUser[user])
                            .filter(item -> itemStays[item])
                            .toArray()
                    : new int[0];
        }
        return new Interactions(items, rows);
    }

    /**
     * How many users each item met.
     *
     * @return {@code [n]}
     */
    public int[] itemCounts() {
        int[] counts = new int[items];
        for (int[] row : itemsOfUser) {
            for (int item : row) {
                counts[item]++;
            }
        }
        return counts;
    }
}
