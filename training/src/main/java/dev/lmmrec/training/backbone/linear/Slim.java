package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import java.util.Arrays;
import java.util.Objects;

/**
 * SLIM (Ning, Karypis, ICDM 2011): each column of weights is an elastic net, {@code ½‖z_j - Z·w‖² + ½λ2‖w‖² + λ1‖w‖₁},
 * none to itself, solved by coordinate descent on ZᵀZ. As in fsSLIM only the items that are most like the column's own
 * may have a weight, so the model stays sparse and the time linear in the items. Z is X normalised by degrees as in
 * {@link Ease}; weights may be negative if the shape says so.
 */
final class Slim implements Backbone.ClosedForm {

    private static final int ROUNDS_MAX = 100;
    private static final double TOLERANCE = 1e-4;

    private final Shape shape;

    /**
     * What shapes the model.
     *
     * @param candidates how many items may have a weight in a column, at least 1
     * @param ridge λ2, above 0
     * @param lasso λ1, 0 or more
     * @param exponent rows and columns of X are divided by their counts to this power, and weights scaled back, 0 to 1
     * @param negative whether weights below 0 are allowed
     */
    public record Shape(int candidates, double ridge, double lasso, double exponent, boolean negative) {

        /**
         * Checks all of them.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Shape {
            if (candidates < 1 || !(ridge > 0 && lasso >= 0 && exponent >= 0 && exponent <= 1)) {
                throw new IllegalArgumentException(
                        "SLIM needs a candidate, a ridge above 0, a lasso of 0 or more and an exponent from 0 to 1, got "
                                + candidates + ", " + ridge + ", " + lasso + " and " + exponent);
            }
        }
    }

    /**
     * Sets the shape.
     *
     * @param shape its settings
     */
    public Slim(Shape shape) {
        this.shape = Objects.requireNonNull(shape);
    }

    @Override
    public String name() {
        return "slim";
    }

    @Override
    public HistoryModel fit(Interactions train) {
        SparseMatrix gram =
                Walk.normalised(train, shape.exponent(), shape.exponent()).gram();
        SparseMatrix candidates = ItemNeighbours.nearest(train, shape.candidates(), 0);
        double[] degrees = SparseMatrix.of(train).columnSums();
        SparseMatrix columns = SparseMatrix.ofRows(
                gram.columns(),
                gram.rows(),
                item -> column(item, candidates.row(item).columns(), gram));
        SparseMatrix weights = columns.transposed()
                .scaled(
                        SparseMatrix.powers(degrees, -shape.exponent()),
                        SparseMatrix.powers(degrees, shape.exponent()));
        return new HistoryModel(train, new SparseRows(weights));
    }

    private SparseMatrix.Row column(int item, int[] candidates, SparseMatrix gram) {
        int m = candidates.length;
        float[] square = square(candidates, gram);
        float[] weights = new float[m];
        // what is left of each candidate's inner product with the column once the weights are taken off
        float[] left = new float[m];
        for (int a = 0; a < m; a++) {
            left[a] = gram.get(item, candidates[a]);
        }
        double largest = 0;
        double change = 1;
        for (int round = 0; round < ROUNDS_MAX && change > TOLERANCE * largest; round++) {
            change = 0;
            for (int a = 0; a < m; a++) {
                float own = square[a * m + a];
                double better = shrunk(left[a] + own * weights[a]) / (own + shape.ridge());
                float step = (float) (better - weights[a]);
                if (step != 0) {
                    for (int b = 0; b < m; b++) {
                        left[b] -= step * square[a * m + b];
                    }
                    weights[a] += step;
                    change = Math.max(change, Math.abs(step));
                    largest = Math.max(largest, Math.abs(weights[a]));
                }
            }
        }
        return new SparseMatrix.Row(candidates, weights);
    }

    private double shrunk(double x) {
        if (x > shape.lasso()) {
            return x - shape.lasso();
        }
        return shape.negative() && x < -shape.lasso() ? x + shape.lasso() : 0;
    }

    /** The rows and columns of the candidates, {@code [m, m]} flat. */
    private static float[] square(int[] candidates, SparseMatrix gram) {
        int m = candidates.length;
        int[] place = new int[gram.columns()];
        Arrays.fill(place, -1);
        for (int a = 0; a < m; a++) {
            place[candidates[a]] = a;
        }
        float[] square = new float[m * m];
        for (int a = 0; a < m; a++) {
            for (int at = gram.start(candidates[a]); at < gram.start(candidates[a] + 1); at++) {
                int b = place[gram.columnAt(at)];
                if (b >= 0) {
                    square[a * m + b] = gram.valueAt(at);
                }
            }
        }
        return square;
    }
}
