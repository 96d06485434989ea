package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.gradient.Tape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What the contrast terms share: each of some indices once with how often it counts, and InfoNCE over cosines. */
final class Contrast {

    /** Added to the squared norm before its root, as in RLMRec, so that a zero vector stays finite. */
    private static final float EPSILON = 1e-8f;

    private Contrast() {}

    /** Neighbouring rows of a matrix. */
    static NDArray range(NDArray matrix, int from, int to) {
        return matrix.get(new NDIndex("{}:{}", from, to));
    }

    /** Each index once. */
    static int[] distinct(int[] indices) {
        return Arrays.stream(indices).sorted().distinct().toArray();
    }

    /** How often each of the distinct indices occurs, divided by a number, {@code [m, 1]}. */
    static NDArray multiplicities(Tape tape, int[] distinct, double divisor, int[]... lists) {
        Map<Integer, Integer> position = new HashMap<>();
        for (int i = 0; i < distinct.length; i++) {
            position.put(distinct[i], i);
        }
        float[] counts = new float[distinct.length];
        for (int[] list : lists) {
            for (int index : list) {
                counts[position.get(index)] += (float) (1 / divisor);
            }
        }
        return tape.manager().create(counts, new Shape(counts.length, 1));
    }

    /** Every row counts the same. */
    static NDArray uniform(Tape tape, int rows, double weight) {
        return tape.manager().full(new Shape(rows, 1), (float) weight);
    }

    /** Rows divided by their norms. */
    static NDArray normalised(NDArray matrix) {
        return matrix.div(matrix.square().sum(new int[] {1}, true).add(EPSILON).sqrt());
    }

    /**
     * The weighted sum of {@code log Σ_c exp(cos(a, c)/τ) - cos(a, p)/τ}.
     *
     * @param tape records the step
     * @param anchors normalised, {@code [m, d]}
     * @param positives normalised, {@code [m, d]}
     * @param candidates normalised, {@code [n, d]}
     * @param weights of the anchors, {@code [m, 1]}
     * @param temperature τ
     */
    static NDArray infoNce(
            Tape tape, NDArray anchors, NDArray positives, NDArray candidates, NDArray weights, double temperature) {
        NDArray matching =
                anchors.mul(positives).sum(new int[] {1}, true).mul(weights).sum();
        return BlockedLogSumExp.of(anchors, weights, candidates, temperature, false)
                .sub(matching.div(tape.number(temperature)));
    }
}
