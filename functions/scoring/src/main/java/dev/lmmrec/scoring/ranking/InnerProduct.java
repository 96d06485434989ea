package dev.lmmrec.scoring.ranking;

/** Sums of products, always added in the same order, so that equal vectors have equal scores everywhere. */
final class InnerProduct {

    private InnerProduct() {}

    /** The inner product of two vectors of the same length. */
    static float of(float[] a, float[] b) {
        return of(a, b, 0, a.length);
    }

    /** The part of it that components from one to another, exclusive, make up. */
    static float of(float[] a, float[] b, int from, int to) {
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum += (double) a[k] * b[k];
        }
        return (float) sum;
    }
}
