package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.HistoryScorer;
import java.util.Arrays;
import java.util.Objects;

/**
 * UserKNN: what the k users with the most similar histories met. The similarity of a history to user v is {@code Σ
 * d_i^-2a / d_v^b} over common items, so that rare items tell more and busy users do not resemble everybody; raised to
 * a power it weighs what v met, each item again times {@code d_i^-c}.
 */
final class UserNeighbours implements Backbone.ClosedForm {

    private final Shape shape;

    /**
     * What shapes the model.
     *
     * @param neighbours k, at least 1
     * @param itemExponent a, 0 to 1
     * @param userExponent b, 0 to 1
     * @param power of the similarity, above 0
     * @param scoreExponent c, 0 to 1
     */
    public record Shape(int neighbours, double itemExponent, double userExponent, double power, double scoreExponent) {

        /**
         * Checks all of them.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Shape {
            if (neighbours < 1
                    || !(itemExponent >= 0 && itemExponent <= 1)
                    || !(userExponent >= 0 && userExponent <= 1)
                    || !(scoreExponent >= 0 && scoreExponent <= 1)
                    || !(power > 0)) {
                throw new IllegalArgumentException(
                        "UserKNN needs a neighbour, exponents from 0 to 1 and a power above 0, got " + neighbours + ", "
                                + itemExponent + ", " + userExponent + ", " + power + " and " + scoreExponent);
            }
        }
    }

    /**
     * Sets the shape.
     *
     * @param shape its settings
     */
    public UserNeighbours(Shape shape) {
        this.shape = Objects.requireNonNull(shape);
    }

    @Override
    public String name() {
        return "user-knn";
    }

    @Override
    public HistoryScorer fit(Interactions train) {
        return new Fitted(train, shape);
    }

    private static final class Fitted implements HistoryScorer {

        private final Interactions train;
        private final Shape shape;
        private final SparseMatrix usersOfItems;
        private final SparseMatrix met;

        Fitted(Interactions train, Shape shape) {
            this.train = train;
            this.shape = shape;
            SparseMatrix x = SparseMatrix.of(train);
            double[] users = x.rowSums();
            double[] items = x.columnSums();
            usersOfItems = x.scaled(
                            SparseMatrix.powers(users, -shape.userExponent()),
                            SparseMatrix.powers(items, -2 * shape.itemExponent()))
                    .transposed();
            met = x.scaled(SparseMatrix.ones(train.users()), SparseMatrix.powers(items, -shape.scoreExponent()));
        }

        @Override
        public void score(int user, float[] scores) {
            score(train.itemsOf(user), scores);
        }

        @Override
        public void score(int[] history, float[] scores) {
            Arrays.fill(scores, 0);
            float[] similarity = new float[train.users()];
            for (int item : history) {
                usersOfItems.addRow(item, 1, similarity);
            }
            SparseMatrix.Row nearest = Neighbours.largest(SparseMatrix.nonZero(similarity), shape.neighbours());
            for (int i = 0; i < nearest.columns().length; i++) {
                met.addRow(nearest.columns()[i], (float) Math.pow(nearest.values()[i], shape.power()), scores);
            }
        }
    }
}
