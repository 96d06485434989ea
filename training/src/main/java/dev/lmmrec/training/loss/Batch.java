package dev.lmmrec.training.loss;

import java.util.Arrays;

/** Some interactions, each with an item that the user has not met. Immutable. */
public final class Batch {

    private final int[] users;
    private final int[] positives;
    private final int[] negatives;

    /**
     * Copies three arrays of one length.
     *
     * @param users {@code [B]}
     * @param positives the item met, {@code [B]}
     * @param negatives an item not met, {@code [B]}
     */
    public Batch(int[] users, int[] positives, int[] negatives) {
        if (users.length != positives.length || users.length != negatives.length || users.length == 0) {
            throw new IllegalArgumentException("a batch of " + users.length + " users, " + positives.length
                    + " positives and " + negatives.length + " negatives");
        }
        this.users = users.clone();
        this.positives = positives.clone();
        this.negatives = negatives.clone();
    }

    /**
     * How many interactions there are.
     *
     * @return B
     */
    public int size() {
        return users.length;
    }

    /**
     * The users.
     *
     * @return {@code [B]}, a copy
     */
    public int[] users() {
        return users.clone();
    }

    /**
     * The items met.
     *
     * @return {@code [B]}, a copy
     */
    public int[] positives() {
        return positives.clone();
    }

    /**
     * The items not met.
     *
     * @return {@code [B]}, a copy
     */
    public int[] negatives() {
        return negatives.clone();
    }

    /**
     * Each user once.
     *
     * @return ascending
     */
    public int[] distinctUsers() {
        return Arrays.stream(users).sorted().distinct().toArray();
    }

    /**
     * Each item met once.
     *
     * @return ascending
     */
    public int[] distinctPositives() {
        return Arrays.stream(positives).sorted().distinct().toArray();
    }
}
