package dev.lmmrec.scoring.ranking;

/** Sums of products, always added in the same order, so that equal vectors have equal scores everywhere. */
final class InnerProduct {

    private InnerProduct() {}

    /** The inner product of two vectors of the same length. */
    static float of(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return (float) sum;
    }
}
