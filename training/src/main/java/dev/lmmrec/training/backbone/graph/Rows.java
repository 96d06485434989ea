package dev.lmmrec.training.backbone.graph;

/** Inner loops over rows of flat matrices. Several sums at once, since each addition waits for the one before it. */
final class Rows {

    private static final float LOG2_E = 1.442695f;

    /** ln 2 in two parts; the product of the first with a small whole number has no rounding error. */
    private static final float LN_2_HIGH = 0.6933594f;

    private static final float LN_2_LOW = -2.12194440e-4f;

    /** Makes the cut towards zero a rounding to the nearest for numbers above -1000. */
    private static final float ROUNDING = 1000.5f;

    private static final int EXPONENT_BIAS = 127;
    private static final int MANTISSA_BITS = 23;

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

    /**
     * The exponential function to single precision, several times as fast as the library's, which is exact to double
     * precision: {@code 2^n · e^r} with r at most half a logarithm of 2, by the first terms of its series.
     *
     * @param x from -80 to 80
     */
    static float exp(float x) {
        int n = (int) (x * LOG2_E + ROUNDING) - (int) ROUNDING;
        float r = x - n * LN_2_HIGH - n * LN_2_LOW;
        float series = 1 + r * (1 + r * (1f / 2 + r * (1f / 6 + r * (1f / 24 + r * (1f / 120 + r * (1f / 720))))));
        return series * Float.intBitsToFloat((n + EXPONENT_BIAS) << MANTISSA_BITS);
    }
}
