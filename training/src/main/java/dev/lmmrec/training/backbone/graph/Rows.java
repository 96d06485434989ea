package dev.lmmrec.training.backbone.graph;

/** Inner loops over rows of flat matrices. Several sums at once, since each addition waits for the one before it. */
final class Rows {

    private Rows() {}

    /** The inner product of two rows of length n. */
    static float dot(float[] a, int atA, float[] b, int atB, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int k = 0;
        for (; k + 4 <= n; k += 4) {
            s0 += a[atA + k] * b[atB + k];
            s1 += a[atA + k + 1] * b[atB + k + 1];
            s2 += a[atA + k + 2] * b[atB + k + 2];
            s3 += a[atA + k + 3] * b[atB + k + 3];
        }
        for (; k < n; k++) {
            s0 += a[atA + k] * b[atB + k];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Adds a multiple of one row to another. */
    static void add(float factor, float[] a, int atA, float[] to, int atTo, int n) {
        for (int k = 0; k < n; k++) {
            to[atTo + k] += factor * a[atA + k];
        }
    }
}
