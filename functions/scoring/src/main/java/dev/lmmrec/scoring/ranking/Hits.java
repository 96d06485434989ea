package dev.lmmrec.scoring.ranking;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Items that a search found, best first; of equal scores the lower index first. */
final class Hits {

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

    int size() {
        return items.length;
    }

    /** The index of the item at a place. */
    int item(int place) {
        return items[place];
    }

    /** The inner product of the item at a place. */
    float score(int place) {
        return scores[place];
    }

    /** All indices. */
    int[] items() {
        return items.clone();
    }

    /** All inner products. */
    float[] scores() {
        return scores.clone();
    }
}
