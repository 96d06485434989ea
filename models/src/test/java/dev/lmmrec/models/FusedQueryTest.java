package dev.lmmrec.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.models.FusedQuery.Motive;
import dev.lmmrec.models.Manifest.Dims;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FusedQueryTest {

    private static final Dims DIMS = new Dims(384, 3, 2, 4, 1);
    private static final Weights WEIGHTS = new Weights(0.7, 0.3, 0.2, 0.1);

    @Test
    void score_isTheSumOfFourParts_andOfMotives_forAnyVectors() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            FusedQuery query = query(random, 1 + random.nextInt(24));
            float[] row = numbers(random, DIMS.query());

            FusedQuery.Parts parts = query.parts(row);

            assertThat(parts.interaction() + parts.text() + parts.motives() + parts.popularity())
                    .as("seed %d", seed)
                    .isCloseTo(product(query.vector(), row), within(1e-5));
            assertThat(query.summands(row).values().stream().mapToDouble(x -> x).sum())
                    .as("seed %d", seed)
                    .isCloseTo(parts.motives(), within(1e-5));
        }
    }

    @Test
    void scoreWithoutAMotive_isLowerByItsSummand_andNothingElseChanges() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Optional<float[]> known = Optional.of(numbers(random, DIMS.known()));
            Optional<float[]> text = Optional.of(numbers(random, DIMS.aligned()));
            List<Motive> motives = motives(random, 6);
            float[] row = numbers(random, DIMS.query());
            FusedQuery with = FusedQuery.of(DIMS, WEIGHTS, known, text, motives);
            FusedQuery without = FusedQuery.of(DIMS, WEIGHTS, known, text, motives.subList(1, 6));

            assertThat(product(with.vector(), row) - product(without.vector(), row))
                    .as("seed %d", seed)
                    .isCloseTo(with.summands(row).get("m0"), within(1e-5));
            assertThat(without.summands(row).get("m3"))
                    .isEqualTo(with.summands(row).get("m3"));
            assertThat(without.parts(row).interaction())
                    .isEqualTo(with.parts(row).interaction());
        }
    }

    @Test
    void parts_areWhatTheirColumnsSay() {
        FusedQuery query = FusedQuery.of(
                DIMS,
                new Weights(1, 2, 10, 0.5),
                Optional.of(new float[] {1, 1, 1, 1, 1, 1, 1}),
                Optional.of(new float[] {1, 0, 0}),
                List.of(new Motive("a", 0.5, new float[] {0, 1, 0}), new Motive("b", 1, new float[] {0, 0, 1})));

        FusedQuery.Parts parts = query.parts(new float[] {1, 2, 10, 20, 30, 40, 100, 1000, 2000, 3000, 8});

        assertThat(parts.interaction()).isEqualTo(1 + 2);
        assertThat(parts.text()).isEqualTo(100 + 2 * 1000);
        assertThat(parts.motives()).isEqualTo(10 * (0.5 * 2000 + 3000));
        assertThat(parts.popularity()).isEqualTo(100 + 0.5 * 8);
    }

    @Test
    void vectorOfAnotherWidth_isRefused() {
        assertThatThrownBy(() -> FusedQuery.of(DIMS, WEIGHTS, Optional.of(new float[2]), Optional.empty(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 numbers where 7 belong");
    }

    private static FusedQuery query(SplittableRandom random, int motives) {
        return FusedQuery.of(
                DIMS,
                WEIGHTS,
                Optional.of(numbers(random, DIMS.known())),
                Optional.of(numbers(random, DIMS.aligned())),
                motives(random, motives));
    }

    private static List<Motive> motives(SplittableRandom random, int count) {
        List<Motive> motives = new ArrayList<>();
        for (int m = 0; m < count; m++) {
            motives.add(new Motive("m" + m, random.nextDouble(), numbers(random, DIMS.aligned())));
        }
        return motives;
    }

    private static float[] numbers(SplittableRandom random, int width) {
        float[] numbers = new float[width];
        for (int k = 0; k < width; k++) {
            numbers[k] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }
}
