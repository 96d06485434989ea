package dev.lmmrec.training.wrapper;

import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.evaluation.Scorer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Vectors for a model that has none: the best approximation of its whole score matrix of a given rank, users by items,
 * found by randomised subspace iteration (Halko and others 2011, algorithm 4.4) while the rows are scored one by one.
 * So every scorer, a blend included, has an interaction side to align text with.
 */
public final class ScoreFactors {

    private static final int MORE = 8;
    private static final int ITERATIONS = 2;

    private final Scorer scorer;
    private final int users;
    private final int items;

    /**
     * Takes a model.
     *
     * @param scorer the model; factors are returned as they are if they have the width asked for
     * @param users U
     * @param items n
     */
    public ScoreFactors(Scorer scorer, int users, int items) {
        this.scorer = scorer;
        this.users = users;
        this.items = items;
    }

    /**
     * Approximates.
     *
     * @param width the rank
     * @param seed repeats the draw
     * @return factors whose inner products come nearest to the scores in the sum of squares; components beyond the rank
     *     of the scores are zero
     */
    public Factors of(int width, long seed) {
        if (scorer instanceof Factors factors && factors.width() == width) {
            return factors;
        }
        int rank = Math.min(width + MORE, Math.min(users, items));
        SplittableRandom random = new SplittableRandom(seed);
        DMatrixRMaj basis = new DMatrixRMaj(items, rank);
        for (int i = 0; i < basis.data.length; i++) {
            basis.data[i] = random.nextGaussian();
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            basis = orthonormal(throughAndBack(orthonormal(basis)));
        }
        basis = orthonormal(basis);
        DMatrixRMaj seen = new DMatrixRMaj(users, rank);
        float[] scores = new float[items];
        for (int user = 0; user < users; user++) {
            project(user, basis, scores, seen.data, user * rank);
        }
        SingularValueDecomposition_F64<DMatrixRMaj> small =
                DecompositionFactory_DDRM.svd(users, rank, true, true, true);
        if (!small.decompose(seen)) {
            throw new IllegalStateException("scores without singular vectors");
        }
        DMatrixRMaj left = small.getU(null, false);
        DMatrixRMaj right = new DMatrixRMaj(items, rank);
        CommonOps_DDRM.mult(basis, small.getV(null, false), right);
        double[] values = small.getSingularValues();
        Integer[] order = new Integer[rank];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[b], values[a]));
        float[] user = new float[users * width];
        float[] item = new float[items * width];
        for (int k = 0; k < Math.min(width, rank); k++) {
            double root = Math.sqrt(values[order[k]]);
            for (int u = 0; u < users; u++) {
                user[u * width + k] = (float) (left.get(u, order[k]) * root);
            }
            for (int i = 0; i < items; i++) {
                item[i * width + k] = (float) (right.get(i, order[k]) * root);
            }
        }
        return new Factors(width, user, item);
    }

    /** SᵀS·basis, a row of S at a time. */
    private DMatrixRMaj throughAndBack(DMatrixRMaj basis) {
        int rank = basis.getNumCols();
        DMatrixRMaj product = new DMatrixRMaj(items, rank);
        float[] scores = new float[items];
        double[] projected = new double[rank];
        for (int user = 0; user < users; user++) {
            project(user, basis, scores, projected, 0);
            for (int item = 0; item < items; item++) {
                if (scores[item] != 0) {
                    for (int k = 0; k < rank; k++) {
                        product.data[item * rank + k] += scores[item] * projected[k];
                    }
                }
            }
        }
        return product;
    }

    private void project(int user, DMatrixRMaj basis, float[] scores, double[] into, int at) {
        int rank = basis.getNumCols();
        Arrays.fill(into, at, at + rank, 0);
        scorer.score(user, scores);
        for (int item = 0; item < items; item++) {
            if (scores[item] != 0) {
                for (int k = 0; k < rank; k++) {
                    into[at + k] += scores[item] * basis.data[item * rank + k];
                }
            }
        }
    }

    private static DMatrixRMaj orthonormal(DMatrixRMaj matrix) {
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(matrix.getNumRows(), matrix.getNumCols());
        if (!qr.decompose(matrix.copy())) {
            throw new IllegalStateException("a basis of items cannot be made orthonormal");
        }
        return qr.getQ(null, true);
    }
}
