package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import java.util.List;

/**
 * One step's forward pass: what a loss term may look at.
 *
 * @param tape records the step
 * @param batch the interactions of the step
 * @param vectors the backbone's vectors
 * @param parameters what the L2 term is about
 */
public record Forward(Tape tape, Batch batch, Vectors vectors, List<Parameter> parameters) {

    /**
     * Interaction vectors of users.
     *
     * @param users indices {@code [B]}
     * @return {@code [B, d]}
     */
    public NDArray users(int[] users) {
        return rows(vectors.nodes(), users, 0);
    }

    /**
     * Interaction vectors of items.
     *
     * @param items indices {@code [B]}
     * @return {@code [B, d]}
     */
    public NDArray items(int[] items) {
        return rows(vectors.nodes(), items, vectors.users());
    }

    private NDArray rows(NDArray matrix, int[] indices, int offset) {
        long[] rows = new long[indices.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (long) indices[i] + offset;
        }
        return Embedding.embedding(tape.manager().create(rows), matrix, SparseFormat.DENSE)
                .singletonOrThrow();
    }
}
