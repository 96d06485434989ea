package dev.lmmrec.training.backbone.graph;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.gradient.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Nodes and edges in compressed rows. Every edge stands in both directions, which need not weigh the same. For
 * interactions, users are nodes 0 to U-1 and items follow.
 */
final class Graph {

    private static final float DOUBLES_TO_UNIT = 0x1p-24f;

    private final int nodes;
    private final int[] start;
    private final int[] column;
    private final int[] mate;

    /**
     * Takes over compressed rows.
     *
     * @param start where each node's edges begin, and the end, {@code [nodes + 1]}
     * @param column where each edge leads, ascending within a node; the reverse of every edge is there too
     */
    private Graph(int[] start, int[] column) {
        this.nodes = start.length - 1;
        this.start = start;
        this.column = column;
        this.mate = new int[column.length];
        int[] next = Arrays.copyOf(start, nodes);
        for (int node = 0; node < nodes; node++) {
            for (int at = start[node]; at < start[node + 1]; at++) {
                // rows are met in ascending order, and so are the columns of the row that the edge leads to
                mate[at] = next[column[at]]++;
            }
        }
    }

    /** The columns of one head of several. */
    private record Columns(int width, int heads, int head, int first, int last) {

        static List<Columns> of(int width, int heads) {
            int slice = width / heads;
            return IntStream.range(0, heads)
                    .mapToObj(head -> new Columns(width, heads, head, head * slice, (head + 1) * slice))
                    .toList();
        }
    }

    /**
     * The graph of interactions.
     *
     * @param interactions who met what
     * @param selfLoops whether every node also leads to itself
     */
    static Graph of(Interactions interactions, boolean selfLoops) {
        int users = interactions.users();
        int nodes = users + interactions.items();
        int loop = selfLoops ? 1 : 0;
        int[] itemCounts = interactions.itemCounts();
        int[] start = new int[nodes + 1];
        for (int node = 0; node < nodes; node++) {
            int degree = node < users ? interactions.countOf(node) : itemCounts[node - users];
            start[node + 1] = start[node] + degree + loop;
        }
        int[] column = new int[start[nodes]];
        int[] next = Arrays.copyOf(start, nodes);
        for (int user = 0; user < users; user++) {
            if (selfLoops) {
                column[next[user]++] = user;
            }
            for (int item : interactions.itemsOf(user)) {
                column[next[user]++] = users + item;
                column[next[users + item]++] = user;
            }
        }
        if (selfLoops) {
            for (int node = users; node < nodes; node++) {
                column[next[node]++] = node;
            }
        }
        return new Graph(start, column);
    }

    /**
     * A graph from a list of edges.
     *
     * @param nodes how many
     * @param edges {@code from * nodes + to}, ascending, each once, with its reverse
     */
    static Graph of(int nodes, long[] edges) {
        int[] start = new int[nodes + 1];
        int[] column = new int[edges.length];
        for (int at = 0; at < edges.length; at++) {
            start[(int) (edges[at] / nodes) + 1]++;
            column[at] = (int) (edges[at] % nodes);
        }
        for (int node = 0; node < nodes; node++) {
            start[node + 1] += start[node];
        }
        return new Graph(start, column);
    }

    int nodes() {
        return nodes;
    }

    /** How many edges there are, both directions counted. */
    int edges() {
        return column.length;
    }

    int degree(int node) {
        return start[node + 1] - start[node];
    }

    int start(int node) {
        return start[node];
    }

    int column(int at) {
        return column[at];
    }

    /** Where the reverse of an edge stands. */
    int mate(int at) {
        return mate[at];
    }

    /** Ranges of nodes with about equally many edges. */
    int[] bounds(int ranges) {
        int[] bounds = new int[ranges + 1];
        bounds[ranges] = nodes;
        for (int range = 1; range < ranges; range++) {
            int at = Arrays.binarySearch(start, (int) ((long) column.length * range / ranges));
            bounds[range] = Math.max(bounds[range - 1], Math.min(nodes, at < 0 ? -at - 1 : at));
        }
        return bounds;
    }

    /** The symmetric normalisation: each edge weighs 1/√(degree · degree). */
    EdgeWeights normalised() {
        float[] weights = new float[column.length];
        for (int node = 0; node < nodes; node++) {
            for (int at = start[node]; at < start[node + 1]; at++) {
                weights[at] = (float) (1 / Math.sqrt((double) degree(node) * degree(column[at])));
            }
        }
        return new EdgeWeights(weights, weights);
    }

    /** Every edge weighs 1. */
    EdgeWeights ones() {
        float[] weights = new float[column.length];
        Arrays.fill(weights, 1);
        return new EdgeWeights(weights, weights);
    }

    /**
     * Drops edges, each direction by itself, and leaves the others as they are: RLMRec's edge dropout.
     *
     * @param weights what to drop from
     * @param keep the share that stays
     * @param seed repeats the draw
     */
    EdgeWeights thinned(EdgeWeights weights, double keep, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] thinned = new float[column.length];
        float[] transposed = new float[column.length];
        for (int at = 0; at < thinned.length; at++) {
            if ((random.nextInt() >>> Byte.SIZE) * DOUBLES_TO_UNIT < keep) {
                thinned[at] = weights.forth()[at];
                transposed[mate[at]] = thinned[at];
            }
        }
        return new EdgeWeights(thinned, transposed);
    }

    /**
     * A sparse product, {@code to = W · from}, row by row on all threads.
     *
     * @param weights one for each edge
     * @param from {@code [nodes, width]}
     * @param to is filled, {@code [nodes, width]}
     */
    void multiply(Workers workers, float[] weights, float[] from, float[] to, int width) {
        multiply(workers, weights, 1, from, to, width);
    }

    /**
     * A sparse product for each head, which takes its own slice of the columns.
     *
     * @param weights {@code [edges, heads]}
     * @param heads a divisor of the width
     * @param from {@code [nodes, width]}
     * @param to is filled, {@code [nodes, width]}
     */
    void multiply(Workers workers, float[] weights, int heads, float[] from, float[] to, int width) {
        List<Columns> slices = Columns.of(width, heads);
        workers.run(bounds(workers.threads()), (first, last) -> {
            for (int node = first; node < last; node++) {
                for (int head = 0; head < heads; head++) {
                    multiplyRow(node, slices.get(head), weights, from, to);
                }
            }
        });
    }

    /**
     * Inner products along edges, {@code to_(i,j) = <a_i, b_j>} for each edge from i to j.
     *
     * @param a {@code [nodes, width]}
     * @param b {@code [nodes, width]}
     * @param heads each takes the product over its own slice of the columns; a divisor of the width
     * @param to is filled, {@code [edges, heads]}
     */
    void products(Workers workers, float[] a, float[] b, int heads, float[] to, int width) {
        List<Columns> slices = Columns.of(width, heads);
        workers.run(bounds(workers.threads()), (first, last) -> {
            for (int node = first; node < last; node++) {
                Arrays.fill(to, start[node] * heads, start[node + 1] * heads, 0);
                for (int head = 0; head < heads; head++) {
                    addProducts(node, slices.get(head), a, b, to);
                }
            }
        });
    }

    /**
     * Weights of the reverse edges.
     *
     * @param weights {@code [edges, heads]}
     * @param to is filled, {@code [edges, heads]}
     */
    void transpose(Workers workers, float[] weights, int heads, float[] to) {
        workers.run(bounds(workers.threads()), (first, last) -> {
            for (int at = start[first]; at < start[last]; at++) {
                int reverse = mate[at] * heads;
                for (int head = 0; head < heads; head++) {
                    to[at * heads + head] = weights[reverse + head];
                }
            }
        });
    }

    /**
     * One row. Eight columns at a time are summed in registers: the obvious loop over columns reads and writes the sum
     * once per edge, and the compiler does not make it a vector loop either, since it cannot tell rows of two arrays
     * apart.
     */
    private void multiplyRow(int node, Columns columns, float[] weights, float[] from, float[] to) {
        int width = columns.width();
        int heads = columns.heads();
        int head = columns.head();
        int begin = start[node];
        int end = start[node + 1];
        int row = node * width;
        int k = columns.first();
        for (; k + 8 <= columns.last(); k += 8) {
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            float s4 = 0;
            float s5 = 0;
            float s6 = 0;
            float s7 = 0;
            for (int at = begin; at < end; at++) {
                float w = weights[at * heads + head];
                int o = column[at] * width + k;
                s0 += w * from[o];
                s1 += w * from[o + 1];
                s2 += w * from[o + 2];
                s3 += w * from[o + 3];
                s4 += w * from[o + 4];
                s5 += w * from[o + 5];
                s6 += w * from[o + 6];
                s7 += w * from[o + 7];
            }
            int r = row + k;
            to[r] = s0;
            to[r + 1] = s1;
            to[r + 2] = s2;
            to[r + 3] = s3;
            to[r + 4] = s4;
            to[r + 5] = s5;
            to[r + 6] = s6;
            to[r + 7] = s7;
        }
        for (; k < columns.last(); k++) {
            float sum = 0;
            for (int at = begin; at < end; at++) {
                sum += weights[at * heads + head] * from[column[at] * width + k];
            }
            to[row + k] = sum;
        }
    }

    /**
     * The products of one row's edges. Eight columns of the row stay in registers while all its edges are met: little
     * work between two far rows lets the processor fetch several of them at once.
     */
    private void addProducts(int node, Columns columns, float[] a, float[] b, float[] to) {
        int width = columns.width();
        int heads = columns.heads();
        int head = columns.head();
        int begin = start[node];
        int end = start[node + 1];
        int row = node * width;
        int k = columns.first();
        for (; k + 8 <= columns.last(); k += 8) {
            int r = row + k;
            float a0 = a[r];
            float a1 = a[r + 1];
            float a2 = a[r + 2];
            float a3 = a[r + 3];
            float a4 = a[r + 4];
            float a5 = a[r + 5];
            float a6 = a[r + 6];
            float a7 = a[r + 7];
            for (int at = begin; at < end; at++) {
                int o = column[at] * width + k;
                float even = (a0 * b[o] + a2 * b[o + 2]) + (a4 * b[o + 4] + a6 * b[o + 6]);
                float odd = (a1 * b[o + 1] + a3 * b[o + 3]) + (a5 * b[o + 5] + a7 * b[o + 7]);
                to[at * heads + head] += even + odd;
            }
        }
        for (; k < columns.last(); k++) {
            float own = a[row + k];
            for (int at = begin; at < end; at++) {
                to[at * heads + head] += own * b[column[at] * width + k];
            }
        }
    }
}
