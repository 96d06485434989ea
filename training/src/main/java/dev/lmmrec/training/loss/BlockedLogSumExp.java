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
public final class BlockedLogSumExp {

    /** Rows × candidates of a block on the CPU: 1 MB, so that products and exponentials stay in a core's own cache. */
    private static final long BLOCK_CELLS = 1 << 18;

    /** Products of fewer rows use the processor badly, even if more do not fit into the cache. */
    private static final long BLOCK_ROWS_MIN = 64;

    /** On a GPU memory is not the limit, and small blocks leave it idle. */
    private static final long BLOCK_CELLS_GPU = 1 << 26;

    /** Exponentials of products up to this size either way, and sums of a billion of them, are numbers still. */
    private static final float PRODUCT_MAX = 60;

    private BlockedLogSumExp() {}

    /**
     * Computes the weighted sum.
     *
     * @param anchors a, {@code [m, d]}
     * @param weights w, {@code [m, 1]}, constant
     * @param candidates b, {@code [n, d]}
     * @param temperature τ
     * @param shift whether products may be too large for the exponential: where the rows' lengths allow that, each
     *     row's largest is taken out first. Not needed for cosines
     * @return a scalar with the gradient of both arrays
     */
    static NDArray of(NDArray anchors, NDArray weights, NDArray candidates, double temperature, boolean shift) {
        return of(anchors, weights, candidates, temperature, shift, false);
    }

    /**
     * The same against constants, which have no gradient to find.
     *
     * @param anchors a, {@code [m, d]}, L2-normalised
     * @param weights w, {@code [m, 1]}, constant
     * @param candidates b, {@code [n, d]}, L2-normalised, constant
     * @param temperature τ
     * @return a scalar with the gradient of the anchors
     */
    public static NDArray ofConstants(NDArray anchors, NDArray weights, NDArray candidates, double temperature) {
        return of(anchors, weights, candidates, temperature, false, true);
    }

    private static NDArray of(
            NDArray anchors, NDArray weights, NDArray candidates, double temperature, boolean shift, boolean constant) {
        NDArray a = anchors.stopGradient();
        NDArray b = candidates.stopGradient();
        NDManager manager = a.getManager();
        long rows = a.getShape().get(0);
        long cells = manager.getDevice().isGpu() ? BLOCK_CELLS_GPU : BLOCK_CELLS;
        long block = Math.max(BLOCK_ROWS_MIN, cells / b.getShape().get(0));
        NDArray scaled = a.div((float) temperature);
        NDArray weighted = scaled.mul(weights);
        boolean shifted = shift && !(longest(scaled) * longest(b) <= PRODUCT_MAX);
        NDArray gradientOfAnchors = manager.create(a.getShape(), DataType.FLOAT32);
        NDArray gradientOfCandidates = manager.zeros(b.getShape());
        NDArray sums = manager.create(new Shape(rows, 1), DataType.FLOAT32);
        NDArray value = manager.zeros(new Shape());
        NDArray transposed = b.transpose();
        for (long from = 0; from < rows; from += block) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDIndex range = new NDIndex().addSliceDim(from, Math.min(rows, from + block));
                NDArray products = scaled.get(range).matMul(transposed);
                if (shifted) {
                    NDArray largest = products.max(new int[] {1}, true);
                    products.subi(largest);
                    value.addi(largest.mul(weights.get(range)).sum());
                }
                NDArray exponentials = products.exp();
                NDArray sum = exponentials.sum(new int[] {1}, true);
                sums.set(range, sum);
                gradientOfAnchors.set(range, exponentials.matMul(b));
                if (!constant) {
                    gradientOfCandidates.addi(
                            exponentials.transpose().matMul(weighted.get(range).divi(sum)));
                }
            }
        }
        value.addi(sums.log().mul(weights).sum());
        gradientOfAnchors.muli(weights.div(sums).divi((float) temperature));
        // equal to the value, and its derivative is the gradient found: products with constants, less their own value
        NDArray tangent = anchors.mul(gradientOfAnchors).sum();
        if (!constant) {
            tangent = tangent.add(candidates.mul(gradientOfCandidates).sum());
        }
        return tangent.sub(tangent.stopGradient()).add(value);
    }

    private static float longest(NDArray rows) {
        return (float) Math.sqrt(rows.square().sum(new int[] {1}).max().getFloat());
    }
}
