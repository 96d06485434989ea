package dev.lmmrec.training.evaluation;

import dev.lmmrec.training.data.Interactions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranks all items for every user who has held-out items, a user's training items left out, and counts hits:
 * {@code Recall@k = hits / |held-out items|}, NDCG@k with the ideal over min(k, |held-out items|), each the mean over
 * these users. Of two items with equal scores the one with the lower index ranks higher, as in the written scorer.
 */
public final class Evaluation {

    /** The lengths of lists that are measured. */
    public static final List<Integer> CUTOFFS = List.of(5, 10, 20);

    private final Interactions known;
    private final Interactions heldOut;

    /**
     * Sets the task.
     *
     * @param known what is left out of the rankings: the training items of each user
     * @param heldOut what should be ranked high
     */
    public Evaluation(Interactions known, Interactions heldOut) {
        this.known = known;
        this.heldOut = heldOut;
    }

    /**
     * Measures a scorer.
     *
     * @param scorer the scorer
     * @return its metrics; all 0 if nobody has held-out items
     * @throws IllegalStateException if a score is not a number
     */
    public Metrics of(Scorer scorer) {
        double[] recall = new double[CUTOFFS.size()];
        double[] ndcg = new double[CUTOFFS.size()];
        int users = 0;
        float[] scores = new float[heldOut.items()];
        for (int user = 0; user < heldOut.users(); user++) {
            if (heldOut.countOf(user) == 0) {
                continue;
            }
            users++;
            scorer.score(user, scores);
            mask(user, scores);
            int[] ranks = ranks(scores, heldOut.itemsOf(user));
            for (int c = 0; c < CUTOFFS.size(); c++) {
                recall[c] += recall(ranks, CUTOFFS.get(c));
                ndcg[c] += ndcg(ranks, CUTOFFS.get(c));
            }
        }
        Map<Integer, Double> meanRecall = new HashMap<>();
        Map<Integer, Double> meanNdcg = new HashMap<>();
        for (int c = 0; c < CUTOFFS.size(); c++) {
            meanRecall.put(CUTOFFS.get(c), users == 0 ? 0 : recall[c] / users);
            meanNdcg.put(CUTOFFS.get(c), users == 0 ? 0 : ndcg[c] / users);
        }
        return new Metrics(users, meanRecall, meanNdcg);
    }

    private void mask(int user, float[] scores) {
        for (int item = 0; item < scores.length; item++) {
            if (Float.isNaN(scores[item])) {
                throw new IllegalStateException("the score of user " + user + " for item " + item + " is not a number");
            }
        }
        for (int item : known.itemsOf(user)) {
            scores[item] = Float.NEGATIVE_INFINITY;
        }
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
        double gain = 0;
        for (int i = 0; i < ranks.length && ranks[i] < k; i++) {
            gain += discount(ranks[i]);
        }
        double ideal = 0;
        for (int i = 0; i < Math.min(k, ranks.length); i++) {
            ideal += discount(i);
        }
        return gain / ideal;
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 2);
    }
}
