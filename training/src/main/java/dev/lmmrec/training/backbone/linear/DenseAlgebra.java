package dev.lmmrec.training.backbone.linear;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * What needs n³ steps on dense matrices, done in single precision by the engine, which multiplies matrices some hundred
 * times faster than plain loops. Matrices go there and come back in bands of rows, so that next to none of them is held
 * twice. Close it to free the engine's memory.
 */
final class DenseAlgebra implements AutoCloseable {

    /** Below this many rows the engine's own inverse is as fast as splitting. */
    private static final int BLOCK = 512;

    /** What a band of rows holds at most. */
    private static final int BAND_NUMBERS = 1 << 23;

    private final NDManager manager = NDManager.newBaseManager();

    /** A sparse matrix, made dense in the engine; {@code diagonal} is added. */
    NDArray dense(SparseMatrix sparse, double[] diagonal) {
        int rows = sparse.rows();
        int columns = sparse.columns();
        NDArray dense = manager.zeros(new Shape(rows, columns), DataType.FLOAT32);
        int band = Math.max(1, BAND_NUMBERS / Math.max(1, columns));
        for (int from = 0; from < rows; from += band) {
            int to = Math.min(rows, from + band);
            float[] numbers = new float[(to - from) * columns];
            for (int row = from; row < to; row++) {
                for (int at = sparse.start(row); at < sparse.start(row + 1); at++) {
                    numbers[(row - from) * columns + sparse.columnAt(at)] = sparse.valueAt(at);
                }
                numbers[(row - from) * columns + row] += (float) diagonal[row];
            }
            try (NDArray part = manager.create(numbers, new Shape(to - from, columns))) {
                dense.set(rows(from, to), part);
            }
        }
        return dense;
    }

    /** Brings a matrix home, {@code [rows, columns]} flat. */
    float[] toFloatArray(NDArray dense) {
        int rows = (int) dense.getShape().get(0);
        int columns = (int) dense.getShape().get(1);
        float[] numbers = new float[Math.multiplyExact(rows, columns)];
        int band = Math.max(1, BAND_NUMBERS / Math.max(1, columns));
        for (int from = 0; from < rows; from += band) {
            int to = Math.min(rows, from + band);
            try (NDArray part = dense.get(rows(from, to))) {
                float[] some = part.toFloatArray();
                System.arraycopy(some, 0, numbers, from * columns, some.length);
            }
        }
        return numbers;
    }

    /**
     * The inverse of a symmetric positive definite matrix by halves: with {@code A = [[E, F], [Fᵀ, G]]}, {@code T =
     * E⁻¹F} and the Schur complement {@code S = G - FᵀT}, also positive definite, it is {@code [[E⁻¹ + T·S⁻¹·Tᵀ,
     * -T·S⁻¹], [., S⁻¹]]}. That is 4/3·n³ steps, nearly all in products; LU takes twice as many.
     */
    NDArray inverse(NDArray matrix) {
        long n = matrix.getShape().get(0);
        if (n <= BLOCK) {
            return matrix.inverse();
        }
        long half = n / 2;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray right = matrix.get(new NDIndex("0:{}, {}:{}", half, half, n));
            NDArray first = inverse(matrix.get(new NDIndex("0:{}, 0:{}", half, half)));
            NDArray carried = first.matMul(right);
            NDArray complement = matrix.get(new NDIndex("{}:{}, {}:{}", half, n, half, n))
                    .sub(right.transpose().matMul(carried));
            NDArray last = inverse(complement);
            complement.close();
            NDArray corner = carried.matMul(last);
            NDArray inverse = manager.zeros(matrix.getShape(), DataType.FLOAT32);
            first.addi(corner.matMul(carried.transpose()));
            corner.negi();
            inverse.set(new NDIndex("0:{}, 0:{}", half, half), first);
            inverse.set(new NDIndex("0:{}, {}:{}", half, half, n), corner);
            inverse.set(new NDIndex("{}:{}, 0:{}", half, n, half), corner.transpose());
            inverse.set(new NDIndex("{}:{}, {}:{}", half, n, half, n), last);
            NDScope.unregister(inverse);
            return inverse;
        }
    }

    /** {@code a · b} in double precision. */
    DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        try (NDArray left = array(a);
                NDArray right = array(b);
                NDArray product = left.matMul(right)) {
            return DMatrixRMaj.wrap(a.numRows, b.numCols, product.toDoubleArray());
        }
    }

    /** {@code aᵀ · b} in double precision. */
    DMatrixRMaj transposedProduct(DMatrixRMaj a, DMatrixRMaj b) {
        try (NDArray left = array(a);
                NDArray transposed = left.transpose();
                NDArray right = array(b);
                NDArray product = transposed.matMul(right)) {
            return DMatrixRMaj.wrap(a.numCols, b.numCols, product.toDoubleArray());
        }
    }

    private NDArray array(DMatrixRMaj matrix) {
        return manager.create(
                Arrays.copyOf(matrix.data, matrix.getNumElements()), new Shape(matrix.numRows, matrix.numCols));
    }

    NDManager manager() {
        return manager;
    }

    private static NDIndex rows(int from, int to) {
        return new NDIndex("{}:{}", from, to);
    }

    @Override
    public void close() {
        manager.close();
    }
}
