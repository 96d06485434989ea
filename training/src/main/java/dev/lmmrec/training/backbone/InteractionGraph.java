package dev.lmmrec.training.backbone;

import dev.lmmrec.training.data.Interactions;
import java.util.SplittableRandom;

/**
 * Users and items as nodes, interactions as edges in both directions, each weighted 1/√(degree · degree): the symmetric
 * normalised adjacency in compressed rows. Users are nodes 0 to U-1, items follow.
 */
final class InteractionGraph {

    private final int nodes;
    private final int[] start;
    private final int[] neighbour;
    private final int[] edge;
    private final float[] weight;
    private final int edges;

    InteractionGraph(Interactions interactions) {
        int users = interactions.users();
        nodes = users + interactions.items();
        edges = interactions.count();
        int[] degree = new int[nodes];
        for (int user = 0; user < users; user++) {
            degree[user] = interactions.countOf(user);
        }
        System.arraycopy(interactions.itemCounts(), 0, degree, users, interactions.items());
        start = new int[nodes + 1];
        for (int node = 0; node < nodes; node++) {
            start[node + 1] = start[node] + degree[node];
        }
        neighbour = new int[2 * edges];
        edge = new int[2 * edges];
        weight = new float[2 * edges];
        int[] next = start.clone();
        int id = 0;
        for (int user = 0; user < users; user++) {
            for (int item : interactions.itemsOf(user)) {
                int other = users + item;
                float w = (float) (1 / Math.sqrt((double) degree[user] * degree[other]));
                put(next[user]++, other, id, w);
                put(next[other]++, user, id, w);
                id++;
            }
        }
    }

    private void put(int at, int to, int id, float w) {
        neighbour[at] = to;
        edge[at] = id;
        weight[at] = w;
    }

    int nodes() {
        return nodes;
    }

    /** All edge weights. */
    float[] weights() {
        return weight;
    }

    /**
     * Weights with some edges dropped, in both directions alike so that the matrix stays its own transpose; the others
     * are scaled up so that sums keep their expectation.
     */
    float[] thinned(double keep, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] kept = new boolean[edges];
        for (int id = 0; id < edges; id++) {
            kept[id] = random.nextDouble() < keep;
        }
        float[] thinned = new float[weight.length];
        for (int at = 0; at < weight.length; at++) {
            thinned[at] = kept[edge[at]] ? (float) (weight[at] / keep) : 0;
        }
        return thinned;
    }

    /** The sum of x, Âx, …, Âᴸx for x {@code [nodes, d]} flat. */
    float[] propagate(float[] weights, float[] x, int width, int layers) {
        float[] sum = x.clone();
        float[] from = x;
        for (int layer = 0; layer < layers; layer++) {
            float[] to = new float[x.length];
            for (int node = 0; node < nodes; node++) {
                int row = node * width;
                for (int at = start[node]; at < start[node + 1]; at++) {
                    float w = weights[at];
                    int other = neighbour[at] * width;
                    for (int k = 0; k < width; k++) {
                        to[row + k] += w * from[other + k];
                    }
                }
            }
            for (int i = 0; i < sum.length; i++) {
                sum[i] += to[i];
            }
            from = to;
        }
        return sum;
    }
}
