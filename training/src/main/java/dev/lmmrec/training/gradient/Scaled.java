package dev.lmmrec.training.gradient;

import ai.djl.ndarray.NDArray;

/**
 * Products with a number under differentiation. The engine's own {@code mul(Number)} and {@code div(Number)} close the
 * number's memory at once, while differentiation still refers to it: after a garbage collection the gradient is wrong
 * or no number. Here the number lives as long as the step's other arrays.
 */
public final class Scaled {

    private Scaled() {}

    /**
     * A product.
     *
     * @param array any shape
     * @param factor a number
     * @return array · factor
     */
    public static NDArray times(NDArray array, double factor) {
        return array.mul(array.getManager().create((float) factor));
    }

    /**
     * A quotient.
     *
     * @param array any shape
     * @param divisor a number, not 0
     * @return array / divisor
     */
    public static NDArray over(NDArray array, double divisor) {
        return times(array, 1 / divisor);
    }
}
