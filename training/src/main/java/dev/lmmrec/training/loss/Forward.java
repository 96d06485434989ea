package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.gradient.ChosenRows;
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
        return ChosenRows.of(tape.manager(), vectors.nodes(), users);
    }

    /**
     * Interaction vectors of items.
     *
     * @param items indices {@code [B]}
     * @return {@code [B, d]}
     */
    public NDArray items(int[] items) {
        return ChosenRows.of(tape.manager(), vectors.nodes(), items, vectors.users());
    }
}
