package dev.lmmrec.training.words;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * The directions in the space of words along which items and users differ most: right singular vectors of their stacked
 * TF-IDF rows, found by randomised subspace iteration (Halko and others 2011, algorithm 4.4).
 */
public final class WordSubspace {

    private static final int MORE = 10;
    private static final int ITERATIONS = 4;

    private final List<SparseRow> rows = new ArrayList<>();
    private final int words;

    /**
     * Takes the rows of all items and users.
     *
     * @param texts the rows
     */
    public WordSubspace(WordTexts texts) {
        this.words = texts.vocabulary().size();
        for (int item = 0; item < texts.train().items(); item++) {
            rows.add(texts.item(item));
        }
        for (int user = 0; user < texts.train().users(); user++) {
            rows.add(texts.user(user));
        }
    }

    /**
     * Finds directions.
     *
     * @param width how many
     * @param seed repeats the draw
     * @return {@code [V, width]} flat, orthonormal columns, strongest first; columns beyond the rank are zero
     */
    public float[] directions(int width, long seed) {
        int rank = Math.min(width + MORE, Math.min(words, rows.size()));
        float[] flat = new float[words * width];
        if (rank == 0) {
            return flat;
        }
        SplittableRandom random = new SplittableRandom(seed);
        DMatrixRMaj basis = new DMatrixRMaj(words, rank);
        for (int i = 0; i < basis.data.length; i++) {
            basis.data[i] = random.nextGaussian();
        }
        basis = orthonormal(basis);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            basis = orthonormal(transposedTimes(times(basis)));
        }
        DMatrixRMaj seen = times(basis);
        DMatrixRMaj gram = new DMatrixRMaj(rank, rank);
        CommonOps_DDRM.multInner(seen, gram);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(rank, true, true);
        if (!eigen.decompose(gram)) {
            throw new IllegalStateException("the words' subspace has no eigenvectors");
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Double.compare(
                eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()));
        for (int column = 0; column < Math.min(width, rank); column++) {
            DMatrixRMaj direction = new DMatrixRMaj(words, 1);
            CommonOps_DDRM.mult(basis, eigen.getEigenVector(order.get(column)), direction);
            for (int word = 0; word < words; word++) {
                flat[word * width + column] = (float) direction.data[word];
            }
        }
        return flat;
    }

    private DMatrixRMaj times(DMatrixRMaj basis) {
        int width = basis.getNumCols();
        DMatrixRMaj product = new DMatrixRMaj(rows.size(), width);
        for (int r = 0; r < rows.size(); r++) {
            SparseRow row = rows.get(r);
            for (int at = 0; at < row.size(); at++) {
                int from = row.word(at) * width;
                for (int k = 0; k < width; k++) {
                    product.data[r * width + k] += row.weight(at) * basis.data[from + k];
                }
            }
        }
        return product;
    }

    private DMatrixRMaj transposedTimes(DMatrixRMaj seen) {
        int width = seen.getNumCols();
        DMatrixRMaj product = new DMatrixRMaj(words, width);
        for (int r = 0; r < rows.size(); r++) {
            SparseRow row = rows.get(r);
            for (int at = 0; at < row.size(); at++) {
                int to = row.word(at) * width;
                for (int k = 0; k < width; k++) {
                    product.data[to + k] += row.weight(at) * seen.data[r * width + k];
                }
            }
        }
        return product;
    }

    private static DMatrixRMaj orthonormal(DMatrixRMaj matrix) {
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(matrix.getNumRows(), matrix.getNumCols());
        if (!qr.decompose(matrix.copy())) {
            throw new IllegalStateException("a basis of words cannot be made orthonormal");
        }
        return qr.getQ(null, true);
    }
}
