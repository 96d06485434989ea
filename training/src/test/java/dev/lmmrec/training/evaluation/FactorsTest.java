package dev.lmmrec.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactorsTest {

    @ParameterizedTest
    @CsvSource({"1, 3, 5", "3, 2, 1024", "4, 3, 1025", "7, 5, 2500", "64, 3, 1100"})
    void products_areTheSameNumbersAsSumsInTheOrderOfComponents(int width, int users, int items) {
        SplittableRandom random = new SplittableRandom(width);
        float[] user = numbers(random, users * width);
        float[] item = numbers(random, items * width);
        Factors factors = new Factors(width, user, item);
        int[] own = {users - 1, 0};
        float[][] scores = new float[2][items];
        scores[1][0] = 99;

        factors.score(own, scores);

        for (int u = 0; u < own.length; u++) {
            float[] single = new float[items];
            factors.score(own[u], single);
            for (int i = 0; i < items; i++) {
                float sum = 0;
                for (int k = 0; k < width; k++) {
                    sum += user[own[u] * width + k] * item[i * width + k];
                }
                // bit for bit, or ties would be broken differently
                assertThat(scores[u][i]).isEqualTo(sum);
                assertThat(single[i]).isEqualTo(sum);
            }
        }
    }

    @Test
    void itemNorms_withAnExponent_changeLengthsAndKeepDirections() {
        Factors factors = new Factors(2, new float[] {1, 1}, new float[] {3, 4, 0, 0, 0, 0.25f});

        Factors rooted = factors.withItemNorms(0.5);

        double root = Math.sqrt(5);
        assertThat(rooted.item(0)).containsExactly(new float[] {(float) (3 / root), (float) (4 / root)}, within(1e-6f));
        assertThat(rooted.item(1)).containsExactly(0, 0);
        assertThat(rooted.item(2)).containsExactly(new float[] {0, 0.5f}, within(1e-6f));
        assertThat(rooted.user(0)).containsExactly(1, 1);
        assertThat(factors.withItemNorms(0).item(0)).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
        assertThat(factors.withItemNorms(1)).isSameAs(factors);
    }

    private static float[] numbers(SplittableRandom random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return numbers;
    }
}
