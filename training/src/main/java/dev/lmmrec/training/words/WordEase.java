package dev.lmmrec.training.words;

import dev.lmmrec.training.backbone.linear.HistoryModel;
import dev.lmmrec.training.backbone.linear.ItemItem;
import dev.lmmrec.training.data.Interactions;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * EASE with items' TF-IDF rows as further users: {@code B = I - P · diag(1 / diag(P))} for {@code P = (XᵀX + a·S +
 * λI)⁻¹}, where S holds the items' cosines. Costs n² memory and, for each pair of settings, n³ time; for some thousand
 * items.
 */
final class WordEase {

    private final Interactions train;
    private final WordLikeness likeness;

    /** XᵀX, {@code [n, n]} flat: how many users met both items. It takes long, and no setting changes it. */
    private final int[] metBoth;

    /**
     * Counts.
     *
     * @param train the interactions
     * @param likeness of their items
     */
    WordEase(Interactions train, WordLikeness likeness) {
        this.train = train;
        this.likeness = likeness;
        int n = train.items();
        metBoth = new int[n * n];
        for (int user = 0; user < train.users(); user++) {
            int[] items = train.itemsOf(user);
            for (int a : items) {
                for (int b : items) {
                    metBoth[a * n + b]++;
                }
            }
        }
    }

    /**
     * Solves.
     *
     * @param ridge λ, greater than 0
     * @param share a, how much words count beside interactions, 0 or more
     * @return the model
     * @throws IllegalArgumentException if a setting is out of range
     */
    HistoryModel solve(double ridge, double share) {
        if (!(ridge > 0 && share >= 0)) {
            throw new IllegalArgumentException(
                    "EASE with words needs a ridge above 0 and a share from 0, got " + ridge + " and " + share);
        }
        int n = train.items();
        DMatrixRMaj gram = new DMatrixRMaj(n, n);
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                gram.set(a, b, metBoth[a * n + b] + share * likeness.of(a, b));
            }
            gram.add(a, a, ridge);
        }
        DMatrixRMaj precision = new DMatrixRMaj(n, n);
        if (!CommonOps_DDRM.invertSPD(gram, precision)) {
            throw new IllegalArgumentException("EASE with words and ridge " + ridge + " has no inverse");
        }
        float[] weights = new float[n * n];
        for (int from = 0; from < n; from++) {
            for (int to = 0; to < n; to++) {
                weights[from * n + to] = from == to ? 0 : (float) (-precision.get(from, to) / precision.get(to, to));
            }
        }
        return new HistoryModel(train, ItemItem.dense(n, weights));
    }
}
