package dev.lmmrec.training.evaluation;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Where the held-out items of every user were placed: all that accuracy figures, slices and paired tests need, after
 * the scores are gone.
 *
 * @param users the users who have held-out items, ascending
 * @param heldOut by position in {@code users}: the user's held-out items, ascending
 * @param ranks by position in {@code users}: the rank of each of these items from 0, or {@link #UNLISTED}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Placements(int[] users, int[][] heldOut, int[][] ranks) {

    /** The rank of an item that is not among the first of the longest list. */
    public static final int UNLISTED = -1;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the parts do not belong together
     */
    public Placements {
        if (users.length != heldOut.length || users.length != ranks.length) {
            throw new IllegalArgumentException("there are " + users.length + " users, but " + heldOut.length
                    + " sets of held-out items and " + ranks.length + " of ranks");
        }
        for (int u = 0; u < users.length; u++) {
            if (heldOut[u].length == 0 || heldOut[u].length != ranks[u].length) {
                throw new IllegalArgumentException("user " + users[u] + " has " + heldOut[u].length
                        + " held-out items and " + ranks[u].length + " ranks");
            }
        }
    }

    /**
     * One figure of every user.
     *
     * @param figure one that is per user
     * @param k the length of lists, at most the longest of {@link Evaluation#CUTOFFS}
     * @return in the order of {@code users}
     */
    public double[] perUser(Figure figure, int k) {
        double[] values = new double[users.length];
        for (int u = 0; u < users.length; u++) {
            values[u] = value(figure, sortedHits(ranks[u], k), heldOut[u].length, k);
        }
        return values;
    }

    /**
     * The mean over users.
     *
     * @param figure one that is per user
     * @param k the length of lists
     * @return the mean; 0 if there are no users
     */
    public double mean(Figure figure, int k) {
        return Arrays.stream(perUser(figure, k)).average().orElse(0);
    }

    /**
     * The part of some users.
     *
     * @param chosen says which
     * @return their placements
     */
    public Placements ofUsers(IntPredicate chosen) {
        int[] kept = IntStream.range(0, users.length)
                .filter(u -> chosen.test(users[u]))
                .toArray();
        return new Placements(
                Arrays.stream(kept).map(u -> users[u]).toArray(),
                Arrays.stream(kept).mapToObj(u -> heldOut[u]).toArray(int[][]::new),
                Arrays.stream(kept).mapToObj(u -> ranks[u]).toArray(int[][]::new));
    }

    /**
     * How many held-out items of some kind there are, and how many of them are listed.
     *
     * @param chosen says which items
     * @param k the length of lists
     * @return pairs of user and held-out item, and hits among them
     */
    public Hits ofItems(IntPredicate chosen, int k) {
        int pairs = 0;
        int hits = 0;
        for (int u = 0; u < users.length; u++) {
            for (int i = 0; i < heldOut[u].length; i++) {
                if (chosen.test(heldOut[u][i])) {
                    pairs++;
                    hits += ranks[u][i] != UNLISTED && ranks[u][i] < k ? 1 : 0;
                }
            }
        }
        return new Hits(pairs, hits);
    }

    /**
     * Held-out items that were found.
     *
     * @param pairs how many there were to find
     * @param hits how many were found
     */
    public record Hits(int pairs, int hits) {

        /**
         * The share that was found.
         *
         * @return 0 to 1; 0 if there was nothing to find
         */
        public double recall() {
            return pairs == 0 ? 0 : (double) hits / pairs;
        }
    }

    private static double value(Figure figure, int[] hits, int heldOut, int k) {
        return switch (figure) {
            case RECALL -> (double) hits.length / heldOut;
            case NDCG -> Evaluation.ndcg(hits, heldOut, k);
            case MRR -> hits.length == 0 ? 0 : 1.0 / (hits[0] + 1);
            case HIT_RATE -> hits.length == 0 ? 0 : 1;
            case COVERAGE, NOVELTY, GINI ->
                throw new IllegalArgumentException(figure + " belongs to all lists, not to a user");
        };
    }

    private static int[] sortedHits(int[] ranks, int k) {
        return Arrays.stream(ranks)
                .filter(rank -> rank != UNLISTED && rank < k)
                .sorted()
                .toArray();
    }
}
