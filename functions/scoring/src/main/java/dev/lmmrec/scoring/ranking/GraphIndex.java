package dev.lmmrec.scoring.ranking;

import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.graph.ItemGraph;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds items along a graph. Where a part of the items is not allowed, or a walk finds too few of them, it looks at all
 * that are allowed instead: what is not allowed is often a whole neighbourhood, a category say, and a walk that has to
 * find the way around it misses much.
 */
final class GraphIndex implements ItemIndex {

    /** Items of which it is asked whether they are allowed before a way of searching is chosen. */
    private static final int SAMPLE = 256;

    /** With a smaller share of them allowed, all allowed items are looked at: see docs/results.md. */
    private static final double ALLOWED_MIN = 0.95;

    /** Items that a walk finds, at least: of those that were nearly found the best are taken. */
    private static final int FOUND_MIN = 100;

    /** Items that are held, at least, while all are looked at. */
    private static final int HELD_MIN = 1_024;

    /** A walk that looks at a larger part of the items than one in so many would better have looked at all. */
    private static final int LOOKS_PART = 8;

    private static final int LOOKS_MIN = 10_000;

    private final FloatMatrix vectors;
    private final ItemGraph graph;
    private final int beam;

    GraphIndex(FloatMatrix vectors, ItemGraph graph, int beam) {
        if (beam < 1) {
            throw new IllegalArgumentException("a beam of " + beam + ", must be 1 or more");
        }
        this.vectors = vectors;
        this.graph = graph;
        this.beam = beam;
    }

    @Override
    public int size() {
        return vectors.rows();
    }

    @Override
    public Hits top(float[] query, IntPredicate allowed, int k) {
        if (query.length != vectors.columns()) {
            throw new IllegalArgumentException(
                    "a query of " + query.length + " numbers, the items have " + vectors.columns());
        }
        if (k == 0 || size() == 0) {
            return Hits.NONE;
        }
        if (k < size() && nearlyAllAreAllowed(allowed)) {
            int looksMax = Math.max(LOOKS_MIN, size() / LOOKS_PART);
            int[] near = graph.near(vectors, query, allowed, beam, Math.max(FOUND_MIN, 2 * k), looksMax);
            if (near.length >= k) {
                return Hits.best(near, products(query, near), k);
            }
        }
        return amongAll(query, allowed, k);
    }

    private boolean nearlyAllAreAllowed(IntPredicate allowed) {
        int sample = Math.min(SAMPLE, size());
        return IntStream.range(0, sample)
                        .map(c -> (int) ((long) c * size() / sample))
                        .filter(allowed)
                        .count()
                >= ALLOWED_MIN * sample;
    }

    private Hits amongAll(float[] query, IntPredicate allowed, int k) {
        int[] items = new int[Math.max(HELD_MIN, 2 * k)];
        float[] products = new float[items.length];
        int held = 0;
        float least = Float.NEGATIVE_INFINITY;
        float[] row = new float[query.length];
        for (int item = 0; item < size(); item++) {
            if (!allowed.test(item)) {
                continue;
            }
            vectors.row(item, row);
            float product = InnerProduct.of(query, row);
            // of equal ones the first is better, and it came before
            if (product > least) {
                items[held] = item;
                products[held++] = product;
            }
            if (held == items.length) {
                Hits best = Hits.best(items, products, k);
                held = best.size();
                System.arraycopy(best.items(), 0, items, 0, held);
                System.arraycopy(best.scores(), 0, products, 0, held);
                least = products[held - 1];
            }
        }
        return Hits.best(Arrays.copyOf(items, held), Arrays.copyOf(products, held), k);
    }

    private float[] products(float[] query, int[] items) {
        float[] products = new float[items.length];
        float[] row = new float[query.length];
        for (int c = 0; c < items.length; c++) {
            vectors.row(items[c], row);
            products[c] = InnerProduct.of(query, row);
        }
        return products;
    }
}
