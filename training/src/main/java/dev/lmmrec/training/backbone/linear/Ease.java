package dev.lmmrec.training.backbone.linear;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The linear item-item autoencoder with a closed form (Steck, WWW 2019, eq. 8): {@code B = I - P · diag(μ)} for
 * {@code P = (ZᵀZ + Λ)⁻¹}. In its plain form Z = X, Λ = λI and {@code μ = 1 / diag(P)}, so that no item recommends
 * itself.
 *
 * <p>What may be set besides: Z = {@code diag(d_u^-b) · X · diag(d_i^-a)} weighs rows and columns by their degrees, and
 * B is scaled back by {@code d_i^-a} and {@code d_i^c}; dropout p adds {@code p / (1 - p) · diag(ZᵀZ)} to Λ (Steck,
 * NeurIPS 2020); a diagonal limit ξ above 0 lets an item recommend itself up to there: {@code μ_j = Λ_jj} where
 * {@code 1 - Λ_jj · P_jj ≤ ξ}, otherwise {@code (1 - ξ) / P_jj} (Moon et al., SIGIR 2023, eq. 8). Costs n² memory and
 * n³ time.
 */
public final class Ease implements Backbone.ClosedForm {

    private final String name;
    private final Shape shape;

    /**
     * What shapes the model.
     *
     * @param ridge λ, greater than 0
     * @param itemExponent a, 0 to 1
     * @param userExponent b, 0 to 1
     * @param backExponent c, 0 to 1: above a it favours popular items, below it rare ones
     * @param dropout p, 0 up to but not 1
     * @param diagonal ξ, 0 up to but not 1
     */
    public record Shape(
            double ridge,
            double itemExponent,
            double userExponent,
            double backExponent,
            double dropout,
            double diagonal) {

        /**
         * Checks all of them.
         *
         * @throws IllegalArgumentException naming the one that is out of range
         */
        public Shape {
            if (!(ridge > 0)) {
                throw new IllegalArgumentException("EASE needs a ridge greater than 0, got " + ridge);
            }
            requireShare("item exponent", itemExponent, itemExponent <= 1);
            requireShare("user exponent", userExponent, userExponent <= 1);
            requireShare("back exponent", backExponent, backExponent <= 1);
            requireShare("dropout", dropout, dropout < 1);
            requireShare("diagonal limit", diagonal, diagonal < 1);
        }

        private static void requireShare(String what, double value, boolean small) {
            if (!(value >= 0 && small)) {
                throw new IllegalArgumentException("EASE needs a " + what + " from 0 to 1, got " + value);
            }
        }
    }

    /**
     * The plain form.
     *
     * @param ridge λ, greater than 0
     */
    public Ease(double ridge) {
        this("ease", new Shape(ridge, 0, 0, 0, 0, 0));
    }

    /**
     * Any form.
     *
     * @param name in tables
     * @param shape its settings
     */
    public Ease(String name, Shape shape) {
        this.name = Objects.requireNonNull(name);
        this.shape = Objects.requireNonNull(shape);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public HistoryModel fit(Interactions train) {
        return new HistoryModel(train, weights(train));
    }

    /** B, for those who go on with it. */
    DenseRows weights(Interactions train) {
        int n = train.items();
        SparseMatrix x = SparseMatrix.of(train);
        double[] degrees = x.columnSums();
        SparseMatrix gram = x.scaled(
                        SparseMatrix.powers(x.rowSums(), -shape.userExponent()),
                        SparseMatrix.powers(degrees, -shape.itemExponent()))
                .gram();
        double keepOdds = shape.dropout() / (1 - shape.dropout());
        double[] penalty = SparseMatrix.filled(n, item -> shape.ridge() + keepOdds * gram.get(item, item));
        float[] precision;
        try (DenseAlgebra algebra = new DenseAlgebra();
                NDArray regularised = algebra.dense(gram, penalty)) {
            precision = algebra.toFloatArray(algebra.inverse(regularised));
        }
        double[] removed = SparseMatrix.filled(n, item -> removed(precision[item * n + item], penalty[item]));
        double[] forth = SparseMatrix.powers(degrees, -shape.itemExponent());
        double[] back = SparseMatrix.powers(degrees, shape.backExponent());
        IntStream.range(0, n).parallel().forEach(from -> {
            for (int to = 0; to < n; to++) {
                double weight = (from == to ? 1 : 0) - precision[from * n + to] * removed[to];
                precision[from * n + to] = (float) (weight * forth[from] * back[to]);
            }
            if (shape.diagonal() == 0) {
                // exactly so, not up to rounding
                precision[from * n + from] = 0;
            }
        });
        return new DenseRows(n, precision);
    }

    private double removed(double precision, double penalty) {
        if (!(precision > 0)) {
            throw new IllegalStateException(
                    name + " with ridge " + shape.ridge() + " has no inverse in single precision; use a larger ridge");
        }
        return 1 - penalty * precision <= shape.diagonal() ? penalty : (1 - shape.diagonal()) / precision;
    }
}
