package dev.lmmrec.training.backbone.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.backbone.graph.Masking.Masked;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

    private static final int USERS = 30;
    private static final int ITEMS = 25;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mask_takesWholeNeighbourhoodsAndNormalisesTheRest(long seed) {
        Graph graph = graph(seed);
        Masked masked = draw(graph, 3, seed);

        double[] weightSquares = new double[graph.nodes()];
        int[] kept = new int[graph.nodes()];
        for (int node = 0; node < graph.nodes(); node++) {
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                float weight = masked.kept().forth()[at];
                assertThat(weight).isEqualTo(masked.kept().forth()[graph.mate(at)]);
                kept[node] += weight == 0 ? 0 : 1;
                weightSquares[node] += weight * weight;
            }
        }
        long without = IntStream.range(0, graph.nodes())
                .filter(node -> kept[node] == 0 && graph.degree(node) > 0)
                .count();
        assertThat(without).isBetween(3L, (long) graph.nodes() - 1);
        for (int node = 0; node < graph.nodes(); node++) {
            double expected = 0;
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                if (masked.kept().forth()[at] != 0) {
                    expected += 1.0 / ((double) kept[node] * kept[graph.column(at)]);
                }
            }
            assertThat(weightSquares[node]).isEqualTo(expected, within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void pairs_holdEveryKeptEdgeAndEveryNodeItself_andJoinOthersAtRandom(long seed) {
        Graph graph = graph(seed);
        Masked masked = draw(graph, 3, seed);

        for (int node = 0; node < graph.nodes(); node++) {
            List<Integer> joined = new ArrayList<>();
            for (int at = masked.pairs().start(node); at < masked.pairs().start(node + 1); at++) {
                joined.add(masked.pairs().column(at));
            }
            assertThat(joined).contains(node).doesNotHaveDuplicates();
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                if (masked.kept().forth()[at] != 0) {
                    assertThat(joined).contains(graph.column(at));
                }
            }
        }
        assertThat(masked.pairs().edges()).isGreaterThan(graph.edges());
        assertThat(draw(graph, 3, seed + 1).kept().forth())
                .isNotEqualTo(masked.kept().forth());
    }

    private static Masked draw(Graph graph, int seeds, long seed) {
        float[] agreements = new float[graph.nodes()];
        Arrays.fill(agreements, 0.5f);
        return new Masking(graph, seeds, 0.2).draw(agreements, seed);
    }

    private static Graph graph(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            pairs.add(new Pair(random.nextInt(USERS), random.nextInt(ITEMS)));
        }
        return Graph.of(Interactions.of(USERS, ITEMS, pairs), false);
    }
}
