package dev.lmmrec.training.backbone.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.backbone.graph.Execution.Path;
import dev.lmmrec.training.backbone.graph.Propagation.Layers;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.gradient.Tape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain Java and the engine must spread alike, forth and back. */
class PropagationTest {

    private static final int WIDTH = 5;
    private static final float[] SHARES = {1, 0, 0.5f, 2};

    private final Engine engine = Engine.getInstance();

    /** What one step gave. */
    private record Step(List<float[]> values, List<Float> gradient) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rowsAndEngine_giveEqualVectorsAndGradients(long seed) {
        Step rows = step(Path.ROWS, seed);
        Step autograd = step(Path.ENGINE, seed);

        for (int i = 0; i < rows.values().size(); i++) {
            assertClose(rows.values().get(i), autograd.values().get(i));
        }
        assertClose(array(rows.gradient()), array(autograd.gradient()));
        double norm = 0;
        for (float g : rows.gradient()) {
            norm += g * g;
        }
        assertThat(norm).isGreaterThan(1);
    }

    @Test
    void perturbation_hasItsLengthAndTheSignsOfTheVector() {
        try (NDManager manager = engine.newBaseManager();
                Tape tape = new Tape(manager, engine)) {
            FreeVectors free = free(Path.ROWS, 1, manager);
            float[] shares = {0, 1};
            List<Layers> spreads = free.propagation()
                    .spread(
                            tape,
                            free.parameter(),
                            free.normalised(),
                            shares,
                            List.of(Perturbation.NONE, new Perturbation(0.3, 5), new Perturbation(0.3, 6)));
            float[] plain = spreads.get(0).sum().toFloatArray();
            float[] one = spreads.get(1).sum().toFloatArray();
            float[] other = spreads.get(2).sum().toFloatArray();
            assertThat(one).isNotEqualTo(other);
            for (int node = 0; node < plain.length / WIDTH; node++) {
                double squares = 0;
                boolean alone = true;
                for (int k = node * WIDTH; k < (node + 1) * WIDTH; k++) {
                    double noise = one[k] - plain[k];
                    squares += noise * noise;
                    alone &= plain[k] == 0;
                    assertThat(noise * plain[k]).isGreaterThanOrEqualTo(0);
                }
                assertThat(Math.sqrt(squares)).isEqualTo(alone ? 0 : 0.3, within(1e-5));
            }
        }
    }

    @Test
    void steps_afterTheFirst_allocateNothing() {
        try (NDManager manager = engine.newBaseManager()) {
            FreeVectors free = free(Path.ROWS, 1, manager);
            run(free, manager, 1);
            long hostAfterOne = free.memory().allocatedFloats();
            int nativeAfterOne = arrays(manager);
            for (int i = 0; i < 20; i++) {
                run(free, manager, i);
            }
            assertThat(free.memory().allocatedFloats()).isEqualTo(hostAfterOne);
            assertThat(arrays(manager)).isEqualTo(nativeAfterOne);
        }
    }

    private static int arrays(NDManager manager) {
        return manager.getManagedArrays().size();
    }

    private Step step(Path path, long seed) {
        try (NDManager manager = engine.newBaseManager()) {
            return run(free(path, seed, manager), manager, seed);
        }
    }

    /** Two noisy spreads and a plain one over thinned edges; the loss looks at sums and at one layer. */
    private Step run(FreeVectors free, NDManager manager, long seed) {
        try (Tape tape = new Tape(manager, engine)) {
            List<Layers> spreads = free.propagation()
                    .spread(
                            tape,
                            free.parameter(),
                            free.graph().thinned(free.normalised(), 0.7, seed),
                            SHARES,
                            List.of(new Perturbation(0.2, seed), Perturbation.NONE, new Perturbation(0.2, seed + 1)));
            List<NDArray> outputs = List.of(
                    spreads.get(0).sum(),
                    spreads.get(1).sum(),
                    spreads.get(2).layer(2),
                    spreads.get(2).sum());
            NDArray loss = manager.create(0f);
            for (int i = 0; i < outputs.size(); i++) {
                NDArray output = outputs.get(i);
                loss = loss.add(
                        output.mul(weights(tape, output.getShape(), i)).square().sum());
            }
            tape.backward(loss);
            return new Step(
                    outputs.stream().map(NDArray::toFloatArray).toList(),
                    list(tape.gradient(free.parameter()).toFloatArray()));
        }
    }

    private static NDArray weights(Tape tape, Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] weights = new float[(int) shape.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextDouble() * 3;
        }
        return tape.manager().create(weights, shape);
    }

    private static FreeVectors free(Path path, long seed, NDManager manager) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            pairs.add(new Pair(random.nextInt(9), random.nextInt(8)));
        }
        return new FreeVectors(Interactions.of(10, 8, pairs), false, WIDTH, seed, manager, new Execution(path, 2));
    }

    private static List<Float> list(float[] numbers) {
        List<Float> list = new ArrayList<>();
        for (float x : numbers) {
            list.add(x);
        }
        return list;
    }

    private static float[] array(List<Float> numbers) {
        float[] array = new float[numbers.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = numbers.get(i);
        }
        return array;
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isEqualTo(expected[i], within(1e-4 * (1 + Math.abs(expected[i]))));
        }
    }
}
