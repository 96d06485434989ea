package dev.lmmrec.scoring.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.graph.ItemGraph;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphIndexTest {

    private static final int ITEMS = 5_000;
    private static final int WIDTH = 16;

    @TempDir
    private static Path folder;

    private static ItemIndex exact;
    private static ItemIndex approximate;

    @BeforeAll
    static void build() throws Exception {
        Random random = new Random(21);
        Path file = folder.resolve("vectors.npy");
        FloatMatrix.write(file, ITEMS, WIDTH, i -> row(random, 0.2f + random.nextFloat()));
        FloatMatrix vectors = FloatMatrix.map(file);
        ItemGraph.write(vectors, folder.resolve("graph.bin"));
        exact = ItemIndex.exact(vectors);
        approximate = ItemIndex.approximate(vectors, ItemGraph.map(folder.resolve("graph.bin"), ITEMS), 200);
    }

    private static float[] row(Random random, float length) {
        float[] row = new float[WIDTH];
        for (int k = 0; k < row.length; k++) {
            row[k] = length * (float) random.nextGaussian();
        }
        return row;
    }

    @Test
    void search_findsNearlyWhatTheExactOneFinds_withTheSameScores() {
        Random random = new Random(22);
        int found = 0;
        for (int trial = 0; trial < 50; trial++) {
            float[] query = row(random, 1);
            Hits near = approximate.top(query, item -> item % 50 != 0, 20);
            Hits best = exact.top(query, item -> item % 50 != 0, 20);
            assertThat(near.size()).isEqualTo(20);
            assertThat(IntStream.of(near.items())).allMatch(item -> item % 50 != 0);
            Set<Integer> wanted = IntStream.of(best.items()).boxed().collect(Collectors.toCollection(HashSet::new));
            wanted.retainAll(Arrays.stream(near.items()).boxed().toList());
            found += wanted.size();
            if (near.item(0) == best.item(0)) {
                assertThat(near.score(0)).isEqualTo(best.score(0));
            }
        }
        assertThat(found / (50 * 20.0)).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void search_amongFewAllowedItems_isExact() {
        Random random = new Random(23);
        Set<Integer> few = IntStream.generate(() -> random.nextInt(ITEMS))
                .limit(60)
                .boxed()
                .collect(Collectors.toSet());
        for (IntPredicate allowed : new IntPredicate[] {few::contains, item -> item == 17, item -> false}) {
            for (int k : new int[] {1, 20, 100}) {
                float[] query = row(random, 1);

                Hits hits = approximate.top(query, allowed, k);

                assertThat(hits.items()).isEqualTo(exact.top(query, allowed, k).items());
                assertThat(hits.scores()).isEqualTo(exact.top(query, allowed, k).scores());
            }
        }
    }

    /** The graph leads to the best of all; those of a category, say, would be found only in part. */
    @Test
    void search_amongAPartOfTheItems_isExact() {
        Random random = new Random(25);
        for (int part : new int[] {2, 10, 100}) {
            for (int trial = 0; trial < 20; trial++) {
                float[] query = row(random, 1);
                int k = 1 + random.nextInt(700);

                Hits hits = approximate.top(query, item -> item % part == 0, k);

                assertThat(hits.items())
                        .isEqualTo(exact.top(query, item -> item % part == 0, k).items());
            }
        }
    }

    @Test
    void search_forAsManyAsThereAre_givesAllInOrder() {
        float[] query = row(new Random(24), 1);

        assertThat(approximate.top(query, item -> true, ITEMS).items())
                .isEqualTo(exact.top(query, item -> true, ITEMS).items());
        assertThat(approximate.top(query, item -> true, 0).items()).isEmpty();
    }

    @Test
    void queryOfAnotherWidth_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> approximate.top(new float[3], item -> true, 1))
                .withMessage("a query of 3 numbers, the items have 16");
    }
}
