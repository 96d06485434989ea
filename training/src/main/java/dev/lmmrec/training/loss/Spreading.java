package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.gradient.ChosenRows;
import dev.lmmrec.training.gradient.Tape;

/**
 * Keeps vectors apart: the mean over anchors of {@code log Σ_c exp(<a, c>)} for inner products with all nodes of one
 * side (AutoCF, Xia et al. 2023, equation 11).
 *
 * @param weight how much it counts
 * @param pairing who is kept apart
 */
public record Spreading(double weight, Pairing pairing) implements LossTerm {

    /** Which products count. */
    public enum Pairing {
        /** The batch's distinct users from all users, and its distinct items from all items. */
        WITHIN_SIDES,
        /** The batch's users, as often as they occur, from all items. */
        USERS_FROM_ITEMS
    }

    @Override
    public String name() {
        return pairing == Pairing.WITHIN_SIDES ? "spread-within" : "spread-across";
    }

    @Override
    public NDArray value(Forward forward) {
        Tape tape = forward.tape();
        NDArray nodes = forward.vectors().nodes();
        int users = forward.vectors().users();
        int count = Math.toIntExact(nodes.getShape().get(0));
        NDArray allItems = Contrast.range(nodes, users, count);
        int[] batchUsers = forward.batch().distinctUsers();
        if (pairing == Pairing.USERS_FROM_ITEMS) {
            NDArray weights = Contrast.multiplicities(
                    tape, batchUsers, forward.batch().size(), forward.batch().users());
            return BlockedLogSumExp.of(ChosenRows.of(tape.manager(), nodes, batchUsers, 0), weights, allItems, 1, true);
        }
        int[] batchItems = forward.batch().distinctPositives();
        NDArray allUsers = Contrast.range(nodes, 0, users);
        return apart(tape, ChosenRows.of(tape.manager(), nodes, batchUsers, 0), allUsers)
                .add(apart(tape, ChosenRows.of(tape.manager(), nodes, batchItems, users), allItems));
    }

    private static NDArray apart(Tape tape, NDArray anchors, NDArray candidates) {
        int rows = Math.toIntExact(anchors.getShape().get(0));
        return BlockedLogSumExp.of(anchors, Contrast.uniform(tape, rows, 1.0 / rows), candidates, 1, true);
    }
}
