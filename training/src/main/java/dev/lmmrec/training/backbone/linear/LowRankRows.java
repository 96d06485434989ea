package dev.lmmrec.training.backbone.linear;

/**
 * Weights {@code P · Qᵀ}: an item that was met gives its row of P, an item that is scored answers with its row of Q.
 */
final class LowRankRows implements ItemItem {

    private final int width;
    private final float[] from;
    private final float[] to;
    private final float[] toByDimension;

    /** Takes over P and Q, each {@code [n, d]} flat. */
    LowRankRows(int width, float[] from, float[] to) {
        this.width = width;
        this.from = from;
        this.to = to;
        this.toByDimension = Vectors.transposed(to, width);
    }

    int width() {
        return width;
    }

    float[] to() {
        return to;
    }

    /** The sum of a history's rows of P. */
    float[] sum(int[] history) {
        float[] sum = new float[width];
        for (int item : history) {
            int row = item * width;
            for (int k = 0; k < width; k++) {
                sum[k] += from[row + k];
            }
        }
        return sum;
    }

    @Override
    public int items() {
        return to.length / width;
    }

    @Override
    public void add(int[] history, float factor, float[] scores) {
        float[] sum = sum(history);
        for (int k = 0; k < width; k++) {
            sum[k] *= factor;
        }
        Vectors.addProducts(sum, toByDimension, scores);
    }
}
