package dev.lmmrec.training.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.reading.span.SpanMarker;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChainGradientTest {

    private static final int SIZE = SpanMarker.TAGS.size();

    /** Against slopes of the likelihood, which is summed up over every tagging. */
    @Test
    void gradient_ofTheChain_isTheSlopeOfTheNegativeLogLikelihood() {
        long seed = 11;
        Random random = new Random(seed);
        int[] gold = {0, 4, 5, 6, 1, 3};
        float[] emissions = numbers(random, gold.length * SIZE);
        float[] transitions = numbers(random, SIZE * SIZE);
        float[] byEmissions = new float[emissions.length];
        ChainGradient gradient = new ChainGradient(transitions);
        gradient.add(emissions, 0, gold, byEmissions);
        float[] byTransitions = gradient.ofTransitions();

        for (int i = 0; i < emissions.length; i++) {
            int at = i;
            assertThat((double) byEmissions[i])
                    .as("seed %d emission %d", seed, i)
                    .isCloseTo(slope(emissions, at, () -> loss(emissions, transitions, gold)), within(2e-3));
        }
        for (int from = 0; from < SIZE; from++) {
            for (int to = 0; to < SIZE; to++) {
                int at = from * SIZE + to;
                double expected = SpanMarker.follows(from, to)
                        ? slope(transitions, at, () -> loss(emissions, transitions, gold))
                        : 0;
                assertThat((double) byTransitions[at])
                        .as("seed %d from %d to %d", seed, from, to)
                        .isCloseTo(expected, within(2e-3));
            }
        }
        assertThat(gradient.tokens()).isEqualTo(gold.length);
    }

    private interface Loss {
        double value();
    }

    private static double slope(float[] values, int at, Loss loss) {
        float kept = values[at];
        float step = 1e-2f;
        values[at] = kept + step;
        double above = loss.value();
        values[at] = kept - step;
        double below = loss.value();
        values[at] = kept;
        return (above - below) / (2 * step);
    }

    private static double loss(float[] emissions, float[] transitions, int[] gold) {
        double score = 0;
        for (int i = 0; i < gold.length; i++) {
            int before = i == 0 ? SpanMarker.OUT : gold[i - 1];
            score += emissions[i * SIZE + gold[i]] + transitions[before * SIZE + gold[i]];
        }
        return Math.log(sum(emissions, transitions, gold.length, 0, SpanMarker.OUT)) - score;
    }

    private static double sum(float[] emissions, float[] transitions, int length, int at, int before) {
        if (at == length) {
            return SpanMarker.follows(before, SpanMarker.OUT) ? 1 : 0;
        }
        double sum = 0;
        for (int tag = 0; tag < SIZE; tag++) {
            if (SpanMarker.follows(before, tag)) {
                sum += Math.exp(emissions[at * SIZE + tag] + transitions[before * SIZE + tag])
                        * sum(emissions, transitions, length, at + 1, tag);
            }
        }
        return sum;
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
