package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.words.SparseRow;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Vectors of the program as matrices of the engine. */
final class Matrices {

    private Matrices() {}

    static NDArray ofUsers(NDManager manager, Factors factors) {
        float[] flat = new float[factors.userCount() * factors.width()];
        for (int user = 0; user < factors.userCount(); user++) {
            System.arraycopy(factors.user(user), 0, flat, user * factors.width(), factors.width());
        }
        return manager.create(flat, new Shape(factors.userCount(), factors.width()));
    }

    static NDArray ofItems(NDManager manager, Factors factors) {
        float[] flat = new float[factors.itemCount() * factors.width()];
        for (int item = 0; item < factors.itemCount(); item++) {
            System.arraycopy(factors.item(item), 0, flat, item * factors.width(), factors.width());
        }
        return manager.create(flat, new Shape(factors.itemCount(), factors.width()));
    }

    /** Rows of words as a sparse matrix {@code [k, V]}. */
    static NDArray sparse(NDManager manager, List<SparseRow> rows, int words) {
        return sparse(manager, rows, words, 0, new SplittableRandom(0));
    }

    /**
     * Rows of words as a sparse matrix {@code [k, V]} of which a share of entries is dropped; the others are scaled up
     * so that sums keep their expectation.
     */
    static NDArray sparse(NDManager manager, List<SparseRow> rows, int words, double dropped, SplittableRandom random) {
        int most = rows.stream().mapToInt(SparseRow::size).sum();
        float[] values = new float[most];
        long[] row = new long[most];
        long[] word = new long[most];
        int size = 0;
        for (int r = 0; r < rows.size(); r++) {
            SparseRow of = rows.get(r);
            for (int at = 0; at < of.size(); at++) {
                if (dropped == 0 || random.nextDouble() >= dropped) {
                    values[size] = (float) (of.weight(at) / (1 - dropped));
                    row[size] = r;
                    word[size++] = of.word(at);
                }
            }
        }
        long[] places = new long[2 * size];
        System.arraycopy(row, 0, places, 0, size);
        System.arraycopy(word, 0, places, size, size);
        // copies: the engine does not keep the memory alive that a sparse array is made of
        NDArray indices = manager.create(places, new Shape(2, size)).duplicate();
        NDArray entries = manager.create(Arrays.copyOf(values, size)).duplicate();
        return JniUtils.createSparseCoo((PtNDArray) indices, (PtNDArray) entries, new Shape(rows.size(), words));
    }
}
