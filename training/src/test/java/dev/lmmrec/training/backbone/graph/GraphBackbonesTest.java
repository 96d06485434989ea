package dev.lmmrec.training.backbone.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.graph.Execution.Path;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Adam;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Slopes;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.Batch;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.loss.Objective;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every learnt backbone: its own terms' gradients, repeatability, flat memory. */
class GraphBackbonesTest {

    private static final int WIDTH = 8;

    private final Engine engine = Engine.getInstance();
    private final Interactions train =
            SyntheticRows.dataset(SyntheticRows.of(14, 11, 2, 4, 5)).interactions();

    static Stream<String> names() {
        return new GraphBackbones(Execution.DEFAULT).recipes().stream().map(recipe -> recipe.name());
    }

    @ParameterizedTest
    @MethodSource("names")
    void gradient_ofEachOwnTerm_equalsFiniteDifferences(String name) {
        try (NDManager manager = engine.newBaseManager()) {
            Backbone.Learnt backbone = backbone(name, Path.ROWS);
            Backbone.State state = backbone.start(train, WIDTH, 3, manager);
            spreadOut(state);
            for (LossTerm term : backbone.terms()) {
                double largest = 0;
                for (Parameter parameter : state.parameters()) {
                    largest = Math.max(largest, compare(term, state, parameter, manager));
                }
                assertThat(largest)
                        .as("some slope of %s is large enough to be told from 0", term.name())
                        .isGreaterThan(0.02);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void rowsAndEngine_trainAlike(String name) {
        assertClose(trained(name, Path.ROWS, 5), trained(name, Path.ENGINE, 5), 2e-3);
    }

    @ParameterizedTest
    @MethodSource("names")
    void equalSeeds_giveEqualVectors_otherSeedsOthers(String name) {
        assertThat(trained(name, Path.ROWS, 5)).isEqualTo(trained(name, Path.ROWS, 5));
        assertThat(trained(name, Path.ROWS, 5)).isNotEqualTo(trained(name, Path.ROWS, 6));
    }

    @ParameterizedTest
    @MethodSource("names")
    void steps_leaveNoArraysBehind(String name) {
        try (NDManager manager = engine.newBaseManager()) {
            Backbone.Learnt backbone = backbone(name, Path.ROWS);
            Backbone.State state = backbone.start(train, WIDTH, 3, manager);
            Adam adam = new Adam(0.01, state.parameters());
            Objective objective = new Objective(backbone.terms());
            step(objective, state, adam, manager, 1);
            int afterOne = manager.getManagedArrays().size();
            for (int i = 2; i < 25; i++) {
                step(objective, state, adam, manager, i);
            }
            assertThat(manager.getManagedArrays()).hasSize(afterOne);
        }
    }

    /** What a way back needs must not lie in memory that a collection between forward and backward frees. */
    @ParameterizedTest
    @MethodSource("names")
    void gradient_isTheSameAfterAGarbageCollection(String name) {
        try (NDManager manager = engine.newBaseManager()) {
            Backbone.Learnt backbone = backbone(name, Path.BY_DEVICE);
            Backbone.State state = backbone.start(train, WIDTH, 3, manager);
            Objective objective = new Objective(backbone.terms());
            assertThat(gradient(objective, state, manager, true)).isEqualTo(gradient(objective, state, manager, false));
        }
    }

    private List<Float> gradient(Objective objective, Backbone.State state, NDManager manager, boolean collect) {
        try (Tape tape = new Tape(manager, engine)) {
            NDArray loss = objective.value(forward(tape, state, 11));
            if (collect) {
                System.gc();
                // what was freed is given out again, and written to
                List<ByteBuffer> written = new ArrayList<>();
                for (int i = 0; i < 2_000; i++) {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(4);
                    buffer.putFloat(0, 1e20f * i);
                    written.add(buffer);
                }
                assertThat(written).isNotEmpty();
            }
            tape.backward(loss);
            List<Float> all = new ArrayList<>();
            for (Parameter parameter : state.parameters()) {
                for (float x : tape.gradient(parameter).toFloatArray()) {
                    all.add(x);
                }
            }
            return all;
        }
    }

    /**
     * Larger vectors than those drawn, so that slopes are far from rounding errors, and all positive: where a number
     * changes its sign, noise jumps to the other side and there is no slope.
     */
    private static void spreadOut(Backbone.State state) {
        SplittableRandom random = new SplittableRandom(7);
        for (Parameter parameter : state.parameters()) {
            float[] values = parameter.toFloatArray();
            for (int i = 0; i < values.length; i++) {
                double draw = random.nextDouble();
                values[i] = (float) (0.02 + 1.3 * draw * draw);
            }
            parameter.set(values);
        }
    }

    /** Compares along the gradient, where a wrong scale shows best, and along random directions. */
    private double compare(LossTerm term, Backbone.State state, Parameter parameter, NDManager manager) {
        float[] gradient;
        try (Tape tape = new Tape(manager, engine)) {
            tape.backward(term.value(forward(tape, state, 11)));
            gradient = tape.gradient(parameter).toFloatArray();
        }
        SplittableRandom random = new SplittableRandom(1);
        double largest = 0;
        for (int trial = 0; trial < 3; trial++) {
            double[] direction = Slopes.direction(trial, gradient, random);
            double slope = Slopes.foretold(gradient, direction);
            assertThat(Slopes.measured(() -> value(term, state, manager), parameter, direction, 4e-3))
                    .as("%s along direction %d of %s", term.name(), trial, parameter.name())
                    .isEqualTo(slope, within(4e-3 + 0.02 * Math.abs(slope)));
            largest = Math.max(largest, Math.abs(slope));
        }
        return largest;
    }

    private double value(LossTerm term, Backbone.State state, NDManager manager) {
        try (Tape tape = new Tape(manager, engine)) {
            return term.value(forward(tape, state, 11)).getFloat();
        }
    }

    private List<Float> trained(String name, Path path, long seed) {
        try (NDManager manager = engine.newBaseManager()) {
            Backbone.Learnt backbone = backbone(name, path);
            Backbone.State state = backbone.start(train, WIDTH, seed, manager);
            Adam adam = new Adam(0.01, state.parameters());
            Objective objective = new Objective(backbone.terms());
            for (int i = 0; i < 3; i++) {
                step(objective, state, adam, manager, i);
            }
            Factors factors = state.vectors();
            List<Float> all = new ArrayList<>();
            for (int user = 0; user < factors.userCount(); user++) {
                for (float x : factors.user(user)) {
                    all.add(x);
                }
            }
            return all;
        }
    }

    private void step(Objective objective, Backbone.State state, Adam adam, NDManager manager, long stepSeed) {
        try (Tape tape = new Tape(manager, engine)) {
            tape.backward(objective.value(forward(tape, state, stepSeed)));
            adam.step(tape);
        }
    }

    private Forward forward(Tape tape, Backbone.State state, long stepSeed) {
        Batch batch =
                new Batch(new int[] {0, 3, 5, 5, 7, 9}, new int[] {1, 2, 4, 6, 2, 1}, new int[] {3, 0, 8, 9, 5, 3});
        return new Forward(tape, batch, state.forward(tape, stepSeed), state.parameters());
    }

    private static Backbone.Learnt backbone(String name, Path path) {
        return (Backbone.Learnt) new GraphBackbones(new Execution(path, 2))
                .recipes().stream()
                        .filter(recipe -> recipe.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .make(name.equals("autocf") ? Map.of("seeds", 2.0) : Map.of());
    }

    private static void assertClose(List<Float> actual, List<Float> expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat((double) actual.get(i)).isEqualTo(expected.get(i), within(tolerance));
        }
    }
}
