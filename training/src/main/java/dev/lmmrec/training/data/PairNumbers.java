package dev.lmmrec.training.data;

import java.util.Arrays;

/**
 * Numbers of the training pairs, from 0 in the order of users and of each user's items: what is kept of a pair lies in
 * an array at its number. Immutable.
 */
public final class PairNumbers {

    private final int[] start;
    private final int[] items;

    private PairNumbers(int[] start, int[] items) {
        this.start = start;
        this.items = items;
    }

    /**
     * Numbers pairs.
     *
     * @param train the training pairs
     * @return their numbers
     */
    public static PairNumbers of(Interactions train) {
        int[] start = new int[train.users() + 1];
        int[] items = new int[train.count()];
        for (int user = 0; user < train.users(); user++) {
            start[user + 1] = start[user] + train.countOf(user);
            System.arraycopy(train.itemsOf(user), 0, items, start[user], train.countOf(user));
        }
        return new PairNumbers(start, items);
    }

    /**
     * Finds a training pair.
     *
     * @param user the user's index
     * @param item the item's index
     * @return its number, or a negative number if it is no training pair
     */
    public int of(int user, int item) {
        return Arrays.binarySearch(items, start[user], start[user + 1], item);
    }

    /**
     * Where a user's pairs begin.
     *
     * @param user the user's index
     * @return the number of the first one
     */
    public int first(int user) {
        return start[user];
    }

    /**
     * Where a user's pairs end.
     *
     * @param user the user's index
     * @return the number after the last one; that of the first one for a user without pairs
     */
    public int end(int user) {
        return start[user + 1];
    }

    /**
     * Whose pair it is among items.
     *
     * @param pair the pair's number
     * @return the item's index
     */
    public int item(int pair) {
        return items[pair];
    }

    /**
     * How many pairs there are.
     *
     * @return the count
     */
    public int count() {
        return items.length;
    }
}
