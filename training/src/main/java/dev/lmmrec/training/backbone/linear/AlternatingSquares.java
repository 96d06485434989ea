package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.evaluation.HistoryEncoder;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * iALS (Hu, Koren, Volinsky, ICDM 2008) with the loss of Rendle et al. (RecSys 2022, eq. 1 to 4): {@code Σ_met (ŷ - 1)²
 * + α0 · Σ_all ŷ² + λ · Σ_rows (count + α0 · opposite)^ν · ‖row‖²}. Users and items are solved in turn.
 *
 * <p>A row with m entries has the normal matrix {@code HᵀH} of those entries plus one that is the same for all rows of
 * a side up to λ. In the eigenbasis of the latter it is diagonal, so that the Woodbury identity leaves m equations
 * instead of d: most users met far fewer items than there are dimensions. The basis is kept, as scores do not depend on
 * it.
 */
final class AlternatingSquares implements Backbone.ClosedForm {

    private final Shape shape;

    /**
     * What shapes the model.
     *
     * @param width d, at least 1; no more than there are users or items with interactions is used
     * @param rounds how often users and items are solved, at least 1
     * @param unobserved α0, the weight of all pairs, above 0
     * @param ridge λ, above 0
     * @param frequencyExponent ν, 0 to 1: how much more rows with many entries are held back
     * @param seed draws the first item vectors
     */
    public record Shape(int width, int rounds, double unobserved, double ridge, double frequencyExponent, long seed) {

        /**
         * Checks all of them.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Shape {
            if (width < 1
                    || rounds < 1
                    || !(unobserved > 0 && ridge > 0 && frequencyExponent >= 0 && frequencyExponent <= 1)) {
                throw new IllegalArgumentException(
                        "iALS needs a width, a round, weights above 0 and an exponent from 0 to 1, got " + width + ", "
                                + rounds + ", " + unobserved + ", " + ridge + " and " + frequencyExponent);
            }
        }
    }

    /**
     * Sets the shape.
     *
     * @param shape its settings
     */
    public AlternatingSquares(Shape shape) {
        this.shape = Objects.requireNonNull(shape);
    }

    @Override
    public String name() {
        return "ials";
    }

    @Override
    public HistoryEncoder fit(Interactions train) {
        SparseMatrix byUser = SparseMatrix.of(train);
        SparseMatrix byItem = byUser.transposed();
        SplittableRandom random = new SplittableRandom(shape.seed());
        int width = widthFor(train);
        DMatrixRMaj items = new DMatrixRMaj(train.items(), width);
        for (int i = 0; i < items.data.length; i++) {
            items.data[i] = 0.1 / Math.sqrt(width) * random.nextGaussian();
        }
        for (int round = 0; round < shape.rounds(); round++) {
            DMatrixRMaj users = new Side(items, shape).solved(byUser);
            items = new Side(users, shape).solved(byItem);
        }
        return new Fitted(train, new Side(items, shape));
    }

    /** The interactions have no more directions than users or items, so that any further ones would stay empty. */
    private int widthFor(Interactions train) {
        int users = (int) IntStream.range(0, train.users())
                .filter(user -> train.countOf(user) > 0)
                .count();
        int items = (int)
                Arrays.stream(train.itemCounts()).filter(count -> count > 0).count();
        return Math.max(1, Math.min(shape.width(), Math.min(users, items)));
    }

    /** One side's vectors, fixed while the other side is solved. */
    private static final class Side {

        private final DMatrixRMaj vectors;
        private final double[] common;
        private final Shape shape;

        Side(DMatrixRMaj fixed, Shape shape) {
            int width = fixed.numCols;
            DMatrixRMaj gram = new DMatrixRMaj(width, width);
            CommonOps_MT_DDRM.multTransA(fixed, fixed, gram);
            Subspace.Symmetric solved = Subspace.Symmetric.of(gram);
            this.shape = shape;
            this.vectors = new DMatrixRMaj(fixed.numRows, width);
            CommonOps_MT_DDRM.mult(fixed, solved.vectors(), vectors);
            this.common = new double[width];
            for (int k = 0; k < width; k++) {
                // rounding may leave a 0 a little below 0
                common[k] = shape.unobserved() * Math.max(0, solved.values()[k]);
            }
        }

        DMatrixRMaj solved(SparseMatrix entries) {
            int width = vectors.numCols;
            DMatrixRMaj rows = new DMatrixRMaj(entries.rows(), width);
            IntStream.range(0, entries.rows()).parallel().forEach(row -> {
                double[] solved = solve(entries.row(row).columns());
                System.arraycopy(solved, 0, rows.data, row * width, width);
            });
            return rows;
        }

        /** {@code (D + HᵀH)⁻¹ · Hᵀ · 1} for the rows H of the entries and D diagonal. */
        double[] solve(int[] entries) {
            int width = vectors.numCols;
            int m = entries.length;
            double[] solution = new double[width];
            if (m == 0) {
                return solution;
            }
            double held = shape.ridge() * Math.pow(m + shape.unobserved() * vectors.numRows, shape.frequencyExponent());
            double[] inverse = new double[width];
            for (int k = 0; k < width; k++) {
                inverse[k] = 1 / (common[k] + held);
            }
            return m <= width ? byEntries(entries, inverse, solution) : byWidth(entries, inverse, solution);
        }

        /** Woodbury: {@code D⁻¹Hᵀ(I + HD⁻¹Hᵀ)⁻¹1}, m equations. */
        private double[] byEntries(int[] entries, double[] inverse, double[] solution) {
            int width = solution.length;
            int m = entries.length;
            double[] weighed = new double[m * width];
            for (int a = 0; a < m; a++) {
                int row = entries[a] * width;
                for (int k = 0; k < width; k++) {
                    weighed[a * width + k] = vectors.data[row + k] * inverse[k];
                }
            }
            DMatrixRMaj small = new DMatrixRMaj(m, m);
            for (int a = 0; a < m; a++) {
                for (int b = 0; b <= a; b++) {
                    int row = entries[b] * width;
                    double sum = 0;
                    for (int k = 0; k < width; k++) {
                        sum += weighed[a * width + k] * vectors.data[row + k];
                    }
                    small.set(a, b, sum);
                    small.set(b, a, sum);
                }
                small.add(a, a, 1);
            }
            double[] shares = solved(small, ones(m));
            for (int a = 0; a < m; a++) {
                for (int k = 0; k < width; k++) {
                    solution[k] += shares[a] * weighed[a * width + k];
                }
            }
            return solution;
        }

        private double[] byWidth(int[] entries, double[] inverse, double[] solution) {
            int width = solution.length;
            DMatrixRMaj normal = new DMatrixRMaj(width, width);
            double[] right = new double[width];
            for (int entry : entries) {
                int row = entry * width;
                for (int a = 0; a < width; a++) {
                    double factor = vectors.data[row + a];
                    right[a] += factor;
                    for (int b = 0; b < width; b++) {
                        normal.data[a * width + b] += factor * vectors.data[row + b];
                    }
                }
            }
            for (int k = 0; k < width; k++) {
                normal.add(k, k, 1 / inverse[k]);
            }
            return solved(normal, right);
        }

        private static double[] ones(int length) {
            double[] ones = new double[length];
            Arrays.fill(ones, 1);
            return ones;
        }

        private static double[] solved(DMatrixRMaj positive, double[] right) {
            LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(positive.numRows);
            if (!solver.setA(positive)) {
                throw new IllegalStateException("iALS has left the numbers; use a larger ridge");
            }
            DMatrixRMaj x = new DMatrixRMaj(positive.numRows, 1);
            solver.solve(DMatrixRMaj.wrap(right.length, 1, right), x);
            return x.data;
        }
    }

    private static final class Fitted implements HistoryEncoder {

        private final Interactions train;
        private final Side items;
        private final float[] vectors;
        private final float[] byDimension;

        Fitted(Interactions train, Side items) {
            this.train = train;
            this.items = items;
            this.vectors = single(items.vectors.data);
            this.byDimension = Vectors.transposed(vectors, items.vectors.numCols);
        }

        @Override
        public float[] encode(int[] history) {
            return single(items.solve(history));
        }

        @Override
        public void score(int user, float[] scores) {
            score(train.itemsOf(user), scores);
        }

        @Override
        public void score(int[] history, float[] scores) {
            Arrays.fill(scores, 0);
            Vectors.addProducts(encode(history), byDimension, scores);
        }

        @Override
        public Factors factors() {
            DMatrixRMaj users = items.solved(SparseMatrix.of(train));
            return new Factors(users.numCols, single(users.data), vectors.clone());
        }

        private static float[] single(double[] numbers) {
            float[] single = new float[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                single[i] = (float) numbers[i];
            }
            return single;
        }
    }
}
