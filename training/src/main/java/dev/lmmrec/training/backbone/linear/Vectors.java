package dev.lmmrec.training.backbone.linear;

/**
 * One vector against many. They are kept dimension by dimension: then the inner loop runs over items and the compiler
 * makes it wide, which it may not do with the sum of one inner product.
 */
final class Vectors {

    private Vectors() {}

    /** {@code [n, d]} flat to {@code [d, n]} flat. */
    static float[] transposed(float[] rows, int width) {
        int n = rows.length / width;
        float[] transposed = new float[rows.length];
        for (int row = 0; row < n; row++) {
            for (int k = 0; k < width; k++) {
                transposed[k * n + row] = rows[row * width + k];
            }
        }
        return transposed;
    }

    /** Adds the inner products of a vector {@code [d]} with each of {@code [d, n]} to {@code [n]}. */
    static void addProducts(float[] vector, float[] byDimension, float[] sums) {
        int n = sums.length;
        for (int k = 0; k < vector.length; k++) {
            float factor = vector[k];
            int from = k * n;
            for (int i = 0; i < n; i++) {
                sums[i] += factor * byDimension[from + i];
            }
        }
    }
}
