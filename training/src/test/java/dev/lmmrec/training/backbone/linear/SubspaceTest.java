package dev.lmmrec.training.backbone.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.evaluation.Factors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubspaceTest {

    private final Interactions train = Tastes.grouped(90, 60, 4, 3)[0];

    @Test
    void leading_ofASparseMatrix_hasItsSingularValuesAndOrthonormalVectors() {
        double[] expected = singularValues(Tastes.normalised(train, 0.5, 0.5));

        Subspace found = Subspace.leading(Subspace.of(Walk.normalised(train, 0.5, 0.5)), 60, 10, 8, 1);

        for (int k = 0; k < 10; k++) {
            assertThat(Math.sqrt(found.squares()[k])).isEqualTo(expected[k], within(1e-4));
        }
        assertOrthonormal(found.basis(), 60, 10);
    }

    @Test
    void leading_ofAMatrixShortOfRank_hasOrthonormalVectorsAllTheSame() {
        Interactions two = Interactions.of(40, 30, List.of(new Pair(3, 4), new Pair(3, 5)));

        Subspace found = Subspace.leading(Subspace.of(Walk.normalised(two, 0.5, 0.5)), 30, 20, 8, 1);

        assertOrthonormal(found.basis(), 30, 20);
        assertThat(found.squares()[0]).isEqualTo(1, within(1e-6));
        assertThat(Arrays.stream(found.squares()).skip(1))
                .allSatisfy(value -> assertThat(value).isCloseTo(0, within(1e-6)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 20})
    void eigenvalues_whereAllButSomeDirectionsHaveFadedAway_areFoundAndMakeTheMatrixUp(int rank) {
        int n = 128;
        SplittableRandom random = new SplittableRandom(rank);
        DMatrixRMaj faded = new DMatrixRMaj(200, n);
        for (int i = 0; i < faded.data.length; i++) {
            // squares of 1e-160 have three digits left
            faded.data[i] = random.nextGaussian() * (i % n < rank ? 1 : 1e-160);
        }
        DMatrixRMaj gram = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransA(faded, faded, gram);
        double size = Math.max(NormOps_DDRM.inducedPInf(gram), 1e-200);

        Subspace.Symmetric found = Subspace.Symmetric.of(gram);

        DMatrixRMaj scaled = found.vectors().copy();
        CommonOps_DDRM.multCols(scaled, found.values());
        DMatrixRMaj again = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(scaled, found.vectors(), again);
        CommonOps_DDRM.subtractEquals(again, gram);
        assertThat(CommonOps_DDRM.elementMaxAbs(again)).isLessThanOrEqualTo(1e-12 * size);
        assertThat(Arrays.stream(found.values()).limit(rank))
                .allSatisfy(value -> assertThat(value).isGreaterThan(50));
        assertThat(Arrays.stream(found.values()).skip(rank))
                .allSatisfy(value -> assertThat(value).isCloseTo(0, within(1e-13 * size)));
    }

    @Test
    void eigenvalues_ofWhatIsNotANumber_areRefused() {
        DMatrixRMaj broken = CommonOps_DDRM.identity(5);
        broken.set(2, 2, Double.NaN);

        assertThatIllegalStateException()
                .isThrownBy(() -> Subspace.Symmetric.of(broken))
                .withMessageContaining("NaN");
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

    private static void assertOrthonormal(float[] flat, int n, int width) {
        DMatrixRMaj basis = new DMatrixRMaj(n, width);
        for (int i = 0; i < basis.data.length; i++) {
            basis.data[i] = flat[i];
        }
        DMatrixRMaj gram = new DMatrixRMaj(width, width);
        CommonOps_DDRM.multTransA(basis, basis, gram);
        CommonOps_DDRM.subtractEquals(gram, CommonOps_DDRM.identity(width));
        assertThat(NormOps_DDRM.normPInf(gram)).isLessThan(1e-5);
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
