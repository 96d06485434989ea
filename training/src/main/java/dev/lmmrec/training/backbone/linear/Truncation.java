package dev.lmmrec.training.backbone.linear;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.evaluation.Scorer;
import java.util.stream.IntStream;

/**
 * The best vectors of width d for scores of any origin: with V the leading right singular vectors of the score matrix S
 * {@code [U, n]}, {@code S · V · Vᵀ} is the closest matrix of that rank (Eckart, Young, 1936), so users get {@code S ·
 * V} and items V. S is made in blocks of rows and never kept. Ask it for no more than a few hundred.
 */
public final class Truncation {

    private static final int ROUNDS = 4;
    private static final int BLOCK = 256;

    private final int width;
    private final long seed;

    /**
     * Sets the width.
     *
     * @param width d, at least 1
     * @param seed draws where the search starts; results depend on it in the last digits alone
     */
    public Truncation(int width, long seed) {
        if (width < 1) {
            throw new IllegalArgumentException("a width of " + width + " leaves no vector");
        }
        this.width = width;
        this.seed = seed;
    }

    /** Fills in a row of scores. */
    @FunctionalInterface
    private interface Rows {
        void fill(int row, float[] scores);
    }

    /**
     * Vectors for any scorer.
     *
     * @param scorer safe for use by several threads at once
     * @param users U
     * @param items n, at least d
     * @return {@code [U, d]} and {@code [n, d]}; among all of that width their inner products are closest to the scores
     */
    public Factors of(Scorer scorer, int users, int items) {
        float[] basis = basis(scorer::score, users, items);
        return new Factors(width, project(scorer::score, users, items, basis), basis);
    }

    /**
     * The same for a model from item to item, which stays one: its scores of the users of training are closest to those
     * of the full model.
     *
     * @param model the full model, of at least d items
     * @return a model whose vectors follow from a history
     */
    public LowRankModel of(HistoryModel model) {
        Interactions train = model.train();
        int items = train.items();
        float[] basis = basis(model::score, train.users(), items);
        float[] from = project((item, scores) -> model.score(new int[] {item}, scores), items, items, basis);
        return new LowRankModel(train, new LowRankRows(width, from, basis));
    }

    private float[] basis(Rows rows, int count, int items) {
        if (items < width) {
            throw new IllegalArgumentException(items + " items have no " + width + " directions");
        }
        return Subspace.leading((x, wide) -> gram(rows, count, items, x, wide), items, width, ROUNDS, seed)
                .basis();
    }

    /** SᵀSx. */
    private static float[] gram(Rows rows, int count, int items, float[] x, int wide) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray right = manager.create(x, new Shape(items, wide));
            NDArray sum = manager.zeros(new Shape(items, wide));
            for (int from = 0; from < count; from += BLOCK) {
                try (NDManager local = manager.newSubManager()) {
                    NDArray block = block(rows, from, Math.min(count, from + BLOCK), items, local);
                    NDArray product = block.matMul(right);
                    product.attach(local);
                    NDArray back = block.transpose().matMul(product);
                    back.attach(local);
                    sum.addi(back);
                }
            }
            return sum.toFloatArray();
        }
    }

    /** Sx. */
    private float[] project(Rows rows, int count, int items, float[] x) {
        float[] projected = new float[count * width];
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray right = manager.create(x, new Shape(items, width));
            for (int from = 0; from < count; from += BLOCK) {
                int to = Math.min(count, from + BLOCK);
                try (NDManager local = manager.newSubManager()) {
                    NDArray product = block(rows, from, to, items, local).matMul(right);
                    product.attach(local);
                    System.arraycopy(product.toFloatArray(), 0, projected, from * width, (to - from) * width);
                }
            }
        }
        return projected;
    }

    private static NDArray block(Rows rows, int from, int to, int items, NDManager manager) {
        float[] block = new float[(to - from) * items];
        IntStream.range(from, to).parallel().forEach(row -> {
            float[] scores = new float[items];
            rows.fill(row, scores);
            System.arraycopy(scores, 0, block, (row - from) * items, items);
        });
        return manager.create(block, new Shape(to - from, items));
    }
}
