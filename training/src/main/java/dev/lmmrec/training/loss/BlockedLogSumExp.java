package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * The denominator of contrast, {@code Σ_r w_r · log Σ_c exp(a_r · b_c / τ)}, block of rows by block of rows. Value and
 * gradient are computed in one pass over each block, which is forgotten before the next: memory does not grow with the
 * number of candidates times the number of anchors, as it does when the engine keeps every product for its way back.
 */
final class BlockedLogSumExp {

    /** Rows × candidates of a block on the CPU: 4 MB, about what a core's caches hold. */
    private static final long BLOCK_CELLS = 1 << 20;

    /** On a GPU memory is not the limit, and small blocks leave it idle. */
    private static final long BLOCK_CELLS_GPU = 1 << 26;

    private BlockedLogSumExp() {}

    /**
     * Computes the weighted sum.
     *
     * @param anchors a, {@code [m, d]}
     * @param weights w, {@code [m, 1]}, constant
     * @param candidates b, {@code [n, d]}
     * @param temperature τ
     * @param shift whether products may be too large for the exponential: each row's largest is then taken out first.
     *     Not needed for cosines
     * @return a scalar with the gradient of both arrays
     */
    static NDArray of(NDArray anchors, NDArray weights, NDArray candidates, double temperature, boolean shift) {
        NDArray a = anchors.stopGradient();
        NDArray b = candidates.stopGradient();
        NDManager manager = a.getManager();
        long rows = a.getShape().get(0);
        long cells = manager.getDevice().isGpu() ? BLOCK_CELLS_GPU : BLOCK_CELLS;
        long block = Math.max(1, cells / b.getShape().get(0));
        NDArray gradientOfAnchors = manager.create(a.getShape(), DataType.FLOAT32);
        NDArray gradientOfCandidates = manager.zeros(b.getShape());
        NDArray value = manager.zeros(new Shape());
        NDArray transposed = b.transpose();
        for (long from = 0; from < rows; from += block) {
            long to = Math.min(rows, from + block);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDIndex range = new NDIndex("{}:{}", from, to);
                NDArray scaled = a.get(range).div((float) temperature);
                NDArray w = weights.get(range);
                NDArray products = scaled.matMul(transposed);
                NDArray largest = shift ? products.max(new int[] {1}, true) : null;
                if (shift) {
                    products.subi(largest);
                }
                NDArray exponentials = products.exp();
                NDArray sums = exponentials.sum(new int[] {1}, true);
                NDArray logs = sums.log();
                value.addi((shift ? logs.addi(largest) : logs).mul(w).sum());
                NDArray share = w.div(sums).divi((float) temperature);
                gradientOfAnchors.set(range, exponentials.matMul(b).muli(share));
                gradientOfCandidates.addi(
                        exponentials.transpose().matMul(a.get(range).mul(share)));
            }
        }
        // equal to the value, and its derivative is the gradient found: products with constants, less their own value
        NDArray tangent = anchors.mul(gradientOfAnchors)
                .sum()
                .add(candidates.mul(gradientOfCandidates).sum());
        return tangent.sub(tangent.stopGradient()).add(value);
    }
}
