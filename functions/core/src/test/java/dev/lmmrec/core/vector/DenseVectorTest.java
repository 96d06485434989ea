package dev.lmmrec.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseVectorTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void roundTrip_anyVector_staysWithinTheBound_andIsStable(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            DenseVector vector = random(random, 1 + random.nextInt(40), random.nextInt(60) - 30);
            DenseVector read = DenseVector.decode(vector.encode());

            float largest = 0;
            for (float component : vector.toArray()) {
                largest = Math.max(largest, Math.abs(component));
            }
            for (int i = 0; i < vector.width(); i++) {
                assertThat(Math.abs((double) read.toArray()[i] - vector.toArray()[i]))
                        .as("seed " + seed + " round " + round)
                        .isLessThanOrEqualTo(largest / 254.0 * 1.000_001);
            }
            assertThat(read.encode()).isEqualTo(vector.encode());
            assertThat(DenseVector.of(read.toArray()).encode())
                    .as("also what was computed from what was read: seed " + seed + " round " + round)
                    .isEqualTo(vector.encode());
        }
    }

    @Test
    void roundTrip_extremes_stayFiniteAndKeepTheirSigns() {
        for (float largest : new float[] {Float.MAX_VALUE, 1e38f, 1e-35f}) {
            float[] read = DenseVector.decode(
                            DenseVector.of(largest, -largest, 0).encode())
                    .toArray();
            assertThat(read[0]).isCloseTo(largest, within(largest / 254));
            assertThat(read[1]).isEqualTo(-read[0]);
            assertThat(read[2]).isZero();
        }
    }

    @Test
    void roundTrip_tooSmallForAScale_readsAsZeros() {
        float tiny = 180 * Float.MIN_VALUE;
        assertThat(DenseVector.decode(DenseVector.of(tiny, -tiny).encode())).isEqualTo(DenseVector.of(0, 0));
    }

    @Test
    void encode_384Components_fitsWhereTwentyMakeTenKilobytes() {
        assertThat(random(new Random(1), 384, 0).encode().length()).isLessThanOrEqualTo(520);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAA=", "no base64!", "AADAfwE="})
    void decode_noVector_isRefused(String encoded) {
        assertThatThrownBy(() -> DenseVector.decode(encoded)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void of_notFinite_namesTheComponent(float bad) {
        assertThatThrownBy(() -> DenseVector.of(1, bad)).hasMessageContaining("component 1 is " + bad);
    }

    @Test
    void of_laterChangeOfTheArray_doesNotReachIt() {
        float[] array = {1, 2};
        DenseVector vector = DenseVector.of(array);
        array[0] = 9;
        vector.toArray()[1] = 9;
        assertThat(vector.toArray()).containsExactly(1, 2);
    }

    @Test
    void meanDirection_vectors_isOfLengthOneBetweenThem() {
        DenseVector mean = DenseVector.meanDirection(List.of(DenseVector.of(2, 0), DenseVector.of(0, 2)));
        assertThat(mean.dot(mean)).isCloseTo(1, within(1e-6));
        assertThat(mean.dot(DenseVector.of(1, 0))).isCloseTo(Math.sqrt(0.5), within(1e-6));
    }

    @Test
    void meanDirection_opposites_isZero() {
        assertThat(DenseVector.meanDirection(List.of(DenseVector.of(1), DenseVector.of(-1))))
                .isEqualTo(DenseVector.of(0));
    }

    @Test
    void meanDirection_nothingOrMixedWidths_isRefused() {
        assertThatThrownBy(() -> DenseVector.meanDirection(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DenseVector.meanDirection(List.of(DenseVector.of(1), DenseVector.of(1, 2))))
                .hasMessage("vector has width 2, expected 1");
    }

    @Test
    void dot_otherWidth_isRefused() {
        assertThatThrownBy(() -> DenseVector.of(1).dot(DenseVector.of(1, 2)))
                .hasMessage("vector has width 2, expected 1");
    }

    private static DenseVector random(Random random, int width, int exponent) {
        float[] components = new float[width];
        for (int i = 0; i < width; i++) {
            components[i] = (float) (random.nextGaussian() * Math.pow(10, exponent));
        }
        return DenseVector.of(components);
    }
}
