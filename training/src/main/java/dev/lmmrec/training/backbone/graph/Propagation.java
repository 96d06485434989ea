package dev.lmmrec.training.backbone.graph;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import java.util.List;

/**
 * The linear spread of free vectors E₀ over the graph, {@code E_k = Â·E_{k-1} + noise}, in a step. There are two ways
 * to compute it which give the same vectors and the same gradient.
 */
interface Propagation {

    /** What came out of one spread. */
    interface Layers {

        /**
         * A layer.
         *
         * @param k from 0, the free vectors
         * @return {@code [nodes, d]}
         */
        NDArray layer(int k);

        /**
         * The weighted sum of layers that the spread was asked for.
         *
         * @return {@code [nodes, d]}
         */
        NDArray sum();
    }

    /**
     * Spreads, once for each perturbation, over the same edges.
     *
     * @param tape records the step
     * @param free E₀, {@code [nodes, d]}
     * @param weights of the edges
     * @param shares how much each layer counts in the sum, from layer 0; says how many layers there are
     * @param perturbations one for each spread
     * @return one for each perturbation
     */
    List<Layers> spread(
            Tape tape, Parameter free, EdgeWeights weights, float[] shares, List<Perturbation> perturbations);
}
