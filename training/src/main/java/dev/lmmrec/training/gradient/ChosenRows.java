package dev.lmmrec.training.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;

/** Looks rows of a matrix up; the gradient of a row that is chosen twice is summed. */
public final class ChosenRows {

    private ChosenRows() {}

    /**
     * Some rows.
     *
     * @param manager owns the list of indices
     * @param matrix {@code [n, d]}
     * @param rows indices {@code [k]}
     * @return {@code [k, d]}
     */
    public static NDArray of(NDManager manager, NDArray matrix, long[] rows) {
        return Embedding.embedding(manager.create(rows), matrix, SparseFormat.DENSE)
                .singletonOrThrow();
    }

    /**
     * Some rows.
     *
     * @param manager owns the list of indices
     * @param matrix {@code [n, d]}
     * @param rows indices {@code [k]}
     * @return {@code [k, d]}
     */
    public static NDArray of(NDManager manager, NDArray matrix, int[] rows) {
        return of(manager, matrix, rows, 0);
    }

    /**
     * Some rows of those that follow others.
     *
     * @param manager owns the list of indices
     * @param matrix {@code [n, d]}
     * @param rows indices {@code [k]}, counted from the offset
     * @param offset how many rows come before
     * @return {@code [k, d]}
     */
    public static NDArray of(NDManager manager, NDArray matrix, int[] rows, int offset) {
        long[] shifted = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            shifted[i] = (long) rows[i] + offset;
        }
        return of(manager, matrix, shifted);
    }
}
