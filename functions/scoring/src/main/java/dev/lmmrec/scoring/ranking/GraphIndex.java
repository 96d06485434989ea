package dev.lmmrec.scoring.ranking;

import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.graph.ItemGraph;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds items along a graph. Where only few items are allowed, or a walk finds too few of them, it looks at all that
 * are allowed instead: then the graph would lead through many that are not.
 */
final class GraphIndex implements ItemIndex {

    /** Items of which it is asked whether they are allowed before a way of searching is chosen. */
    private static final int SAMPLE = 256;

    /** With fewer of them allowed, all allowed items are looked at. */
    private static final int SAMPLE_ALLOWED_MIN = 16;

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
        if (k < size() && manyAreAllowed(allowed)) {
            int looksMax = Math.max(LOOKS_MIN, size() / LOOKS_PART);
            int[] near = graph.near(vectors, query, allowed, Math.max(beam, 2 * k), looksMax);
            if (near.length >= k) {
                return Hits.best(near, products(query, near), k);
            }
        }
        return amongAll(query, allowed, k);
    }

    private boolean manyAreAllowed(IntPredicate allowed) {
        int sample = Math.min(SAMPLE, size());
        return IntStream.range(0, sample)
                        .map(c -> (int) ((long) c * size() / sample))
                        .filter(allowed)
                        .count()
                >= SAMPLE_ALLOWED_MIN;
    }

    private Hits amongAll(float[] query, IntPredicate allowed, int k) {
        int[] all = IntStream.range(0, size()).filter(allowed).toArray();
        float[] products = products(query, all);
        if (all.length <= k) {
            return Hits.best(all, products, k);
        }
        float[] sorted = products.clone();
        Arrays.sort(sorted);
        float least = sorted[sorted.length - k];
        int[] places =
                IntStream.range(0, all.length).filter(c -> products[c] >= least).toArray();
        int[] best = Arrays.stream(places).map(c -> all[c]).toArray();
        return Hits.best(best, products(query, best), k);
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
