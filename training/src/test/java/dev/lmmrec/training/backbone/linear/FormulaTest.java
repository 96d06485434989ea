package dev.lmmrec.training.backbone.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.evaluation.HistoryEncoder;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each model beside its formula, written out on dense matrices or by hand. */
class FormulaTest {

    private static final int USERS = 40;
    private static final int ITEMS = 25;

    private final Interactions train = Tastes.random(USERS, ITEMS, 0.2, 8);

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0.3, 0, 0", "0.3, 0.4, 0.25", "0, 0.2, 0.5"})
    void ease_solvesItsEquationsUnderItsLimitOfTheDiagonal(double dropout, double diagonal, double exponent) {
        double ridge = 2;
        DMatrixRMaj z = Tastes.normalised(train, exponent, exponent);
        DMatrixRMaj gram = gram(z);
        int[] counts = train.itemCounts();

        DenseRows weights =
                new Ease("any", new Ease.Shape(ridge, exponent, exponent, exponent, dropout, diagonal)).weights(train);

        for (int to = 1; to < ITEMS; to++) {
            double diagonalWeight = weights.get(to, to);
            assertThat(diagonalWeight).isLessThanOrEqualTo(diagonal + 1e-5);
            for (int row = 1; row < ITEMS; row++) {
                // (G + Λ)B - G, the gradient of the ridge regression, is 0 but for a multiplier on the diagonal
                double gradient = -gram.get(row, to);
                for (int from = 0; from < ITEMS; from++) {
                    double penalty = row == from ? ridge + dropout / (1 - dropout) * gram.get(row, row) : 0;
                    double unscaled = weights.get(from, to)
                            * Math.pow(Math.max(1, counts[from]), exponent)
                            / Math.pow(Math.max(1, counts[to]), exponent);
                    gradient += (gram.get(row, from) + penalty) * unscaled;
                }
                if (row != to || diagonalWeight < diagonal - 1e-4) {
                    assertThat(gradient).isEqualTo(0, within(2e-3));
                }
            }
        }
    }

    @Test
    void itemNeighbours_ofThreeItems_haveTheShrunkCosinesOfTheNearest() {
        // c_01 = 2, c_02 = 1, c_12 = 1; d = 3, 2, 1
        Interactions few = Interactions.of(
                3,
                3,
                List.of(
                        new Pair(0, 0),
                        new Pair(0, 1),
                        new Pair(0, 2),
                        new Pair(1, 0),
                        new Pair(1, 1),
                        new Pair(2, 0)));

        float[] scores = Tastes.scores(new ItemNeighbours(1, 1).fit(few), 2, 3);

        assertThat(scores[0]).isZero();
        assertThat(scores[1]).isEqualTo((float) (2 / (Math.sqrt(6) + 1)), within(1e-6f));
        // the nearest of item 2 is item 1: 1/(√2 + 1) against 1/(√3 + 1)
        assertThat(scores[2]).isZero();
    }

    @Test
    void userNeighbours_keepsTheNearestAndWeighsWhatTheyMet() {
        Interactions few = Interactions.of(
                4,
                4,
                List.of(
                        new Pair(0, 0),
                        new Pair(0, 1),
                        new Pair(1, 0),
                        new Pair(1, 1),
                        new Pair(1, 2),
                        new Pair(2, 1),
                        new Pair(2, 3)));
        float[] scores = new float[4];

        new UserNeighbours(new UserNeighbours.Shape(2, 0.5, 0.5, 2, 0)).fit(few).score(new int[] {0, 1}, scores);

        // similarities: user 0 (1/2 + 1/3)/√2, user 1 (1/2 + 1/3)/√3, user 2 (1/3)/√2 is the third
        float first = (float) (25.0 / 36 / 2);
        float second = (float) (25.0 / 36 / 3);
        assertThat(scores).containsExactly(new float[] {first + second, first + second, second, 0}, within(1e-6f));
    }

    @Test
    void graphFilter_withAllFrequencies_isTheGramPlusAlphaTimesTheProjection() {
        // with rank n the low-pass lets all of the row space through, and a user's row lies in it
        DMatrixRMaj gram = gram(Tastes.normalised(train, 0.5, 0.5));
        float[] scores =
                Tastes.scores(new GraphFilter(new GraphFilter.Shape(ITEMS, 0.7, 0.5, 0.5)).fit(train), 3, ITEMS);

        for (int to = 1; to < ITEMS; to++) {
            double expected = train.contains(3, to) ? 0.7 : 0;
            for (int from : train.itemsOf(3)) {
                expected += gram.get(from, to);
            }
            assertThat(scores[to]).isEqualTo((float) expected, within(1e-4f));
        }
    }

    @Test
    void spectralFilter_withAllFrequenciesAndTheSquareOfSingularValues_isTheScaledGram() {
        // V · diag(σ²) · Vᵀ = ZᵀZ
        DMatrixRMaj gram = gram(Tastes.normalised(train, 0.3, 0.4));
        double largest = Subspace.Symmetric.of(gram).values()[0];
        int[] counts = train.itemCounts();
        float[] scores = new float[ITEMS];

        new SpectralFilter(new SpectralFilter.Shape(ITEMS, 0.3, 0.4, 2, 0.2))
                .fit(train)
                .score(new int[] {5}, scores);

        for (int to = 0; to < ITEMS; to++) {
            double expected = gram.get(5, to) / largest * Math.pow(counts[5], -0.3) * Math.pow(counts[to], 0.2);
            assertThat((double) scores[to]).isEqualTo(expected, within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void turboFilter_equalsItsPolynomial(int order) {
        DMatrixRMaj p = gram(Tastes.normalised(train, 0.6, 0.4));
        CommonOps_DDRM.elementPower(p, 0.8, p);
        DMatrixRMaj square = product(p, p);
        DMatrixRMaj cube = product(square, p);

        float[] scores = new float[ITEMS];
        new TurboFilter(0.4, 0.8, order).fit(train).score(new int[] {6}, scores);

        for (int to = 0; to < ITEMS; to++) {
            double linear = p.get(6, to);
            double expected =
                    switch (order) {
                        case 1 -> linear;
                        case 2 -> 2 * linear - square.get(6, to);
                        default -> linear + 0.01 * (-cube.get(6, to) + 10 * square.get(6, to) - 29 * linear);
                    };
            assertThat((double) scores[to]).isEqualTo(expected, within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void slim_withAllCandidates_fulfilsTheConditionsOfTheElasticNet(boolean negative) {
        double ridge = 0.5;
        double lasso = 0.2;
        DMatrixRMaj gram = gram(Tastes.normalised(train, 0, 0));
        HistoryModel model = new Slim(new Slim.Shape(ITEMS, ridge, lasso, 0, negative)).fit(train);
        double[][] weights = new double[ITEMS][];
        for (int from = 0; from < ITEMS; from++) {
            float[] row = new float[ITEMS];
            model.score(new int[] {from}, row);
            weights[from] = new double[ITEMS];
            for (int to = 0; to < ITEMS; to++) {
                weights[from][to] = row[to];
            }
        }

        int used = 0;
        for (int to = 0; to < ITEMS; to++) {
            assertThat(weights[to][to]).isZero();
            for (int from = 0; from < ITEMS; from++) {
                if (from == to || gram.get(from, to) == 0) {
                    continue;
                }
                double slope = ridge * weights[from][to] - gram.get(from, to);
                for (int other = 0; other < ITEMS; other++) {
                    slope += gram.get(from, other) * weights[other][to];
                }
                if (weights[from][to] == 0) {
                    assertThat(slope).isGreaterThan(-lasso - 1e-3);
                    assertThat(negative ? Math.abs(slope) : 0).isLessThan(lasso + 1e-3);
                } else {
                    used++;
                    assertThat(slope).isEqualTo(-lasso * Math.signum(weights[from][to]), within(1e-3));
                    assertThat(negative || weights[from][to] > 0).isTrue();
                }
            }
        }
        assertThat(used).isGreaterThan(ITEMS);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void alternatingSquares_ofAHistory_solvesItsNormalEquations(int width) {
        // width 3 has users with more items than dimensions, width 20 the other way round
        double unobserved = 0.2;
        double ridge = 0.05;
        HistoryEncoder fitted =
                new AlternatingSquares(new AlternatingSquares.Shape(width, 3, unobserved, ridge, 0.5, 1)).fit(train);
        Factors factors = fitted.factors();
        int[] history = {1, 2, 3, 5, 8};
        float[] user = fitted.encode(history);
        double held = ridge * Math.sqrt(history.length + unobserved * ITEMS);

        for (int k = 0; k < width; k++) {
            double slope = held * user[k];
            for (int item = 0; item < ITEMS; item++) {
                float[] vector = factors.item(item);
                slope += unobserved * Tastes.dot(user, vector) * vector[k];
            }
            for (int item : history) {
                float[] vector = factors.item(item);
                slope += (Tastes.dot(user, vector) - 1) * vector[k];
            }
            assertThat(slope).isEqualTo(0, within(1e-4));
        }
        assertThat(user).isNotEqualTo(new float[width]);
    }

    @Test
    void alternatingSquares_withMoreRounds_hasNoLargerLoss() {
        double before = Double.POSITIVE_INFINITY;
        for (int rounds : new int[] {1, 2, 4, 8}) {
            Factors factors = new AlternatingSquares(new AlternatingSquares.Shape(4, rounds, 0.1, 0.1, 0, 1))
                    .fit(train)
                    .factors();
            double loss = loss(factors, 0.1, 0.1);

            assertThat(loss).isLessThan(before);
            before = loss;
        }
    }

    @Test
    void shapes_outOfRange_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ease.Shape(1, 0, 0, 0, 1, 0))
                .withMessageContaining("dropout");
        assertThatIllegalArgumentException().isThrownBy(() -> new ItemNeighbours(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new UserNeighbours.Shape(1, 0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new GraphFilter.Shape(-1, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new SpectralFilter.Shape(1, 0, 0, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new TurboFilter(0.5, 1, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slim.Shape(1, 0, 0, 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new AlternatingSquares.Shape(1, 1, 0, 1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LowRank(new Ease(1), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Truncation(26, 1).of(new Ease(1).fit(train)))
                .withMessageContaining("25 items");
    }

    private double loss(Factors factors, double unobserved, double ridge) {
        double loss = 0;
        for (int user = 0; user < USERS; user++) {
            float[] scores = Tastes.scores(factors, user, ITEMS);
            for (int item = 0; item < ITEMS; item++) {
                loss += unobserved * scores[item] * scores[item];
                loss += train.contains(user, item) ? (scores[item] - 1) * (scores[item] - 1) : 0;
            }
            loss += ridge * Tastes.dot(factors.user(user), factors.user(user));
        }
        for (int item = 0; item < ITEMS; item++) {
            loss += ridge * Tastes.dot(factors.item(item), factors.item(item));
        }
        return loss;
    }

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, product);
        return product;
    }

    private static DMatrixRMaj gram(DMatrixRMaj z) {
        DMatrixRMaj gram = new DMatrixRMaj(z.numCols, z.numCols);
        CommonOps_DDRM.multTransA(z, z, gram);
        return gram;
    }
}
