package dev.lmmrec.scoring.ranking;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Items that a search found, best first; of equal scores the lower index first. */
public final class Hits {

    static final Hits NONE = new Hits(new int[0], new float[0]);

    private final int[] items;
    private final float[] scores;

    private Hits(int[] items, float[] scores) {
        this.items = items;
        this.scores = scores;
    }

    /** The best k of some items. */
    static Hits best(int[] items, float[] scores, int k) {
        int[] order = IntStream.range(0, items.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(c -> -scores[c]).thenComparingInt(c -> items[c]))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
        float[] best = new float[order.length];
        for (int c = 0; c < order.length; c++) {
            best[c] = scores[order[c]];
        }
        return new Hits(Arrays.stream(order).map(c -> items[c]).toArray(), best);
    }

    /** Those that are not below a score. */
    Hits from(double scoreMin) {
        int kept = 0;
        while (kept < scores.length && scores[kept] >= scoreMin) {
            kept++;
        }
        return new Hits(Arrays.copyOf(items, kept), Arrays.copyOf(scores, kept));
    }

    /**
     * Their number.
     *
     * @return how many were found
     */
    public int size() {
        return items.length;
    }

    /**
     * The item at a place.
     *
     * @param place from 0, best first
     * @return its index
     */
    public int item(int place) {
        return items[place];
    }

    /**
     * The inner product of the item at a place.
     *
     * @param place from 0, best first
     * @return its product with the query
     */
    public float score(int place) {
        return scores[place];
    }

    /**
     * All items.
     *
     * @return their indices, best first, a copy
     */
    public int[] items() {
        return items.clone();
    }

    /**
     * All inner products.
     *
     * @return in the order of the items, a copy
     */
    public float[] scores() {
        return scores.clone();
    }
}
