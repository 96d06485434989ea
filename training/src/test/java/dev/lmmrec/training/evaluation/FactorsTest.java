package dev.lmmrec.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
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

    private static float[] numbers(SplittableRandom random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return numbers;
    }
}
