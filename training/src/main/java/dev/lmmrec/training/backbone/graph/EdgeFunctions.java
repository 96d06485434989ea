package dev.lmmrec.training.backbone.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.gradient.HostMemory;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.gradient.Tape.Source;
import dev.lmmrec.training.gradient.Workers;
import java.util.Arrays;
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
        float[] sums = memory.floatsFrom(tape, graph.nodes());
        overNodes(graph, node -> {
            int row = node * width;
            Arrays.fill(average, row, row + width, 0);
            float sum = 0;
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                int other = graph.column(at) * width;
                float weight = (Rows.dot(directions, row, directions, other, width) + 1) / 2;
                alpha[at] = weight;
                sum += weight;
                Rows.add(weight, values, other, average, row, width);
            }
            sums[node] = sum;
            float scale = sum > 0 ? 1 / sum : 0;
            for (int k = row; k < row + width; k++) {
                average[k] *= scale;
            }
        });
        return cut(tape, List.of(h, x), x.getShape(), average, outgoing -> {
            float[] toDirections = memory.floats(tape, values.length);
            float[] toValues = memory.floats(tape, values.length);
            float[] own = memory.floatsFrom(tape, graph.nodes());
            overNodes(graph, node -> own[node] = Rows.dot(outgoing, node * width, average, node * width, width));
            overNodes(graph, node -> {
                int row = node * width;
                Arrays.fill(toDirections, row, row + width, 0);
                Arrays.fill(toValues, row, row + width, 0);
                for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                    int neighbour = graph.column(at);
                    int other = neighbour * width;
                    // the edge counts in the neighbour's average and in the node's own; α is the same in both
                    float slope = 0;
                    if (sums[node] > 0) {
                        slope += (Rows.dot(outgoing, row, values, other, width) - own[node]) / sums[node];
                    }
                    if (sums[neighbour] > 0) {
                        slope += (Rows.dot(outgoing, other, values, row, width) - own[neighbour]) / sums[neighbour];
                        Rows.add(alpha[at] / sums[neighbour], outgoing, other, toValues, row, width);
                    }
                    Rows.add(slope / 2, directions, other, toDirections, row, width);
                }
            });
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
        int slice = width / heads;
        float[] q = tape.numbers(memory, queries);
        float[] k = tape.numbers(memory, keys);
        float[] v = tape.numbers(memory, values);
        float[] mixed = memory.floats(tape, v.length);
        float[] attention = memory.floatsFrom(tape, graph.edges() * heads);
        overNodes(graph, node -> attend(graph, node, q, k, v, attention, mixed, heads, slice));
        return cut(tape, List.of(queries, keys, values), values.getShape(), mixed, outgoing -> {
            float[] toQueries = memory.floats(tape, v.length);
            float[] toKeys = memory.floats(tape, v.length);
            float[] toValues = memory.floats(tape, v.length);
            float[] toScores = memory.floatsFrom(tape, graph.edges() * heads);
            overNodes(graph, node -> {
                Arrays.fill(toQueries, node * width, (node + 1) * width, 0);
                for (int head = 0; head < heads; head++) {
                    int row = node * width + head * slice;
                    float own = Rows.dot(outgoing, row, mixed, row, slice);
                    for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                        int other = graph.column(at) * width + head * slice;
                        float score = Rows.dot(q, row, k, other, slice);
                        float slope = Math.abs(score) >= ATTENTION_LIMIT
                                ? 0
                                : attention[at * heads + head] * (Rows.dot(outgoing, row, v, other, slice) - own);
                        toScores[at * heads + head] = slope;
                        Rows.add(slope, k, other, toQueries, row, slice);
                    }
                }
            });
            overNodes(graph, node -> {
                Arrays.fill(toKeys, node * width, (node + 1) * width, 0);
                Arrays.fill(toValues, node * width, (node + 1) * width, 0);
                for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                    int mate = graph.mate(at) * heads;
                    for (int head = 0; head < heads; head++) {
                        int row = node * width + head * slice;
                        int other = graph.column(at) * width + head * slice;
                        Rows.add(toScores[mate + head], q, other, toKeys, row, slice);
                        Rows.add(attention[mate + head], outgoing, other, toValues, row, slice);
                    }
                }
            });
            return new float[][] {toQueries, toKeys, toValues};
        });
    }

    private static void attend(
            Graph graph,
            int node,
            float[] q,
            float[] k,
            float[] v,
            float[] attention,
            float[] mixed,
            int heads,
            int slice) {
        int width = heads * slice;
        Arrays.fill(mixed, node * width, (node + 1) * width, 0);
        for (int head = 0; head < heads; head++) {
            int row = node * width + head * slice;
            float sum = ATTENTION_EPSILON;
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                float score = Rows.dot(q, row, k, graph.column(at) * width + head * slice, slice);
                float exponential = (float) Math.exp(Math.max(-ATTENTION_LIMIT, Math.min(ATTENTION_LIMIT, score)));
                attention[at * heads + head] = exponential;
                sum += exponential;
            }
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                float share = attention[at * heads + head] / sum;
                attention[at * heads + head] = share;
                Rows.add(share, v, graph.column(at) * width + head * slice, mixed, row, slice);
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
