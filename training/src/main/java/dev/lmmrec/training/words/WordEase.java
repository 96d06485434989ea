package dev.lmmrec.training.words;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.HistoryScorer;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * EASE with items' TF-IDF rows as further users: {@code B = I - P · diag(1 / diag(P))} for {@code P = (XᵀX + a·S +
 * λI)⁻¹}, where S holds the items' cosines. Costs n² memory and n³ time; for some thousand items.
 */
public final class WordEase implements HistoryScorer {

    private final Interactions train;
    private final float[] weights;

    /**
     * Solves.
     *
     * @param texts counted over reviews that may be looked at
     * @param likeness of their items
     * @param ridge λ, greater than 0
     * @param share a, how much words count beside interactions, 0 or more
     * @throws IllegalArgumentException if a setting is out of range
     */
    public WordEase(WordTexts texts, WordLikeness likeness, double ridge, double share) {
        if (!(ridge > 0 && share >= 0)) {
            throw new IllegalArgumentException(
                    "EASE with words needs a ridge above 0 and a share from 0, got " + ridge + " and " + share);
        }
        train = texts.train();
        int n = train.items();
        DMatrixRMaj gram = new DMatrixRMaj(n, n);
        for (int user = 0; user < train.users(); user++) {
            int[] items = train.itemsOf(user);
            for (int a : items) {
                for (int b : items) {
                    gram.add(a, b, 1);
                }
            }
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                gram.add(a, b, share * likeness.of(a, b));
            }
            gram.add(a, a, ridge);
        }
        DMatrixRMaj precision = new DMatrixRMaj(n, n);
        if (!CommonOps_DDRM.invertSPD(gram, precision)) {
            throw new IllegalArgumentException("EASE with words and ridge " + ridge + " has no inverse");
        }
        weights = new float[n * n];
        for (int from = 0; from < n; from++) {
            for (int to = 0; to < n; to++) {
                weights[from * n + to] = from == to ? 0 : (float) (-precision.get(from, to) / precision.get(to, to));
            }
        }
    }

    @Override
    public void score(int user, float[] scores) {
        score(train.itemsOf(user), scores);
    }

    @Override
    public void score(int[] history, float[] scores) {
        Arrays.fill(scores, 0);
        int n = scores.length;
        for (int from : history) {
            for (int to = 0; to < n; to++) {
                scores[to] += weights[from * n + to];
            }
        }
    }
}
