package dev.lmmrec.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.graph.LightGcn;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Slopes;
import dev.lmmrec.training.gradient.Tape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every term's gradient, through propagation, against finite differences of the term itself. */
class LossGradientTest {

    private static final int WIDTH = 6;
    private static final long STEP_SEED = 11;

    private final Engine engine = Engine.getInstance();
    private NDManager manager;
    private Backbone.State backbone;
    private List<Parameter> parameters;

    /** Steps large enough for single precision. */
    static Stream<Arguments> terms() {
        return Stream.of(Arguments.of(new BayesianRanking(1), 1e-2), Arguments.of(new SquaredNorm(1), 1e-1));
    }

    @BeforeEach
    void build() {
        manager = engine.newBaseManager();
        Dataset dataset = SyntheticRows.dataset(SyntheticRows.of(12, 10, 2, 4, 5));
        backbone = new LightGcn(2, 0.7).start(dataset.interactions(), WIDTH, 3, manager);
        parameters = new ArrayList<>(backbone.parameters());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @MethodSource("terms")
    void gradient_ofEachTerm_equalsFiniteDifferences(LossTerm term, double step) {
        List<float[]> gradients = gradients(term);
        SplittableRandom random = new SplittableRandom(1);
        boolean moved = false;
        for (int p = 0; p < parameters.size(); p++) {
            Parameter parameter = parameters.get(p);
            float[] gradient = gradients.get(p);
            for (int trial = 0; trial < 4; trial++) {
                double[] direction = Slopes.direction(trial, gradient, random);
                double slope = Slopes.foretold(gradient, direction);
                double measured = Slopes.measured(() -> value(term), parameter, direction, step);
                assertThat(measured)
                        .as("%s along direction %d of %s", term.name(), trial, parameter.name())
                        .isEqualTo(slope, within(5e-3 + 0.02 * Math.abs(slope)));
                moved |= Math.abs(slope) > 0.05;
            }
        }
        assertThat(moved)
                .as("some slope of %s is large enough to be told from 0", term.name())
                .isTrue();
    }

    @Test
    void objective_isTheWeightedSumOfItsTerms() {
        double bpr = value(new BayesianRanking(1));
        double norm = value(new SquaredNorm(1));

        double sum;
        try (Tape tape = new Tape(manager, engine)) {
            sum = new Objective(List.of(new BayesianRanking(2), new SquaredNorm(0.5), new SquaredNorm(0)))
                    .value(forward(tape))
                    .getFloat();
        }

        assertThat(sum).isEqualTo(2 * bpr + 0.5 * norm, within(1e-4));
    }

    @Test
    void objective_withoutAnySwitchedOnTerm_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Objective(List.of(new SquaredNorm(0))))
                .withMessageContaining("without terms");
    }

    private List<float[]> gradients(LossTerm term) {
        try (Tape tape = new Tape(manager, engine)) {
            tape.backward(term.value(forward(tape)));
            return parameters.stream()
                    .map(parameter -> tape.gradient(parameter).toFloatArray())
                    .toList();
        }
    }

    private double value(LossTerm term) {
        try (Tape tape = new Tape(manager, engine)) {
            return term.value(forward(tape)).getFloat();
        }
    }

    private Forward forward(Tape tape) {
        Batch batch = new Batch(new int[] {0, 3, 5, 5, 7}, new int[] {1, 2, 4, 6, 2}, new int[] {3, 0, 8, 9, 5});
        return new Forward(tape, batch, backbone.forward(tape, STEP_SEED), parameters);
    }
}
