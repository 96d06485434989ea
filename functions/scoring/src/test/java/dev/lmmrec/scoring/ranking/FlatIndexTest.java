package dev.lmmrec.scoring.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lmmrec.models.FloatMatrix;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatIndexTest {

    @TempDir
    private Path folder;

    /** Every item's product, sorted: what a search must find. */
    private static Hits byHand(float[][] vectors, float[] query, BitSet excluded, int k) {
        int[] allowed =
                IntStream.range(0, vectors.length).filter(i -> !excluded.get(i)).toArray();
        float[] scores = new float[allowed.length];
        for (int c = 0; c < allowed.length; c++) {
            scores[c] = InnerProduct.of(query, vectors[allowed[c]]);
        }
        return Hits.best(allowed, scores, k);
    }

    private FlatIndex index(float[][] vectors, int width) throws Exception {
        Path file = folder.resolve("vectors-" + vectors.length + "-" + width + ".npy");
        FloatMatrix.write(file, vectors.length, width, i -> vectors[i]);
        return new FlatIndex(FloatMatrix.map(file));
    }

    private static float[][] gaussian(int rows, int width, long seed) {
        Random random = new Random(seed);
        float[][] vectors = new float[rows][width];
        for (float[] row : vectors) {
            for (int k = 0; k < width; k++) {
                // columns of very different sizes, as vectors beside a popularity have them
                row[k] = (float) (random.nextGaussian() * Math.pow(10, k % 5 - 2.0));
            }
        }
        return vectors;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 3, 20", "1023, 8, 5", "1025, 7, 20", "5000, 65, 20", "3000, 129, 100", "2048, 2, 2048"})
    void search_findsExactlyWhatLookingAtAllProductsFinds(int items, int width, int k) throws Exception {
        float[][] vectors = gaussian(items, width, 31L * items + width);
        FlatIndex index = index(vectors, width);
        Random random = new Random(items);
        for (int trial = 0; trial < 20; trial++) {
            float[] query = gaussian(1, width, random.nextLong())[0];
            BitSet excluded = new BitSet();
            IntStream.range(0, items / 3).forEach(i -> excluded.set(random.nextInt(items)));

            Hits hits = index.top(query, item -> !excluded.get(item), k);

            Hits expected = byHand(vectors, query, excluded, k);
            assertThat(hits.items()).isEqualTo(expected.items());
            assertThat(hits.scores()).isEqualTo(expected.scores());
        }
    }

    @Test
    void search_doneSoOftenThatItIsCompiled_findsTheSame() throws Exception {
        float[][] vectors = gaussian(3_000, 64, 11);
        FlatIndex index = index(vectors, 64);
        float[] query = gaussian(1, 64, 12)[0];
        Hits expected = byHand(vectors, query, new BitSet(), 20);

        for (int search = 0; search < 2_000; search++) {
            assertThat(index.top(query, item -> true, 20).items()).isEqualTo(expected.items());
        }
    }

    @Test
    void equalAndZeroVectors_areFoundInTheirOrder() throws Exception {
        FlatIndex index = index(new float[][] {{0, 0}, {1, 1}, {1, 1}, {0, 0}, {-1, 5}}, 2);

        assertThat(index.top(new float[] {1, 0}, item -> true, 5).items()).containsExactly(1, 2, 0, 3, 4);
        assertThat(index.top(new float[] {0, 0}, item -> true, 3).items()).containsExactly(0, 1, 2);
        assertThat(index.top(new float[] {1, 0}, item -> false, 3).items()).isEmpty();
        assertThat(index.top(new float[] {1, 0}, item -> true, 0).items()).isEmpty();
    }

    @Test
    void extremeNumbers_doNotOverflow() throws Exception {
        float[][] vectors = new float[300][64];
        Random random = new Random(5);
        for (float[] row : vectors) {
            for (int k = 0; k < row.length; k++) {
                row[k] = (random.nextBoolean() ? 1 : -1) * (random.nextInt(20) == 0 ? 0x1p50f : 0x1p49f);
            }
        }
        FlatIndex index = index(vectors, 64);
        float[] query = vectors[7].clone();

        assertThat(index.top(query, item -> true, 300).items())
                .isEqualTo(byHand(vectors, query, new BitSet(), 300).items());
    }

    @Test
    void manyItems_sharedAmongProcessors_areFoundAsExactly() throws Exception {
        float[][] vectors = gaussian(1 << 18, 4, 3);
        FlatIndex index = index(vectors, 4);
        float[] query = gaussian(1, 4, 9)[0];

        Hits hits = index.top(query, item -> item % 2 == 0, 50);

        BitSet odd = new BitSet();
        IntStream.range(0, vectors.length).filter(i -> i % 2 == 1).forEach(odd::set);
        assertThat(hits.items()).isEqualTo(byHand(vectors, query, odd, 50).items());
    }

    @Test
    void queryOfAnotherWidth_isRefused() throws Exception {
        FlatIndex index = index(new float[][] {{1, 2}}, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.top(new float[3], item -> true, 1))
                .withMessage("a query of 3 numbers, the items have 2");
    }
}
