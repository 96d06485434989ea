package dev.lmmrec.training.backbone.linear;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_MT_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The leading right singular vectors of a matrix S that is known by its products with SᵀS alone, found by randomised
 * subspace iteration (Halko, Martinsson, Tropp, SIAM Review 2011, algorithm 4.4) and sorted out by a Rayleigh-Ritz
 * step.
 */
final class Subspace {

    /** Directions followed besides those asked for; without them the last ones would be poor. */
    private static final int EXTRA = 16;

    /** Below this ratio of the factor's diagonal the Gram matrix has lost half of its digits. */
    private static final double CONDITION_LEAST = 1e-6;

    /** Numbers of this size have all their digits, and so have what is 16 digits below. */
    private static final double LIFT_LEAST = 1e-200;

    private final int width;
    private final float[] basis;
    private final double[] squares;

    private Subspace(int width, float[] basis, double[] squares) {
        this.width = width;
        this.basis = basis;
        this.squares = squares;
    }

    /** Multiplies by SᵀS. */
    @FunctionalInterface
    interface Gram {
        /** {@code [n, width]} to {@code [n, width]}, both flat. */
        float[] times(float[] x, int width);
    }

    /** SᵀS of a sparse matrix. */
    static Gram of(SparseMatrix matrix) {
        SparseMatrix transposed = matrix.transposed();
        return (x, width) -> transposed.times(matrix.times(x, width), width);
    }

    /**
     * Iterates.
     *
     * @param gram SᵀS
     * @param n its size
     * @param rank how many vectors, at most n
     * @param rounds multiplications, at least 1; each squares the ratio by which what is left out fades
     * @param seed draws where to start
     */
    static Subspace leading(Gram gram, int n, int rank, int rounds, long seed) {
        int width = Math.min(n, rank + EXTRA);
        SplittableRandom random = new SplittableRandom(seed);
        double[] start = new double[n * width];
        for (int i = 0; i < start.length; i++) {
            start[i] = random.nextDouble() - 0.5;
        }
        try (DenseAlgebra algebra = new DenseAlgebra()) {
            DMatrixRMaj directions = orthonormal(DMatrixRMaj.wrap(n, width, start), algebra);
            for (int round = 1; round < rounds; round++) {
                directions = orthonormal(multiplied(gram, directions), algebra);
            }
            DMatrixRMaj small = algebra.transposedProduct(directions, multiplied(gram, directions));
            Symmetric solved = Symmetric.of(small);
            DMatrixRMaj vectors = algebra.product(directions, solved.vectors());
            float[] basis = new float[n * rank];
            for (int row = 0; row < n; row++) {
                for (int k = 0; k < rank; k++) {
                    basis[row * rank + k] = (float) vectors.get(row, k);
                }
            }
            return new Subspace(rank, basis, Arrays.copyOf(solved.values(), rank));
        }
    }

    /** The eigenvalues of a symmetric matrix, largest first, and their vectors as columns. */
    static final class Symmetric {

        private final double[] values;
        private final DMatrixRMaj vectors;

        private Symmetric(double[] values, DMatrixRMaj vectors) {
            this.values = values;
            this.vectors = vectors;
        }

        double[] values() {
            return values;
        }

        DMatrixRMaj vectors() {
            return vectors;
        }

        static Symmetric of(DMatrixRMaj matrix) {
            int n = matrix.numRows;
            DMatrixRMaj exact = matrix.copy();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    double mean = (matrix.get(i, j) + matrix.get(j, i)) / 2;
                    exact.set(i, j, mean);
                    exact.set(j, i, mean);
                }
            }
            EigenDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.eig(n, true, true);
            double lift = 0;
            if (!solver.decompose(exact.copy())) {
                // among numbers so small that they have few digits left the search does not end; away from 0 it does
                lift = Math.max(NormOps_DDRM.inducedPInf(exact), LIFT_LEAST);
                for (int i = 0; i < n; i++) {
                    exact.add(i, i, lift);
                }
                if (!solver.decompose(exact)) {
                    throw new IllegalStateException(
                            "a symmetric matrix of " + n + " rows has no eigenvalues: NaN inside?");
                }
            }
            int[] order = IntStream.range(0, n)
                    .boxed()
                    .sorted((a, b) -> Double.compare(
                            solver.getEigenvalue(b).getReal(),
                            solver.getEigenvalue(a).getReal()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double[] values = new double[n];
            DMatrixRMaj vectors = new DMatrixRMaj(n, n);
            for (int k = 0; k < n; k++) {
                values[k] = solver.getEigenvalue(order[k]).getReal() - lift;
                DMatrixRMaj vector = solver.getEigenVector(order[k]);
                for (int row = 0; row < n; row++) {
                    vectors.set(row, k, vector.get(row, 0));
                }
            }
            return new Symmetric(values, vectors);
        }
    }

    private static DMatrixRMaj multiplied(Gram gram, DMatrixRMaj x) {
        float[] single = new float[x.data.length];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) x.data[i];
        }
        float[] product = gram.times(single, x.numCols);
        DMatrixRMaj image = new DMatrixRMaj(x.numRows, x.numCols);
        for (int i = 0; i < product.length; i++) {
            image.data[i] = product[i];
        }
        return image;
    }

    /**
     * An orthonormal basis of the columns by Cholesky factors of their Gram matrix, twice because once leaves rounding
     * (Yamamoto et al., ETNA 2015): all products, so some ten times faster than reflections. Where columns depend on
     * each other there is no factor, and reflections it is.
     */
    private static DMatrixRMaj orthonormal(DMatrixRMaj x, DenseAlgebra algebra) {
        return whitened(x, algebra).flatMap(once -> whitened(once, algebra)).orElseGet(() -> reflected(x));
    }

    /** {@code x · R⁻¹} for {@code RᵀR = xᵀx}; nothing if R is next to singular. */
    private static Optional<DMatrixRMaj> whitened(DMatrixRMaj x, DenseAlgebra algebra) {
        int width = x.numCols;
        CholeskyDecomposition_F64<DMatrixRMaj> factors = DecompositionFactory_DDRM.chol(width, false);
        if (!factors.decompose(algebra.transposedProduct(x, x))) {
            return Optional.empty();
        }
        DMatrixRMaj upper = factors.getT(null);
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int k = 0; k < width; k++) {
            least = Math.min(least, upper.get(k, k));
            most = Math.max(most, upper.get(k, k));
        }
        DMatrixRMaj inverse = new DMatrixRMaj(width, width);
        if (!(least > CONDITION_LEAST * most) || !CommonOps_DDRM.invert(upper, inverse)) {
            return Optional.empty();
        }
        return Optional.of(algebra.product(x, inverse));
    }

    private static DMatrixRMaj reflected(DMatrixRMaj x) {
        if (MatrixFeatures_DDRM.hasUncountable(x)) {
            throw new IllegalStateException("no orthonormal basis of " + x.numCols + " directions: NaN inside");
        }
        QRDecompositionHouseholderColumn_MT_DDRM qr = new QRDecompositionHouseholderColumn_MT_DDRM();
        // false says that a column depends on those before, which is known; its place is taken by another direction
        qr.decompose(x.copy());
        return qr.getQ(null, true);
    }

    /** The singular vectors as columns, {@code [n, width]} flat. */
    float[] basis() {
        return basis;
    }

    /** The squared singular values, largest first. */
    double[] squares() {
        return squares;
    }

    /** The basis with rows multiplied, {@code [n, width]} flat. */
    float[] scaled(double[] ofRow) {
        float[] scaled = new float[basis.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (basis[i] * ofRow[i / width]);
        }
        return scaled;
    }
}
