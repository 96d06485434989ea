package dev.lmmrec.training.backbone.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.gradient.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphTest {

    private static final int USERS = 7;
    private static final int ITEMS = 9;
    private static final int NODES = USERS + ITEMS;

    /** Widths around the eight columns that are summed at once. */
    @ParameterizedTest
    @CsvSource({"1,3,false,1", "2,8,true,2", "3,19,false,3", "4,16,true,1", "5,7,true,40"})
    void product_equalsTheDenseOne(long seed, int width, boolean selfLoops, int threads) {
        SplittableRandom random = new SplittableRandom(seed);
        Interactions interactions = random(random);
        Graph graph = Graph.of(interactions, selfLoops);
        float[] x = numbers(random, width);

        float[] product = new float[x.length];
        graph.multiply(new Workers(threads), graph.normalised().forth(), x, product, width);

        assertClose(product, times(dense(interactions, selfLoops), x, width));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void thinnedWeights_backAreTheTransposeOfForth(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Graph graph = Graph.of(random(random), seed % 2 == 0);
        EdgeWeights thinned = graph.thinned(graph.normalised(), 0.6, seed);

        double[][] forth = dense(graph, thinned.forth());
        double[][] back = dense(graph, thinned.back());

        boolean asymmetric = false;
        for (int i = 0; i < NODES; i++) {
            for (int j = 0; j < NODES; j++) {
                assertThat(back[j][i]).isEqualTo(forth[i][j]);
                asymmetric |= forth[i][j] != forth[j][i];
            }
        }
        assertThat(asymmetric).as("each direction is dropped by itself").isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thinning_dropsAboutItsShareAndLeavesTheOthersAsTheyAre(long seed) {
        List<Pair> pairs = new ArrayList<>();
        for (int user = 0; user < 60; user++) {
            for (int item = 0; item < 60; item++) {
                pairs.add(new Pair(user, item));
            }
        }
        Graph graph = Graph.of(Interactions.of(60, 60, pairs), false);

        float[] thinned = graph.thinned(graph.normalised(), 0.8, seed).forth();

        int dropped = 0;
        for (float weight : thinned) {
            dropped += weight == 0 ? 1 : 0;
            // every node has 60 edges
            assertThat(weight == 0 || Math.abs(weight - 1f / 60) < 1e-7).isTrue();
        }
        assertThat((double) dropped / thinned.length).isEqualTo(0.2, within(0.02));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void graphOfAList_equalsThatOfInteractions(boolean selfLoops) {
        Interactions interactions = random(new SplittableRandom(9));
        Graph graph = Graph.of(interactions, selfLoops);
        long[] edges = new long[graph.edges()];
        for (int node = 0; node < NODES; node++) {
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                edges[at] = (long) node * NODES + graph.column(at);
            }
        }

        Graph listed = Graph.of(NODES, edges);

        assertThat(dense(listed, listed.normalised().forth())).isEqualTo(dense(interactions, selfLoops));
        for (int at = 0; at < listed.edges(); at++) {
            assertThat(listed.mate(at)).isEqualTo(graph.mate(at));
        }
    }

    private static double[][] dense(Interactions interactions, boolean selfLoops) {
        double[][] adjacency = new double[NODES][NODES];
        int[] itemCounts = interactions.itemCounts();
        int loop = selfLoops ? 1 : 0;
        for (int user = 0; user < USERS; user++) {
            for (int item : interactions.itemsOf(user)) {
                float weight = (float)
                        (1 / Math.sqrt((double) (interactions.countOf(user) + loop) * (itemCounts[item] + loop)));
                adjacency[user][USERS + item] = weight;
                adjacency[USERS + item][user] = weight;
            }
        }
        for (int node = 0; selfLoops && node < NODES; node++) {
            int degree = node < USERS ? interactions.countOf(node) : itemCounts[node - USERS];
            adjacency[node][node] = (float) (1 / Math.sqrt((double) (degree + 1) * (degree + 1)));
        }
        return adjacency;
    }

    private static double[][] dense(Graph graph, float[] weights) {
        double[][] matrix = new double[NODES][NODES];
        for (int node = 0; node < NODES; node++) {
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                matrix[node][graph.column(at)] = weights[at];
            }
        }
        return matrix;
    }

    private static double[] times(double[][] matrix, float[] x, int width) {
        double[] product = new double[x.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix.length; column++) {
                for (int k = 0; k < width; k++) {
                    product[row * width + k] += matrix[row][column] * x[column * width + k];
                }
            }
        }
        return product;
    }

    private static void assertClose(float[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isEqualTo(expected[i], within(1e-5));
        }
    }

    private static Interactions random(SplittableRandom random) {
        List<Pair> pairs = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                if (random.nextDouble() < 0.3) {
                    pairs.add(new Pair(user, item));
                }
            }
        }
        return Interactions.of(USERS, ITEMS, pairs);
    }

    private static float[] numbers(SplittableRandom random, int width) {
        float[] numbers = new float[NODES * width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return numbers;
    }
}
