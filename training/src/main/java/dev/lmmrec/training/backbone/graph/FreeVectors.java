package dev.lmmrec.training.backbone.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.backbone.graph.Propagation.Layers;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.HostMemory;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.gradient.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One free vector per user and item, the graph that they spread over, and the means to do so. */
final class FreeVectors {

    private static final double SQUARED_NORM_MIN = 1e-24;

    private final int users;
    private final int width;
    private final Graph graph;
    private final EdgeWeights normalised;
    private final Parameter parameter;
    private final Workers workers;
    private final HostMemory memory = new HostMemory();
    private final Propagation propagation;

    /**
     * Draws the vectors.
     *
     * @param train the edges
     * @param selfLoops whether every node is its own neighbour too
     * @param width d
     * @param seed repeats the draw
     * @param manager owns the vectors
     * @param execution how to multiply
     */
    FreeVectors(Interactions train, boolean selfLoops, int width, long seed, NDManager manager, Execution execution) {
        this.users = train.users();
        this.width = width;
        this.graph = Graph.of(train, selfLoops);
        this.normalised = graph.normalised();
        Parameter userVectors = Parameter.xavier(manager, "user", new Shape(users, width), seed);
        Parameter itemVectors = Parameter.xavier(manager, "item", new Shape(train.items(), width), seed + 1);
        this.parameter = Parameter.stacked(manager, "free", userVectors, itemVectors);
        this.workers = new Workers(execution.threads());
        this.propagation = execution.byEngine(manager)
                ? new EnginePropagation(graph, memory)
                : new RowPropagation(graph, workers, memory);
    }

    int users() {
        return users;
    }

    int width() {
        return width;
    }

    Graph graph() {
        return graph;
    }

    EdgeWeights normalised() {
        return normalised;
    }

    Parameter parameter() {
        return parameter;
    }

    Workers workers() {
        return workers;
    }

    HostMemory memory() {
        return memory;
    }

    Propagation propagation() {
        return propagation;
    }

    /** By rows on any device, for backbones that go on with functions written by hand. */
    Propagation byRows() {
        return new RowPropagation(graph, workers, memory);
    }

    /** All layers of the whole graph, without noise. */
    List<float[]> layers(int last) {
        List<float[]> layers = new ArrayList<>();
        layers.add(parameter.toFloatArray());
        for (int k = 1; k <= last; k++) {
            float[] to = new float[graph.nodes() * width];
            graph.multiply(workers, normalised.forth(), layers.get(k - 1), to, width);
            layers.add(to);
        }
        return layers;
    }

    /** The weighted sum of layers, for ranking. */
    Factors summed(float[] shares) {
        float[] sum = new float[graph.nodes() * width];
        List<float[]> layers = layers(shares.length - 1);
        for (int k = 0; k < shares.length; k++) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += shares[k] * layers.get(k)[i];
            }
        }
        return factors(sum, width);
    }

    /** Cuts nodes into users and items. */
    Factors factors(float[] nodes, int nodeWidth) {
        return new Factors(
                nodeWidth,
                Arrays.copyOf(nodes, users * nodeWidth),
                Arrays.copyOfRange(nodes, users * nodeWidth, nodes.length));
    }

    /** All layers of a spread. */
    static List<NDArray> all(Layers layers, int last) {
        return IntStream.rangeClosed(0, last).mapToObj(layers::layer).toList();
    }

    /** Rows divided by their norms, or by 1e-12 if they are shorter. */
    static NDArray directions(Tape tape, NDArray x) {
        NDArray norm = x.square()
                .sum(new int[] {1}, true)
                .maximum(tape.number(SQUARED_NORM_MIN))
                .sqrt();
        return x.div(norm);
    }

    /** Shares of 1 for layers 0 to last. */
    static float[] summedShares(int last) {
        float[] shares = new float[last + 1];
        Arrays.fill(shares, 1);
        return shares;
    }
}
