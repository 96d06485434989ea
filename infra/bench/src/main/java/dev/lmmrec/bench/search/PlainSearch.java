package dev.lmmrec.bench.search;

import dev.lmmrec.models.FloatMatrix;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** A loop over all items, as anybody would write it: the measure of what the others are worth, and of their recall. */
final class PlainSearch {

    private final float[] matrix;
    private final int width;

    PlainSearch(FloatMatrix vectors) {
        this.width = vectors.columns();
        this.matrix = new float[vectors.rows() * width];
        float[] row = new float[width];
        for (int item = 0; item < vectors.rows(); item++) {
            vectors.row(item, row);
            System.arraycopy(row, 0, matrix, item * width, width);
        }
    }

    private record Found(int item, float score) {}

    int[] top(float[] query, BitSet excluded, int k) {
        PriorityQueue<Found> best = new PriorityQueue<>(Comparator.comparingDouble(Found::score));
        float least = Float.NEGATIVE_INFINITY;
        for (int item = 0, at = 0; at < matrix.length; item++, at += width) {
            float score = 0;
            for (int i = 0; i < width; i++) {
                score += query[i] * matrix[at + i];
            }
            if (score > least && !excluded.get(item)) {
                best.add(new Found(item, score));
                if (best.size() > k) {
                    best.remove();
                    least = best.element().score();
                }
            }
        }
        int[] items = new int[best.size()];
        IntStream.iterate(items.length - 1, place -> place - 1)
                .limit(items.length)
                .forEach(place -> items[place] = best.remove().item());
        return items;
    }
}
