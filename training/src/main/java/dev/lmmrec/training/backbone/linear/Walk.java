package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.data.Interactions;

/**
 * ZᵀZ for {@code Z = diag(d_u^-b) · X · diag(d_i^-a)}, never multiplied out: from the history to the users who share
 * it, and on to what these met.
 */
final class Walk implements ItemItem {

    private final SparseMatrix byUser;
    private final SparseMatrix byItem;

    Walk(Interactions train, double itemExponent, double userExponent) {
        byUser = normalised(train, itemExponent, userExponent);
        byItem = byUser.transposed();
    }

    /** Z. */
    static SparseMatrix normalised(Interactions train, double itemExponent, double userExponent) {
        SparseMatrix x = SparseMatrix.of(train);
        return x.scaled(
                SparseMatrix.powers(x.rowSums(), -userExponent), SparseMatrix.powers(x.columnSums(), -itemExponent));
    }

    SparseMatrix byUser() {
        return byUser;
    }

    @Override
    public int items() {
        return byUser.columns();
    }

    @Override
    public void add(int[] history, float factor, float[] scores) {
        float[] users = new float[byUser.rows()];
        for (int item : history) {
            byItem.addRow(item, factor, users);
        }
        for (int user = 0; user < users.length; user++) {
            if (users[user] != 0) {
                byUser.addRow(user, users[user], scores);
            }
        }
    }
}
