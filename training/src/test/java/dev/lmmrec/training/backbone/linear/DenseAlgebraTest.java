package dev.lmmrec.training.backbone.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DenseAlgebraTest {

    @Test
    void inverse_ofAMatrixThatIsSplit_timesTheMatrixIsTheIdentity() {
        // odd, and above the size from which halves are taken twice
        int n = 1_101;
        SparseMatrix gram = SparseMatrix.of(Tastes.random(400, n, 0.02, 5)).gram();
        double[] ridge = new double[n];
        Arrays.fill(ridge, 10);
        try (DenseAlgebra algebra = new DenseAlgebra()) {
            NDArray matrix = algebra.dense(gram, ridge);

            NDArray product = matrix.matMul(algebra.inverse(matrix));

            assertThat(product.sub(algebra.manager().eye(n)).abs().max().getFloat())
                    .isLessThan(1e-4f);
            assertThat(product.getShape()).isEqualTo(new Shape(n, n));
        }
    }

    @Test
    void dense_fromASparseMatrixAndBack_isTheSameInEveryBand() {
        // more numbers than one band holds
        int n = 3_000;
        SparseMatrix sparse = SparseMatrix.of(Tastes.random(n, n, 0.001, 7));
        double[] diagonal = SparseMatrix.filled(n, i -> i);
        try (DenseAlgebra algebra = new DenseAlgebra()) {
            float[] home = algebra.toFloatArray(algebra.dense(sparse, diagonal));

            for (int row = 0; row < n; row += 7) {
                for (int column = 0; column < n; column++) {
                    float expected = sparse.get(row, column) + (row == column ? row : 0);
                    assertThat(home[row * n + column]).isEqualTo(expected, within(0f));
                }
            }
        }
    }
}
