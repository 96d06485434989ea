package dev.lmmrec.scoring.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiversityTest {

    private static final int ITEMS = 120;
    private static final int WIDTH = 9;
    private static final Manifest.Dims DIMS = new Manifest.Dims(384, 4, 4, 0, 0);

    @TempDir
    private Path folder;

    private FloatMatrix vectors;
    private Hits pool;

    @BeforeEach
    void draw() throws Exception {
        Random random = new Random(4);
        float[][] rows = new float[ITEMS][WIDTH];
        for (float[] row : rows) {
            for (int k = 0; k < WIDTH; k++) {
                row[k] = (float) random.nextGaussian();
            }
        }
        FloatMatrix.write(folder.resolve("m.npy"), ITEMS, WIDTH, i -> rows[i]);
        vectors = FloatMatrix.map(folder.resolve("m.npy"));
        pool = new FlatIndex(vectors).top(rows[0], item -> true, ITEMS);
    }

    @Test
    void noDiversity_isThePlainRanking() {
        assertThat(new Diversity(all(vectors), DIMS, 0).take(pool, 20))
                .isEqualTo(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void anyDiversity_beginsWithTheBestAndTakesEachOnce() {
        for (double share : new double[] {0.1, 0.5, 0.9, 1}) {
            assertThat(new Diversity(all(vectors), DIMS, share).take(pool, 30))
                    .startsWith(0)
                    .doesNotHaveDuplicates()
                    .hasSize(30);
        }
    }

    @Test
    void moreDiversity_makesTheListLessAlike() {
        double before = 1;
        for (double share : new double[] {0, 0.3, 0.7}) {
            double alike = likeness(new Diversity(all(vectors), DIMS, share).take(pool, 10));
            assertThat(alike).as("share %s", share).isLessThan(before);
            before = alike;
        }
    }

    @Test
    void twins_areNotShownTogether() throws Exception {
        float[][] rows = {{1, 0, 0}, {1, 0, 0}, {0.9f, 0.5f, 0}, {-1, 0, 0}};
        FloatMatrix.write(folder.resolve("twins.npy"), 4, 3, i -> rows[i]);
        FloatMatrix twins = FloatMatrix.map(folder.resolve("twins.npy"));
        Hits hits = new FlatIndex(twins).top(new float[] {1, 0, 0}, item -> true, 4);

        assertThat(new Diversity(all(twins), new Manifest.Dims(384, 1, 1, 0, 0), 0.5)
                        .take(hits, 2).stream().map(hits::item))
                .containsExactly(0, 2);
    }

    @Test
    void poolSmallerThanAskedFor_isTakenWhole() {
        assertThat(new Diversity(all(vectors), DIMS, 0.5).take(Hits.NONE, 5)).isEmpty();
        assertThat(new Diversity(all(vectors), DIMS, 0.5).take(pool, 500)).hasSize(ITEMS);
    }

    private static Candidates all(FloatMatrix rows) {
        return new Candidates(ItemIndex.exact(rows), rows, List.of());
    }

    /** The mean cosine of pairs. */
    private double likeness(List<Integer> places) {
        double sum = 0;
        int pairs = 0;
        for (int a : places) {
            for (int b : places) {
                if (a < b) {
                    float[] x = direction(pool.item(a));
                    float[] y = direction(pool.item(b));
                    sum += InnerProduct.of(x, y) / Math.sqrt(InnerProduct.of(x, x) * InnerProduct.of(y, y));
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    private float[] direction(int item) {
        float[] row = vectors.row(item);
        row[WIDTH - 1] = 0;
        return row;
    }
}
