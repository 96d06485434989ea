package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Supplier;

/** Interaction vectors in the middle of a step. All arrays have a row per node: users first, then items. */
public final class Vectors {

    private final NDArray nodes;
    private final int users;
    private final List<NDArray> views;
    private final Supplier<List<NDArray>> layers;

    /**
     * Vectors and nothing beside them.
     *
     * @param nodes {@code [U + n, d]}
     * @param users U, where the items begin
     */
    public Vectors(NDArray nodes, int users) {
        this(nodes, users, List.of(), List::of);
    }

    /**
     * Vectors with what they were made of.
     *
     * @param nodes {@code [U + n, d]}
     * @param users U, where the items begin
     * @param views what the backbone's own contrast compares, in the order that its terms expect
     * @param layers makes the vectors of each layer when they are asked for
     */
    public Vectors(NDArray nodes, int users, List<NDArray> views, Supplier<List<NDArray>> layers) {
        this.nodes = nodes;
        this.users = users;
        this.views = List.copyOf(views);
        this.layers = layers;
    }

    /**
     * The vectors that scores come from.
     *
     * @return {@code [U + n, d]}
     */
    public NDArray nodes() {
        return nodes;
    }

    /**
     * Where the items begin.
     *
     * @return U
     */
    public int users() {
        return users;
    }

    /**
     * What the backbone's own contrast compares.
     *
     * @return in the order that its terms expect; empty if it has no such terms
     */
    public List<NDArray> views() {
        return views;
    }

    /**
     * The vectors of each layer of the backbone, from layer 0. They cost time only when asked for.
     *
     * @return each {@code [U + n, d of the layers]}; empty if there are only the final vectors
     */
    public List<NDArray> layers() {
        return layers.get();
    }
}
