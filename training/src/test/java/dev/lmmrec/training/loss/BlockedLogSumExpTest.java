package dev.lmmrec.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockedLogSumExpTest {

    private static final int WIDTH = 3;

    private final Engine engine = Engine.getInstance();

    /** The second size takes eleven blocks, the last of them short; at 0.04 products are too large unshifted. */
    @ParameterizedTest
    @CsvSource({"5,7,0.2,false", "1100,2500,0.5,false", "5,7,1,true", "1100,2500,0.5,true", "1100,2500,0.04,true"})
    void blocks_giveTheValueAndGradientOfTheWholeProduct(int rows, int candidates, double temperature, boolean shift) {
        try (NDManager manager = engine.newBaseManager()) {
            Parameter a = draw(manager, "anchors", rows, 1);
            Parameter b = draw(manager, "candidates", candidates, 2);
            float[] weights = numbers(rows, 3);
            double blocked;
            float[][] gradients;
            try (Tape tape = new Tape(manager, engine)) {
                NDArray value = BlockedLogSumExp.of(
                        tape.of(a), tape.manager().create(weights, new Shape(rows, 1)), tape.of(b), temperature, shift);
                tape.backward(value.mul(2));
                blocked = value.getFloat();
                gradients = gradients(tape, a, b);
            }
            try (Tape tape = new Tape(manager, engine)) {
                NDArray whole = tape.of(a)
                        .matMul(tape.of(b).transpose())
                        .div((float) temperature)
                        .exp()
                        .sum(new int[] {1}, true)
                        .log()
                        .mul(tape.manager().create(weights, new Shape(rows, 1)))
                        .sum();
                tape.backward(whole.mul(2));
                double expected = whole.getFloat();
                assertThat(blocked).isEqualTo(expected, within(1e-4 * Math.abs(expected)));
                float[][] expectedGradients = gradients(tape, a, b);
                for (int side = 0; side < 2; side++) {
                    for (int i = 0; i < gradients[side].length; i++) {
                        double g = expectedGradients[side][i];
                        assertThat((double) gradients[side][i]).isEqualTo(g, within(1e-4 * (1 + Math.abs(g))));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5,7", "1100,2500"})
    void constantCandidates_changeNeitherValueNorGradientOfAnchors(int rows, int candidates) {
        try (NDManager manager = engine.newBaseManager()) {
            Parameter a = draw(manager, "anchors", rows, 1);
            Parameter b = draw(manager, "candidates", candidates, 2);
            float[][] gradients = new float[2][];
            float[] values = new float[2];
            for (int constant = 0; constant < 2; constant++) {
                try (Tape tape = new Tape(manager, engine)) {
                    NDArray ones = tape.manager().ones(new Shape(rows, 1));
                    NDArray value = constant == 1
                            ? BlockedLogSumExp.ofConstants(tape.of(a), ones, b.value(), 0.2)
                            : BlockedLogSumExp.of(tape.of(a), ones, tape.of(b), 0.2, false);
                    tape.backward(value);
                    values[constant] = value.getFloat();
                    gradients[constant] = tape.gradient(a).toFloatArray();
                }
            }
            assertThat(values[1]).isEqualTo(values[0]);
            assertThat(gradients[1]).containsExactly(gradients[0]);
        }
    }

    @ParameterizedTest
    @CsvSource("400")
    void largeProducts_withShift_stayFinite(float scale) {
        try (NDManager manager = engine.newBaseManager();
                Tape tape = new Tape(manager, engine)) {
            NDArray one = tape.manager().create(new float[] {scale, 1}, new Shape(1, 2));
            NDArray value = BlockedLogSumExp.of(one, tape.manager().ones(new Shape(1, 1)), one.duplicate(), 1, true);

            assertThat(value.getFloat()).isEqualTo(scale * scale + 1, within(1f));
        }
    }

    private static float[][] gradients(Tape tape, Parameter a, Parameter b) {
        return new float[][] {tape.gradient(a).toFloatArray(), tape.gradient(b).toFloatArray()};
    }

    private static Parameter draw(NDManager manager, String name, int rows, long seed) {
        return Parameter.of(manager, name, new Shape(rows, WIDTH), numbers(rows * WIDTH, seed));
    }

    private static float[] numbers(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble();
        }
        return numbers;
    }
}
