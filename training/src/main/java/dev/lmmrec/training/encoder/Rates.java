package dev.lmmrec.training.encoder;

/**
 * What share of a learning rate holds at a step: it rises at first, then falls in a line to a fiftieth.
 *
 * @param steps how many there are
 */
record Rates(int steps) {

    private static final int WARM_STEPS_MAX = 50;

    /** The rate rises during this share of all steps, where that is less. */
    private static final double WARM_SHARE = 0.1;

    private static final double SHARE_MIN = 0.02;

    /** From above 0 to 1. */
    double share(int step) {
        double warm = Math.max(1, Math.min(WARM_STEPS_MAX, WARM_SHARE * steps));
        return Math.min(1, (step + 1) / warm) * Math.max(SHARE_MIN, 1 - (double) step / steps);
    }
}
