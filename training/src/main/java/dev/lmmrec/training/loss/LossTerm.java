package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;

/** One part of what training makes small. */
public interface LossTerm {

    /**
     * Its name in reports.
     *
     * @return such as {@code bpr}
     */
    String name();

    /**
     * How much it counts.
     *
     * @return greater than 0
     */
    double weight();

    /**
     * Its value before weighting.
     *
     * @param forward the step
     * @return a scalar that the step's tape can differentiate
     */
    NDArray value(Forward forward);
}
