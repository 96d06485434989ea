package dev.lmmrec.training.backbone;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Scorer;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The linear item-item model with a closed form: {@code B = I - P · diag(1 / diag(P))} for {@code P = (XᵀX + λI)⁻¹}, so
 * that no item recommends itself. Costs n² memory and n³ time.
 */
public final class Ease implements Backbone.ClosedForm {

    private final double ridge;

    /**
     * Sets the regularisation.
     *
     * @param ridge λ, greater than 0
     */
    public Ease(double ridge) {
        if (!(ridge > 0)) {
            throw new IllegalArgumentException("EASE needs a ridge greater than 0, got " + ridge);
        }
        this.ridge = ridge;
    }

    @Override
    public String name() {
        return "ease";
    }

    @Override
    public Scorer fit(Interactions train) {
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
        for (int item = 0; item < n; item++) {
            gram.add(item, item, ridge);
        }
        // positive definite because of the ridge, so Cholesky serves and is twice as fast as LU
        DMatrixRMaj precision = new DMatrixRMaj(n, n);
        if (!CommonOps_DDRM.invertSPD(gram, precision)) {
            throw new IllegalStateException("EASE with ridge " + ridge + " has no inverse");
        }
        return (user, scores) -> {
            Arrays.fill(scores, 0);
            for (int from : train.itemsOf(user)) {
                for (int to = 0; to < n; to++) {
                    if (to != from) {
                        scores[to] += (float) (-precision.get(from, to) / precision.get(to, to));
                    }
                }
            }
        };
    }
}
