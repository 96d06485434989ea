package dev.lmmrec.training.backbone.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.gradient.HostMemory;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.gradient.Tape.Source;
import dev.lmmrec.training.gradient.Workers;
import java.util.List;

/**
 * Functions over the edges of a graph in the middle of a step, differentiated by hand: the engine would keep a row per
 * edge for each of its operations. Arrays go in as {@link Tape.Source.OfArray} says: leaves, or arrays that nothing
 * else is computed from.
 */
final class EdgeFunctions {

    private static final float ATTENTION_LIMIT = 10;
    private static final float ATTENTION_EPSILON = 1e-8f;

    private final Workers workers;
    private final HostMemory memory;

    EdgeFunctions(Workers workers, HostMemory memory) {
        this.workers = workers;
        this.memory = memory;
    }

    /** The product of a graph's weights with {@code x [nodes, d]}. */
    NDArray product(Tape tape, Graph graph, EdgeWeights weights, NDArray x) {
        int width = width(x);
        float[] product = memory.floats(tape, graph.nodes() * width);
        graph.multiply(workers, weights.forth(), tape.numbers(memory, x), product, width);
        return cut(tape, List.of(x), x.getShape(), product, outgoing -> {
            float[] gradient = memory.floats(tape, product.length);
            graph.multiply(workers, weights.back(), outgoing, gradient, width);
            return new float[][] {gradient};
        });
    }

    /**
     * DCCF's adaptive average (Ren et al. 2023, equations 7 and 8): {@code y_i = Σ_j α_ij·x_j / Σ_j α_ij} over
     * neighbours j, with {@code α_ij = (<h_i, h_j> + 1) / 2}.
     *
     * @param h directions, {@code [nodes, d]}
     * @param x what is averaged, {@code [nodes, d]}
     * @return {@code [nodes, d]}; zero for a node without neighbours
     */
    NDArray adaptiveAverage(Tape tape, Graph graph, NDArray h, NDArray x) {
        int width = width(x);
        float[] directions = tape.numbers(memory, h);
        float[] values = tape.numbers(memory, x);
        float[] average = memory.floats(tape, values.length);
        float[] alpha = memory.floatsFrom(tape, graph.edges());
        float[] shares = memory.floatsFrom(tape, graph.edges());
        float[] scales = memory.floatsFrom(tape, graph.nodes());
        graph.products(workers, directions, directions, 1, alpha, width);
        overNodes(graph, node -> {
            float sum = 0;
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                float weight = (alpha[at] + 1) / 2;
                alpha[at] = weight;
                sum += weight;
            }
            float scale = sum > 0 ? 1 / sum : 0;
            scales[node] = scale;
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                shares[at] = alpha[at] * scale;
            }
        });
        graph.multiply(workers, shares, values, average, width);
        return cut(tape, List.of(h, x), x.getShape(), average, outgoing -> {
            float[] toDirections = memory.floats(tape, values.length);
            float[] toValues = memory.floats(tape, values.length);
            float[] own = memory.floatsFrom(tape, graph.nodes());
            float[] slopes = memory.floatsFrom(tape, graph.edges());
            float[] halves = memory.floatsFrom(tape, graph.edges());
            overNodes(graph, node -> {
                for (int k = node * width; k < (node + 1) * width; k++) {
                    outgoing[k] *= scales[node];
                }
                own[node] = Rows.dot(outgoing, node * width, average, node * width, width);
            });
            graph.products(workers, outgoing, values, 1, slopes, width);
            overNodes(graph, node -> {
                for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                    // the edge counts in the node's own average and in the neighbour's; α is the same in both
                    float slope = slopes[at] + slopes[graph.mate(at)] - own[node] - own[graph.column(at)];
                    halves[at] = slope / 2;
                }
            });
            graph.multiply(workers, halves, directions, toDirections, width);
            // symmetric, and the outgoing gradient is divided by the sums already
            graph.multiply(workers, alpha, outgoing, toValues, width);
            return new float[][] {toDirections, toValues};
        });
    }

    /**
     * Attention over neighbours with several heads, each of d / heads columns: {@code y_i = Σ_j a_ij·v_j}, {@code a_ij
     * = exp(c_ij) / (Σ_j exp(c_ij) + 1e-8)}, {@code c_ij = <q_i, k_j>} cut off at ±10, without scaling (AutoCF, Xia et
     * al. 2023, equation 7).
     *
     * @param queries {@code [nodes, d]}
     * @param keys {@code [nodes, d]}
     * @param values {@code [nodes, d]}
     * @param heads a divisor of d
     * @return {@code [nodes, d]}
     */
    NDArray attention(Tape tape, Graph graph, NDArray queries, NDArray keys, NDArray values, int heads) {
        int width = width(values);
        float[] q = tape.numbers(memory, queries);
        float[] k = tape.numbers(memory, keys);
        float[] v = tape.numbers(memory, values);
        float[] mixed = memory.floats(tape, v.length);
        float[] scores = memory.floatsFrom(tape, graph.edges() * heads);
        float[] attention = memory.floatsFrom(tape, graph.edges() * heads);
        graph.products(workers, q, k, heads, scores, width);
        overNodes(graph, node -> attend(graph, node, scores, attention, heads));
        graph.multiply(workers, attention, heads, v, mixed, width);
        return cut(tape, List.of(queries, keys, values), values.getShape(), mixed, outgoing -> {
            float[] toQueries = memory.floats(tape, v.length);
            float[] toKeys = memory.floats(tape, v.length);
            float[] toValues = memory.floats(tape, v.length);
            float[] slopes = memory.floatsFrom(tape, graph.edges() * heads);
            float[] reversed = memory.floatsFrom(tape, graph.edges() * heads);
            graph.products(workers, outgoing, v, heads, slopes, width);
            overNodes(graph, node -> slopes(graph, node, scores, attention, slopes, heads));
            graph.multiply(workers, slopes, heads, k, toQueries, width);
            graph.transpose(workers, slopes, heads, reversed);
            graph.multiply(workers, reversed, heads, q, toKeys, width);
            graph.transpose(workers, attention, heads, reversed);
            graph.multiply(workers, reversed, heads, outgoing, toValues, width);
            return new float[][] {toQueries, toKeys, toValues};
        });
    }

    /** A node's shares of attention from its scores. */
    private static void attend(Graph graph, int node, float[] scores, float[] attention, int heads) {
        int begin = graph.start(node) * heads;
        int end = graph.start(node + 1) * heads;
        for (int head = 0; head < heads; head++) {
            float sum = ATTENTION_EPSILON;
            for (int at = begin + head; at < end; at += heads) {
                float exponential = Rows.exp(Math.max(-ATTENTION_LIMIT, Math.min(ATTENTION_LIMIT, scores[at])));
                attention[at] = exponential;
                sum += exponential;
            }
            for (int at = begin + head; at < end; at += heads) {
                attention[at] /= sum;
            }
        }
    }

    /** Turns a node's derivatives by its shares of attention into those by its scores. */
    private static void slopes(Graph graph, int node, float[] scores, float[] attention, float[] slopes, int heads) {
        int begin = graph.start(node) * heads;
        int end = graph.start(node + 1) * heads;
        for (int head = 0; head < heads; head++) {
            float own = 0;
            for (int at = begin + head; at < end; at += heads) {
                own += attention[at] * slopes[at];
            }
            for (int at = begin + head; at < end; at += heads) {
                slopes[at] = Math.abs(scores[at]) >= ATTENTION_LIMIT ? 0 : attention[at] * (slopes[at] - own);
            }
        }
    }

    /** What is done with a node. */
    private interface NodeTask {

        void at(int node);
    }

    /** A function's derivative where it has one output that is used for certain. */
    private interface Derivative {

        float[][] apply(float[] outgoing);
    }

    private void overNodes(Graph graph, NodeTask task) {
        workers.run(graph.bounds(workers.threads()), (from, to) -> {
            for (int node = from; node < to; node++) {
                task.at(node);
            }
        });
    }

    private NDArray cut(Tape tape, List<NDArray> inputs, Shape shape, float[] output, Derivative derivative) {
        List<Source> sources = inputs.stream().<Source>map(Source.OfArray::new).toList();
        return tape.cut(memory, sources, List.of(shape), List.of(output), outgoing -> derivative.apply(outgoing[0]))
                .output(0);
    }

    private static int width(NDArray array) {
        return Math.toIntExact(array.getShape().get(1));
    }
}
