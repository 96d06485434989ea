package dev.lmmrec.training.evaluation;

import dev.lmmrec.training.data.Interactions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Ranks all items for every user who has held-out items, a user's training items left out, and measures the first
 * places, see {@link Figure}. Of two items with equal scores the one with the lower index ranks higher, as in the
 * written scorer. Users are ranked by several threads if the scorer allows it; the figures do not depend on how many.
 */
public final class Evaluation {

    /** The lengths of lists that are measured. */
    public static final List<Integer> CUTOFFS = List.of(5, 10, 20);

    private static final int LENGTH_MAX = 20;

    /** Users whose scores are made together: few enough that they stay in a core's cache. */
    private static final int BLOCK = 16;

    private final Interactions known;
    private final Interactions heldOut;
    private final int[] users;

    /**
     * Sets the task.
     *
     * @param known what is left out of the rankings: the training items of each user
     * @param heldOut what should be ranked high
     * @throws IllegalArgumentException if the two are not of the same users and items
     */
    public Evaluation(Interactions known, Interactions heldOut) {
        if (known.users() != heldOut.users() || known.items() != heldOut.items()) {
            throw new IllegalArgumentException("known interactions are of " + known.users() + " users and "
                    + known.items() + " items, held-out ones of " + heldOut.users() + " and " + heldOut.items());
        }
        this.known = known;
        this.heldOut = heldOut;
        this.users = IntStream.range(0, heldOut.users())
                .filter(user -> heldOut.countOf(user) > 0)
                .toArray();
    }

    /**
     * All that a ranking tells.
     *
     * @param metrics its figures
     * @param placements where held-out items were placed
     */
    public record Measured(Metrics metrics, Placements placements) {}

    /**
     * Measures a scorer.
     *
     * @param scorer the scorer
     * @return its metrics; all 0 if nobody has held-out items
     * @throws IllegalStateException if a score is not a number
     */
    public Metrics of(Scorer scorer) {
        return measure(scorer).metrics();
    }

    /**
     * Measures a scorer and keeps what its figures are made of.
     *
     * @param scorer the scorer
     * @return metrics and placements
     * @throws IllegalStateException if a score is not a number
     */
    public Measured measure(Scorer scorer) {
        int[][] lists = new int[users.length][];
        IntStream blocks = IntStream.range(0, (users.length + BLOCK - 1) / BLOCK);
        // each block writes places of its own, so the figures do not depend on who is first
        if (scorer.twin().isPresent()) {
            blocks.parallel().forEach(block -> rank(block, scorer.twin().orElse(scorer), lists));
        } else {
            blocks.forEach(block -> rank(block, scorer, lists));
        }
        int[][] targets = new int[users.length][];
        int[][] ranks = new int[users.length][];
        for (int u = 0; u < users.length; u++) {
            targets[u] = heldOut.itemsOf(users[u]);
            ranks[u] = ranks(lists[u], targets[u]);
        }
        Placements placements = new Placements(users.clone(), targets, ranks);
        Map<String, Double> byName = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            for (int k : CUTOFFS) {
                byName.put(figure.at(k), figure.isPerUser() ? placements.mean(figure, k) : ofLists(figure, lists, k));
            }
        }
        return new Measured(new Metrics(users.length, byName), placements);
    }

    private void rank(int block, Scorer scorer, int[][] lists) {
        int from = block * BLOCK;
        int[] own = Arrays.copyOfRange(users, from, Math.min(users.length, from + BLOCK));
        float[][] scores = new float[own.length][heldOut.items()];
        scorer.score(own, scores);
        TopList top = new TopList(LENGTH_MAX);
        for (int u = 0; u < own.length; u++) {
            mask(own[u], scores[u]);
            top.fill(scores[u]);
            lists[from + u] = IntStream.range(0, top.size()).map(top::item).toArray();
        }
    }

    private void mask(int user, float[] scores) {
        requireNumbers(user, scores);
        for (int item : known.itemsOf(user)) {
            scores[item] = Float.NEGATIVE_INFINITY;
        }
    }

    private static void requireNumbers(int user, float[] scores) {
        // a sum is not a number if any part is none, and is sooner made than every part looked at; opposite infinities
        // give none either, so the parts decide
        float sum = 0;
        for (float score : scores) {
            sum += score;
        }
        if (!Float.isNaN(sum)) {
            return;
        }
        for (int item = 0; item < scores.length; item++) {
            if (Float.isNaN(scores[item])) {
                throw new IllegalStateException("the score of user " + user + " for item " + item + " is not a number");
            }
        }
    }

    private static int[] ranks(int[] list, int[] targets) {
        int[] ranks = new int[targets.length];
        Arrays.fill(ranks, Placements.UNLISTED);
        for (int place = 0; place < list.length; place++) {
            int target = Arrays.binarySearch(targets, list[place]);
            if (target >= 0) {
                ranks[target] = place;
            }
        }
        return ranks;
    }

    private double ofLists(Figure figure, int[][] lists, int k) {
        long[] places = new long[heldOut.items()];
        long placesAll = 0;
        for (int[] list : lists) {
            for (int place = 0; place < Math.min(k, list.length); place++) {
                places[list[place]]++;
                placesAll++;
            }
        }
        if (placesAll == 0) {
            return 0;
        }
        return switch (figure) {
            case COVERAGE ->
                (double) Arrays.stream(places).filter(count -> count > 0).count() / places.length;
            case NOVELTY -> novelty(places, placesAll);
            case GINI -> gini(places, placesAll);
            case RECALL, NDCG, MRR, HIT_RATE -> throw new IllegalArgumentException(figure + " is per user");
        };
    }

    private double novelty(long[] places, long placesAll) {
        int[] counts = known.itemCounts();
        double bits = 0;
        for (int item = 0; item < places.length; item++) {
            bits -= places[item] * Math.log((counts[item] + 1.0) / (known.users() + 1)) / Math.log(2);
        }
        return bits / placesAll;
    }

    /** {@code Σ (2j - n - 1) x_j / (n Σ x_j)} over ascending x_j, j from 1. */
    private static double gini(long[] places, long placesAll) {
        long[] ascending = places.clone();
        Arrays.sort(ascending);
        double sum = 0;
        for (int j = 0; j < ascending.length; j++) {
            sum += (2.0 * (j + 1) - ascending.length - 1) * ascending[j];
        }
        return sum / ((double) ascending.length * placesAll);
    }

    /**
     * Finds where items rank, without sorting.
     *
     * @param scores {@code [n]}
     * @param items the items to find
     * @return their ranks from 0, ascending
     */
    public static int[] ranks(float[] scores, int[] items) {
        int[] ranks = new int[items.length];
        for (int t = 0; t < items.length; t++) {
            int target = items[t];
            float score = scores[target];
            int rank = 0;
            for (int item = 0; item < target; item++) {
                rank += scores[item] >= score ? 1 : 0;
            }
            for (int item = target + 1; item < scores.length; item++) {
                rank += scores[item] > score ? 1 : 0;
            }
            ranks[t] = rank;
        }
        Arrays.sort(ranks);
        return ranks;
    }

    /**
     * Recall at k.
     *
     * @param ranks of the held-out items, ascending from 0, at least one
     * @param k the list's length
     * @return hits / held-out items
     */
    public static double recall(int[] ranks, int k) {
        int hits = 0;
        while (hits < ranks.length && ranks[hits] < k) {
            hits++;
        }
        return (double) hits / ranks.length;
    }

    /**
     * NDCG at k.
     *
     * @param ranks of the held-out items, ascending from 0, at least one
     * @param k the list's length
     * @return discounted gain / ideal discounted gain
     */
    public static double ndcg(int[] ranks, int k) {
        return ndcg(ranks, ranks.length, k);
    }

    /**
     * NDCG at k.
     *
     * @param ranks of those held-out items whose rank is known, ascending from 0; from k on they do not count
     * @param heldOut how many held-out items there are, at least one
     * @param k the list's length
     * @return discounted gain / ideal discounted gain
     */
    static double ndcg(int[] ranks, int heldOut, int k) {
        double gain = 0;
        for (int i = 0; i < ranks.length && ranks[i] < k; i++) {
            gain += discount(ranks[i]);
        }
        double ideal = 0;
        for (int i = 0; i < Math.min(k, heldOut); i++) {
            ideal += discount(i);
        }
        return gain / ideal;
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 2);
    }
}
