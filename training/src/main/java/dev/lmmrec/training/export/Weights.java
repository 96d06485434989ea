package dev.lmmrec.training.export;

/**
 * The numbers of one parameter.
 *
 * @param values row by row
 * @param shape its sizes
 */
// nobody compares or changes them
@SuppressWarnings("ArrayRecordComponent")
public record Weights(float[] values, long... shape) {}
