package dev.lmmrec.training.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionGraphTest {

    private static final int USERS = 7;
    private static final int ITEMS = 9;
    private static final int WIDTH = 3;

    @ParameterizedTest
    @CsvSource({"0,1", "1,2", "2,3", "3,4"})
    void propagation_equalsTheDenseMatrixPowers(int layers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Interactions interactions = random(random);
        InteractionGraph graph = new InteractionGraph(interactions);
        float[] x = numbers(random);

        float[] propagated = graph.propagate(graph.weights(), x, WIDTH, layers);

        double[][] adjacency = dense(interactions);
        double[] expected = new double[x.length];
        double[] power = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            power[i] = x[i];
            expected[i] = x[i];
        }
        for (int layer = 0; layer < layers; layer++) {
            power = times(adjacency, power);
            for (int i = 0; i < expected.length; i++) {
                expected[i] += power[i];
            }
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) propagated[i]).isEqualTo(expected[i], within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void thinnedPropagation_isItsOwnTranspose(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        InteractionGraph graph = new InteractionGraph(random(random));
        float[] weights = graph.thinned(0.6, seed);
        float[] x = numbers(random);
        float[] y = numbers(random);

        double there = dot(graph.propagate(weights, x, WIDTH, 3), y);
        double back = dot(x, graph.propagate(weights, y, WIDTH, 3));

        assertThat(there).isEqualTo(back, within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thinning_dropsAboutItsShareAndKeepsTheExpectedSum(long seed) {
        List<Pair> pairs = new ArrayList<>();
        for (int user = 0; user < 60; user++) {
            for (int item = 0; item < 60; item++) {
                pairs.add(new Pair(user, item));
            }
        }
        InteractionGraph graph = new InteractionGraph(Interactions.of(60, 60, pairs));

        float[] thinned = graph.thinned(0.8, seed);

        int dropped = 0;
        double sum = 0;
        for (float weight : thinned) {
            dropped += weight == 0 ? 1 : 0;
            sum += weight;
        }
        assertThat((double) dropped / thinned.length).isEqualTo(0.2, within(0.03));
        // every node has 60 edges of weight 1/60
        assertThat(sum).isEqualTo(120, within(5.0));
    }

    private static double[][] dense(Interactions interactions) {
        double[][] adjacency = new double[USERS + ITEMS][USERS + ITEMS];
        int[] itemCounts = interactions.itemCounts();
        for (int user = 0; user < USERS; user++) {
            for (int item : interactions.itemsOf(user)) {
                double weight = 1 / Math.sqrt((double) interactions.countOf(user) * itemCounts[item]);
                adjacency[user][USERS + item] = weight;
                adjacency[USERS + item][user] = weight;
            }
        }
        return adjacency;
    }

    private static double[] times(double[][] matrix, double[] x) {
        double[] product = new double[x.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix.length; column++) {
                for (int k = 0; k < WIDTH; k++) {
                    product[row * WIDTH + k] += matrix[row][column] * x[column * WIDTH + k];
                }
            }
        }
        return product;
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

    private static float[] numbers(SplittableRandom random) {
        float[] numbers = new float[(USERS + ITEMS) * WIDTH];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return numbers;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
