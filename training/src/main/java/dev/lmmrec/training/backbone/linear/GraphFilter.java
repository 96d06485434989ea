package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * GF-CF (Shen et al., CIKM 2021, eq. 10 and 11): a history is a signal on the items, smoothed by a linear filter and an
 * ideal low-pass, {@code ZᵀZ + α · D^-a · V · Vᵀ · D^a}, for Z normalised by degrees and V its leading right singular
 * vectors. With rank 0 there is the linear filter alone.
 */
final class GraphFilter implements Backbone.ClosedForm {

    private static final int ROUNDS = 8;

    private final Shape shape;

    /**
     * What shapes the filter.
     *
     * @param rank how many frequencies the low-pass lets through; 0 switches it off
     * @param alpha the weight of the low-pass, 0 or more
     * @param itemExponent a, 0 to 1
     * @param userExponent b, 0 to 1
     */
    public record Shape(int rank, double alpha, double itemExponent, double userExponent) {

        /**
         * Checks all of them.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Shape {
            if (rank < 0
                    || !(alpha >= 0 && itemExponent >= 0 && itemExponent <= 1)
                    || !(userExponent >= 0 && userExponent <= 1)) {
                throw new IllegalArgumentException(
                        "a graph filter needs rank and alpha of 0 or more and exponents from 0 to 1, got " + rank + ", "
                                + alpha + ", " + itemExponent + " and " + userExponent);
            }
        }
    }

    /**
     * Sets the shape.
     *
     * @param shape its settings
     */
    public GraphFilter(Shape shape) {
        this.shape = Objects.requireNonNull(shape);
    }

    @Override
    public String name() {
        return "gf-cf";
    }

    @Override
    public HistoryModel fit(Interactions train) {
        Walk linear = new Walk(train, shape.itemExponent(), shape.userExponent());
        List<WeightedSum.Part> parts = new ArrayList<>();
        parts.add(new WeightedSum.Part(linear, 1));
        int rank = Math.min(shape.rank(), train.items());
        if (rank > 0) {
            double[] degrees = SparseMatrix.of(train).columnSums();
            Subspace low = Subspace.leading(Subspace.of(linear.byUser()), train.items(), rank, ROUNDS, 1);
            LowRankRows filter = new LowRankRows(
                    rank,
                    low.scaled(SparseMatrix.powers(degrees, -shape.itemExponent())),
                    low.scaled(SparseMatrix.powers(degrees, shape.itemExponent())));
            parts.add(new WeightedSum.Part(filter, shape.alpha()));
        }
        return new HistoryModel(train, new WeightedSum(parts));
    }
}
