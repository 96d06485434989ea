package dev.lmmrec.training.evaluation;

import dev.lmmrec.training.data.Interactions;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What each item of a history contributes to a user's row: the vectors h that minimise {@code Σ_u |row_u − Σ_{i∈H_u}
 * h_i/√|H_u||² + λ·Σ_i |h_i|²}, solved for each component by conjugate gradients. With them somebody whom training has
 * not seen, or who has met more since, has a row at once.
 */
public final class HistoryVectors {

    private static final int STEPS_MAX = 60;
    private static final double TOLERANCE = 1e-6;

    private final int width;
    private final float[] items;

    private HistoryVectors(int width, float[] items) {
        this.width = width;
        this.items = items;
    }

    /**
     * Solves.
     *
     * @param histories what users met
     * @param rows of the same users; the first components are fitted
     * @param width how many of them, the others being common to all users
     * @param ridge λ
     * @param some which users take part
     * @return the vectors
     */
    public static HistoryVectors fit(Interactions histories, Factors rows, int width, double ridge, IntPredicate some) {
        int[] users = IntStream.range(0, histories.users())
                .filter(user -> histories.countOf(user) > 0)
                .filter(some)
                .toArray();
        int[][] met = Arrays.stream(users).mapToObj(histories::itemsOf).toArray(int[][]::new);
        float[][] targets = Arrays.stream(users).mapToObj(rows::user).toArray(float[][]::new);
        float[] items = new float[histories.items() * width];
        IntStream.range(0, width).parallel().forEach(k -> {
            double[] own = new double[users.length];
            for (int u = 0; u < own.length; u++) {
                own[u] = targets[u][k];
            }
            double[] solved = solve(met, own, histories.items(), ridge);
            for (int i = 0; i < solved.length; i++) {
                items[i * width + k] = (float) solved[i];
            }
        });
        return new HistoryVectors(width, items);
    }

    /** (AᵀA + λ)x = Aᵀb. */
    private static double[] solve(int[][] met, double[] b, int items, double ridge) {
        double[] x = new double[items];
        double[] residual = transposed(met, b, items);
        double[] direction = residual.clone();
        double squares = dot(residual, residual);
        double enough = squares * TOLERANCE * TOLERANCE;
        for (int step = 0; step < STEPS_MAX && squares > enough; step++) {
            double[] image = transposed(met, times(met, direction), items);
            for (int i = 0; i < items; i++) {
                image[i] += ridge * direction[i];
            }
            double pace = squares / dot(direction, image);
            for (int i = 0; i < items; i++) {
                x[i] += pace * direction[i];
                residual[i] -= pace * image[i];
            }
            double next = dot(residual, residual);
            for (int i = 0; i < items; i++) {
                direction[i] = residual[i] + next / squares * direction[i];
            }
            squares = next;
        }
        return x;
    }

    private static double[] times(int[][] met, double[] x) {
        double[] product = new double[met.length];
        for (int u = 0; u < met.length; u++) {
            for (int item : met[u]) {
                product[u] += x[item] / Math.sqrt(met[u].length);
            }
        }
        return product;
    }

    private static double[] transposed(int[][] met, double[] y, int items) {
        double[] product = new double[items];
        for (int u = 0; u < met.length; u++) {
            for (int item : met[u]) {
                product[item] += y[u] / Math.sqrt(met[u].length);
            }
        }
        return product;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /**
     * How many components are made.
     *
     * @return the width
     */
    public int width() {
        return width;
    }

    /**
     * What one item contributes.
     *
     * @param item its index
     * @return {@code [w]}, a copy
     */
    public float[] item(int item) {
        return Arrays.copyOfRange(items, item * width, (item + 1) * width);
    }

    /**
     * The row of whoever met these.
     *
     * @param history item indices, each at most once
     * @param rowWidth how wide the rows are that were fitted
     * @return {@code [rowWidth]}, with 1 in what is common to all users; zeros for an empty history
     */
    public float[] encode(int[] history, int rowWidth) {
        float[] row = new float[rowWidth];
        if (history.length == 0) {
            return row;
        }
        double scale = 1 / Math.sqrt(history.length);
        for (int item : history) {
            for (int k = 0; k < width; k++) {
                row[k] += (float) (scale * items[item * width + k]);
            }
        }
        Arrays.fill(row, width, rowWidth, 1);
        return row;
    }
}
