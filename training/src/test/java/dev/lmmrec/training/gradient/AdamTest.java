package dev.lmmrec.training.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest {

    private final Engine engine = Engine.getInstance();

    @Test
    void steps_followTheFormulaInDoublePrecision() {
        double[] expected = {1, -2, 0.5};
        double[] first = new double[3];
        double[] second = new double[3];
        try (NDManager manager = engine.newBaseManager()) {
            Parameter parameter = Parameter.of(manager, "x", new Shape(3), new float[] {1, -2, 0.5f});
            Adam adam = new Adam(0.1, List.of(parameter));
            for (int step = 1; step <= 5; step++) {
                try (Tape tape = new Tape(manager, engine)) {
                    tape.backward(tape.of(parameter).pow(3).sum().add(tape.squaredNorm(parameter)));
                    adam.step(tape);
                }
                for (int i = 0; i < 3; i++) {
                    double g = 3 * expected[i] * expected[i] + 2 * expected[i];
                    first[i] = 0.9 * first[i] + 0.1 * g;
                    second[i] = 0.999 * second[i] + 0.001 * g * g;
                    expected[i] -= 0.1
                            * (first[i] / (1 - Math.pow(0.9, step)))
                            / (Math.sqrt(second[i] / (1 - Math.pow(0.999, step))) + 1e-8);
                    assertThat((double) parameter.toFloatArray()[i]).isEqualTo(expected[i], within(2e-5));
                    assertThat(parameter.numbers()[i])
                            .as("plain Java and the engine see the same memory")
                            .isEqualTo(parameter.value().getFloat(i));
                }
            }
        }
    }

    @Test
    void numbersOfAnotherLength_areRefused() {
        try (NDManager manager = engine.newBaseManager()) {
            Parameter parameter = Parameter.of(manager, "x", new Shape(3), new float[] {1, 2, 3});
            for (int length : new int[] {2, 4}) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> parameter.set(new float[length]))
                        .withMessageContaining("x has 3 numbers, " + length);
            }
            assertThat(parameter.toFloatArray()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void parameterWithoutGradient_stays() {
        try (NDManager manager = engine.newBaseManager()) {
            Parameter used = Parameter.of(manager, "used", new Shape(1), new float[] {2});
            Parameter unused = Parameter.of(manager, "unused", new Shape(1), new float[] {3});
            Adam adam = new Adam(0.1, List.of(used, unused));
            try (Tape tape = new Tape(manager, engine)) {
                tape.backward(tape.squaredNorm(used));
                adam.step(tape);
            }

            assertThat(used.toFloatArray()[0]).isEqualTo(1.9f, within(1e-5f));
            assertThat(unused.toFloatArray()).containsExactly(3);
        }
    }
}
