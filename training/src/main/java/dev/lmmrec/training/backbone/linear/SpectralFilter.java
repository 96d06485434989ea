package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import java.util.Objects;

/**
 * A smooth low-pass on a softly normalised graph, after SGFCF (Peng, Sugiyama, Mine, KDD 2024): with V the leading
 * right singular vectors and σ the singular values of {@code Z = diag(d_u^-b) · X · diag(d_i^-a)}, the weights from
 * item to item are {@code D^-a · V · diag((σ / σ_1)^β) · Vᵀ · D^c}. Exponents below ½ let active users and popular
 * items keep some of their weight, β fades high frequencies out instead of cutting them off, and c brings popularity
 * back. Of width d = the rank, so a user is the sum of what the history's items contribute.
 */
final class SpectralFilter implements Backbone.ClosedForm {

    private static final int ROUNDS = 8;

    private final Shape shape;

    /**
     * What shapes the filter.
     *
     * @param rank d, at least 1; no more than there are items is used
     * @param itemExponent a, 0 to 1
     * @param userExponent b, 0 to 1
     * @param decay β, 0 or more
     * @param backExponent c, 0 to 1
     */
    public record Shape(int rank, double itemExponent, double userExponent, double decay, double backExponent) {

        /**
         * Checks all of them.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Shape {
            if (rank < 1
                    || !(itemExponent >= 0 && itemExponent <= 1)
                    || !(userExponent >= 0 && userExponent <= 1)
                    || !(backExponent >= 0 && backExponent <= 1)
                    || !(decay >= 0)) {
                throw new IllegalArgumentException(
                        "a spectral filter needs a rank of at least 1, exponents from 0 to 1 and a decay of 0 or more,"
                                + " got " + rank + ", " + itemExponent + ", " + userExponent + ", " + backExponent
                                + " and " + decay);
            }
        }
    }

    /**
     * Sets the shape.
     *
     * @param shape its settings
     */
    public SpectralFilter(Shape shape) {
        this.shape = Objects.requireNonNull(shape);
    }

    @Override
    public String name() {
        return "spectral";
    }

    @Override
    public LowRankModel fit(Interactions train) {
        int rank = Math.min(shape.rank(), train.items());
        SparseMatrix z = Walk.normalised(train, shape.itemExponent(), shape.userExponent());
        Subspace low = Subspace.leading(Subspace.of(z), train.items(), rank, ROUNDS, 1);
        double[] degrees = SparseMatrix.of(train).columnSums();
        float[] from = low.scaled(SparseMatrix.powers(degrees, -shape.itemExponent()));
        double largest = low.squares()[0];
        for (int k = 0; k < rank; k++) {
            // squares of what is 0 may come out a little below 0
            double passed = largest > 0 ? Math.pow(Math.max(0, low.squares()[k]) / largest, shape.decay() / 2) : 0;
            for (int item = 0; item < train.items(); item++) {
                from[item * rank + k] *= (float) passed;
            }
        }
        return new LowRankModel(
                train, new LowRankRows(rank, from, low.scaled(SparseMatrix.powers(degrees, shape.backExponent()))));
    }
}
