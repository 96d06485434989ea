package dev.lmmrec.training.backbone.graph;

/**
 * SimGCL's noise on a layer's vectors: a uniform random direction of length ε in the orthant of the vector itself (Yu
 * et al. 2022, equation 6). Constant for differentiation.
 *
 * @param length ε; 0 for none
 * @param seed repeats the draw
 */
record Perturbation(double length, long seed) {

    static final Perturbation NONE = new Perturbation(0, 0);

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final float TO_UNIT = 0x1p-24f;
    private static final int LOW_BITS = 24;

    boolean isNone() {
        return length == 0;
    }

    /**
     * The direction without its signs.
     *
     * @param layer which layer's noise
     * @param node whose
     * @param direction is filled, {@code [d]}, all 0 or more, of norm ε
     */
    void direction(int layer, int node, float[] direction) {
        long state = mixed(seed + GOLDEN * ((long) layer << Integer.SIZE | node));
        double squares = 0;
        for (int k = 0; k < direction.length; k += 2) {
            state += GOLDEN;
            long bits = mixed(state);
            float first = (bits >>> (Long.SIZE - LOW_BITS)) * TO_UNIT;
            direction[k] = first;
            squares += first * first;
            if (k + 1 < direction.length) {
                float second = (bits & ((1 << LOW_BITS) - 1)) * TO_UNIT;
                direction[k + 1] = second;
                squares += second * second;
            }
        }
        float scale = squares == 0 ? 0 : (float) (length / Math.sqrt(squares));
        for (int k = 0; k < direction.length; k++) {
            direction[k] *= scale;
        }
    }

    private static long mixed(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
