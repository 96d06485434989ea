package dev.lmmrec.training.backbone.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.data.Interactions;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseMatrixTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gram_ofNormalisedInteractions_equalsTheDenseProduct(long seed) {
        Interactions train = Tastes.random(23, 17, 0.2, seed);
        DMatrixRMaj dense = Tastes.normalised(train, 0.25, 0.5);
        DMatrixRMaj expected = new DMatrixRMaj(17, 17);
        CommonOps_DDRM.multTransA(dense, dense, expected);

        SparseMatrix gram = Walk.normalised(train, 0.25, 0.5).gram();

        for (int i = 0; i < 17; i++) {
            for (int j = 0; j < 17; j++) {
                assertThat(gram.get(i, j)).isEqualTo((float) expected.get(i, j), within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void times_aDenseMatrix_equalsTheDenseProductBothWays(long seed) {
        Interactions train = Tastes.random(23, 17, 0.2, seed);
        DMatrixRMaj dense = Tastes.normalised(train, 0, 0);
        DMatrixRMaj right = Tastes.numbers(17, 3, seed);
        DMatrixRMaj expected = new DMatrixRMaj(23, 3);
        CommonOps_DDRM.mult(dense, right, expected);
        DMatrixRMaj back = new DMatrixRMaj(17, 3);
        CommonOps_DDRM.multTransA(dense, expected, back);
        SparseMatrix sparse = SparseMatrix.of(train);

        float[] product = sparse.times(Tastes.single(right), 3);

        assertThat(product).containsExactly(Tastes.single(expected), within(1e-4f));
        assertThat(sparse.transposed().times(product, 3)).containsExactly(Tastes.single(back), within(1e-4f));
    }
}
