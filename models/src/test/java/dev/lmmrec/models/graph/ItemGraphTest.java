package dev.lmmrec.models.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.FloatMatrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemGraphTest {

    private static final int ITEMS = 4_000;
    private static final int WIDTH = 16;
    private static final int K = 20;

    @TempDir
    private static Path folder;

    private static FloatMatrix vectors;
    private static ItemGraph graph;

    /** Lengths differ by a factor of ten: by angle alone other items would be near. */
    @BeforeAll
    static void build() throws Exception {
        Random random = new Random(11);
        Path file = folder.resolve("vectors.npy");
        FloatMatrix.write(file, ITEMS, WIDTH, i -> {
            float length = 0.3f + 2.7f * random.nextFloat();
            float[] row = gaussian(random);
            for (int k = 0; k < row.length; k++) {
                row[k] *= length;
            }
            return row;
        });
        vectors = FloatMatrix.map(file);
        ItemGraph.write(vectors, folder.resolve("graph.bin"));
        graph = ItemGraph.map(folder.resolve("graph.bin"), ITEMS);
    }

    private static float[] gaussian(Random random) {
        float[] row = new float[WIDTH];
        for (int k = 0; k < row.length; k++) {
            row[k] = (float) random.nextGaussian();
        }
        return row;
    }

    private static double product(float[] query, int item) {
        float[] row = vectors.row(item);
        return IntStream.range(0, WIDTH).mapToDouble(k -> query[k] * row[k]).sum();
    }

    private static int[] best(float[] query, IntPredicate allowed) {
        return IntStream.range(0, ITEMS)
                .filter(allowed)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -product(query, item)))
                .limit(K)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double recall(IntPredicate allowed, int beam) {
        Random random = new Random(12);
        int found = 0;
        int trials = 50;
        for (int trial = 0; trial < trials; trial++) {
            float[] query = gaussian(random);
            int[] near = graph.near(vectors, query, allowed, beam, 2 * K, ITEMS);
            assertThat(IntStream.of(near)).as("only allowed items").allMatch(allowed::test);
            int[] first = Arrays.copyOf(near, K);
            for (int item : best(query, allowed)) {
                found += IntStream.of(first).anyMatch(other -> other == item) ? 1 : 0;
            }
        }
        return found / (double) (trials * K);
    }

    @Test
    void search_findsTheLargestInnerProducts_whateverTheLengthsOfVectors() {
        assertThat(recall(item -> true, 200)).isGreaterThanOrEqualTo(0.98);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 50})
    void search_amongAPartOfTheItems_findsTheBestOfThese(int part) {
        assertThat(recall(item -> item % part == 0, 200)).isGreaterThanOrEqualTo(0.98);
    }

    /** By inner products alone most short vectors would have nobody who points at them. */
    @Test
    void walk_thatIsWideEnough_comesToAllItems() {
        float[] query = gaussian(new Random(14));

        assertThat(graph.near(vectors, query, item -> true, ITEMS, ITEMS, 100 * ITEMS))
                .hasSizeGreaterThan(ITEMS * 999 / 1000);
    }

    @Test
    void search_withAWiderBeam_findsMore() {
        assertThat(recall(item -> true, 400)).isGreaterThan(recall(item -> true, 20));
    }

    @Test
    void search_thatMayLookAtTooFew_findsNothingRatherThanHalf() {
        assertThat(graph.near(vectors, new float[WIDTH], item -> true, 100, K, 10))
                .isEmpty();
    }

    @Test
    void sameVectors_giveTheSameFile() throws Exception {
        Path again = folder.resolve("again.bin");
        ItemGraph.write(vectors, again);

        assertThat(again).hasSameBinaryContentAs(folder.resolve("graph.bin"));
    }

    @Test
    void oneItem_isFound() throws Exception {
        Path file = folder.resolve("one.npy");
        FloatMatrix.write(file, 1, 2, i -> new float[] {-1, 2});
        FloatMatrix one = FloatMatrix.map(file);
        ItemGraph.write(one, folder.resolve("one.bin"));

        assertThat(ItemGraph.map(folder.resolve("one.bin"), 1).near(one, new float[] {3, 1}, item -> true, 5, 5, 100))
                .containsExactly(0);
    }

    @Test
    void file_cutExtendedOrForeign_isRefused() throws Exception {
        byte[] whole = Files.readAllBytes(folder.resolve("graph.bin"));
        Path file = folder.resolve("damaged.bin");
        for (byte[] damaged : new byte[][] {
            {}, Arrays.copyOf(whole, 40), Arrays.copyOf(whole, whole.length - 4), Arrays.copyOf(whole, whole.length + 8)
        }) {
            Files.write(file, damaged);
            assertThatThrownBy(() -> ItemGraph.map(file, ITEMS))
                    .isInstanceOf(DamagedArtefactException.class)
                    .hasMessageContaining("damaged.bin");
        }
        whole[0] ^= 1;
        Files.write(file, whole);
        assertThatThrownBy(() -> ItemGraph.map(file, ITEMS))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining("no graph of items");
        assertThatThrownBy(() -> ItemGraph.map(folder.resolve("graph.bin"), ITEMS + 1))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining("of 4000 items, the artefact has 4001");
    }
}
