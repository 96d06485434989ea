package dev.lmmrec.training.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.gradient.ChosenRows;

/** The text of training pairs without the pairs' own reviews, on the device that computes. */
public final class LeftOutTexts {

    /** Below this squared norm nothing is left but rounding. */
    private static final float NOTHING = 1e-6f;

    private final PairTexts texts;
    private final NDArray own;
    private final NDArray userSums;
    private final NDArray itemSums;

    /**
     * Copies the vectors to the device.
     *
     * @param texts the sums and what each pair contributed
     * @param manager owns the copies
     */
    public LeftOutTexts(PairTexts texts, NDManager manager) {
        this.texts = texts;
        this.own = matrix(manager, texts.own());
        this.userSums = matrix(manager, texts.userSums());
        this.itemSums = matrix(manager, texts.itemSums());
    }

    /**
     * Pairs seen without their own reviews.
     *
     * @param users each user's text, {@code [B, 384]}, L2-normalised
     * @param items each item's text, {@code [B, 384]}, L2-normalised
     * @param present 1 where both sides have something left, else 0, {@code [B]}
     */
    public record Rows(NDArray users, NDArray items, NDArray present) {}

    /**
     * Looks up pairs.
     *
     * @param manager owns the result
     * @param users of training pairs, {@code [B]}
     * @param items of training pairs, {@code [B]}
     * @return their text without their own reviews
     * @throws IllegalArgumentException if a pair is no training pair
     */
    public Rows of(NDManager manager, int[] users, int[] items) {
        long[] pairs = new long[users.length];
        for (int b = 0; b < pairs.length; b++) {
            pairs[b] = texts.pairOf(users[b], items[b]);
            if (pairs[b] < 0) {
                throw new IllegalArgumentException(
                        "user " + users[b] + " and item " + items[b] + " are no training pair");
            }
        }
        NDArray contributed = ChosenRows.of(manager, own, pairs);
        NDArray user = ChosenRows.of(manager, userSums, users).sub(contributed);
        NDArray item = ChosenRows.of(manager, itemSums, items).sub(contributed);
        NDArray userSquares = squares(user);
        NDArray itemSquares = squares(item);
        NDArray present = userSquares
                .gt(NOTHING)
                .logicalAnd(itemSquares.gt(NOTHING))
                .toType(own.getDataType(), false)
                .reshape(users.length);
        return new Rows(direction(user, userSquares), direction(item, itemSquares), present);
    }

    private static NDArray squares(NDArray rows) {
        return rows.square().sum(new int[] {1}, true);
    }

    private static NDArray direction(NDArray rows, NDArray squares) {
        return rows.div(squares.add(TextEncoder.NORM_EPSILON).sqrt());
    }

    private static NDArray matrix(NDManager manager, float[] flat) {
        return manager.create(flat, new Shape(flat.length / Dataset.TEXT_WIDTH, Dataset.TEXT_WIDTH));
    }
}
