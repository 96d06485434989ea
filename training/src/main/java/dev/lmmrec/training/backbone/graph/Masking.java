package dev.lmmrec.training.backbone.graph;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** AutoCF's masks: neighbourhoods are taken out of the graph, and random pairs of their nodes are joined instead. */
final class Masking {

    private final Graph graph;
    private final int seeds;
    private final double noiseShare;

    /**
     * Sets the size of masks.
     *
     * @param graph what is masked, without self-loops
     * @param seeds how many nodes are masked with their neighbours
     * @param noiseShare the share of all nodes that may be joined at random besides the masked ones
     */
    Masking(Graph graph, int seeds, double noiseShare) {
        this.graph = graph;
        this.seeds = seeds;
        this.noiseShare = noiseShare;
    }

    /**
     * A mask.
     *
     * @param kept weights of the edges that were not masked, normalised by the degrees that are left, 0 for the others
     * @param pairs random pairs, the edges that were not masked, and each node with itself
     */
    record Masked(EdgeWeights kept, Graph pairs) {}

    /**
     * Draws a mask: seeds at random, nodes that agree with their neighbourhood preferred.
     *
     * @param agreements of the nodes, above 0
     * @param seed repeats the draw
     */
    Masked draw(float[] agreements, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] masked = new boolean[graph.nodes()];
        int[] chosen = chosen(agreements, random);
        for (int node : chosen) {
            masked[node] = true;
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                masked[graph.column(at)] = true;
            }
        }
        return new Masked(kept(masked), pairs(masked, random));
    }

    /** Gumbel noise on logarithms: a draw without replacement, in proportion to the agreements. */
    private int[] chosen(float[] agreements, SplittableRandom random) {
        double[] keys = new double[agreements.length];
        for (int node = 0; node < keys.length; node++) {
            keys[node] = Math.log(agreements[node]) - Math.log(-Math.log(1 - random.nextDouble()));
        }
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted((a, b) -> Double.compare(keys[b], keys[a]))
                .limit(seeds)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private EdgeWeights kept(boolean[] masked) {
        int[] degree = new int[graph.nodes()];
        for (int node = 0; node < graph.nodes(); node++) {
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                degree[node] += masked[node] || masked[graph.column(at)] ? 0 : 1;
            }
        }
        float[] weights = new float[graph.edges()];
        for (int node = 0; node < graph.nodes(); node++) {
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                int other = graph.column(at);
                if (!masked[node] && !masked[other]) {
                    weights[at] = (float) (1 / Math.sqrt((double) degree[node] * degree[other]));
                }
            }
        }
        return new EdgeWeights(weights, weights);
    }

    private Graph pairs(boolean[] masked, SplittableRandom random) {
        boolean[] joined = masked.clone();
        int draws = (int) (graph.nodes() * noiseShare);
        for (int i = 0; i < draws; i++) {
            joined[random.nextInt(graph.nodes())] = true;
        }
        int[] pool =
                IntStream.range(0, graph.nodes()).filter(node -> joined[node]).toArray();
        long nodes = graph.nodes();
        long[] edges = new long[3 * graph.edges() + graph.nodes()];
        int count = 0;
        for (int i = 0; pool.length > 0 && i < graph.edges(); i++) {
            long one = pool[random.nextInt(pool.length)];
            long other = pool[random.nextInt(pool.length)];
            edges[count++] = one * nodes + other;
            edges[count++] = other * nodes + one;
        }
        for (int node = 0; node < graph.nodes(); node++) {
            edges[count++] = node * nodes + node;
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                if (!masked[node] && !masked[graph.column(at)]) {
                    edges[count++] = node * nodes + graph.column(at);
                }
            }
        }
        Arrays.sort(edges, 0, count);
        int kept = 0;
        for (int at = 0; at < count; at++) {
            if (kept == 0 || edges[at] != edges[kept - 1]) {
                edges[kept++] = edges[at];
            }
        }
        return Graph.of(graph.nodes(), Arrays.copyOf(edges, kept));
    }
}
