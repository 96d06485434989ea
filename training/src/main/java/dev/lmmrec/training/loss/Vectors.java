package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;

/**
 * Interaction vectors in the middle of a step.
 *
 * @param nodes users first, then items, {@code [U + n, d]}
 * @param users U, where the items begin
 */
public record Vectors(NDArray nodes, int users) {}
