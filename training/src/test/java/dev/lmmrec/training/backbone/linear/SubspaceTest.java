package dev.lmmrec.training.backbone.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;

class SubspaceTest {

    private final Interactions train = Tastes.grouped(90, 60, 4, 3)[0];

    @Test
    void leading_ofASparseMatrix_hasItsSingularValuesAndOrthonormalVectors() {
        double[] expected = singularValues(Tastes.normalised(train, 0.5, 0.5));

        Subspace found = Subspace.leading(Subspace.of(Walk.normalised(train, 0.5, 0.5)), 60, 10, 8, 1);

        for (int k = 0; k < 10; k++) {
            assertThat(Math.sqrt(found.squares()[k])).isEqualTo(expected[k], within(1e-4));
        }
        DMatrixRMaj basis = new DMatrixRMaj(60, 10);
        for (int i = 0; i < basis.data.length; i++) {
            basis.data[i] = found.basis()[i];
        }
        DMatrixRMaj gram = new DMatrixRMaj(10, 10);
        CommonOps_DDRM.multTransA(basis, basis, gram);
        CommonOps_DDRM.subtractEquals(gram, CommonOps_DDRM.identity(10));
        assertThat(NormOps_DDRM.normPInf(gram)).isLessThan(1e-5);
    }

    @Test
    void truncation_toWidthD_isAsCloseToTheScoresAsAnyMatrixOfThatRank() {
        HistoryModel model = new Ease(5).fit(train);
        DMatrixRMaj full = Tastes.allScores(model, 90, 60);
        double[] values = singularValues(full);
        double least = Math.sqrt(
                Arrays.stream(values).skip(8).map(value -> value * value).sum());

        Factors factors = new Truncation(8, 1).of(model, 90, 60);
        LowRankModel low = new Truncation(8, 1).of(model);

        assertThat(distance(full, Tastes.allScores(factors, 90, 60))).isEqualTo(least, within(1e-3 * least));
        assertThat(distance(full, Tastes.allScores(low, 90, 60))).isEqualTo(least, within(1e-3 * least));
        assertThat(factors.width()).isEqualTo(8);
    }

    @Test
    void lowRank_encodedHistory_timesItemVectorsIsTheScore() {
        LowRankModel low = new LowRank(new Ease(5), 8).fit(train);
        Factors factors = low.factors();
        float[] scores = Tastes.scores(low, 7, 60);

        float[] user = low.encode(train.itemsOf(7));

        assertThat(factors.user(7)).containsExactly(user);
        for (int item = 0; item < 60; item++) {
            assertThat(Tastes.dot(user, factors.item(item))).isEqualTo(scores[item], within(1e-5f));
        }
    }

    private static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj difference = new DMatrixRMaj(a.numRows, a.numCols);
        CommonOps_DDRM.subtract(a, b, difference);
        return NormOps_DDRM.normF(difference);
    }

    private static double[] singularValues(DMatrixRMaj matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, false, true);
        assertThat(svd.decompose(matrix.copy())).isTrue();
        double[] values = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
        Arrays.sort(values);
        for (int i = 0; i < values.length / 2; i++) {
            double swapped = values[i];
            values[i] = values[values.length - 1 - i];
            values[values.length - 1 - i] = swapped;
        }
        return values;
    }
}
