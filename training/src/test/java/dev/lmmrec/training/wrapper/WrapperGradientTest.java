package dev.lmmrec.training.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
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
import dev.lmmrec.training.loss.Batch;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.text.ReviewTexts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every wrapper term's gradient, through backbone, encoders and prototypes, against finite differences of the term
 * itself; and a step down the gradient makes the term smaller.
 */
class WrapperGradientTest {

    private static final int WIDTH = 6;
    private static final long STEP_SEED = 11;
    /** Small enough for the bend of LeakyReLU, large enough for single precision. */
    private static final double STEP = 2e-4;

    private static final List<String> LMMREC_TERMS = List.of("words", "ranking", "mcs", "robustness", "itc", "match");

    private final Engine engine = Engine.getInstance();
    private NDManager manager;
    private Dataset dataset;
    private Backbone.State backbone;
    private Wrapper.State wrapper;
    private List<Parameter> parameters;

    static Stream<Arguments> terms() {
        Stream<Arguments> lmmrec = LMMREC_TERMS.stream().flatMap(term -> Stream.of(0.0, 1.0)
                .map(motives -> Arguments.of("lmmrec", only(term, motives, motives > 0 ? 5 : 0))));
        return Stream.concat(
                lmmrec,
                Stream.of(
                        Arguments.of("rlmrec-con", Map.of("weight", 1.0)),
                        Arguments.of("rlmrec-gen", Map.of("weight", 1.0, "hidden", 0.4))));
    }

    private static Map<String, Double> only(String term, double motives, double prototypes) {
        Map<String, Double> chosen = new HashMap<>();
        LMMREC_TERMS.forEach(name -> chosen.put(name, name.equals(term) ? 1.0 : 0.0));
        chosen.put("motives", motives);
        chosen.put("prototypes", prototypes);
        // weights by agreement are taken as given by the gradient, not by finite differences
        chosen.put("agreement", 0.0);
        chosen.put("ramp-epochs", 0.0);
        chosen.put("temperature", 0.4);
        return chosen;
    }

    @BeforeEach
    void build() {
        manager = engine.newBaseManager();
        dataset = SyntheticRows.dataset(SyntheticRows.of(12, 10, 2, 4, 5));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private LossTerm start(String name, Map<String, Double> chosen) {
        LightGcn recipe = new LightGcn(2, 0.7);
        backbone = recipe.start(dataset.interactions(), WIDTH, 3, manager);
        wrapper = new Wrappers()
                .recipe(name)
                .make(chosen)
                .start(new Wrapper.Start(
                        recipe, backbone, dataset.interactions(), ReviewTexts.of(dataset), WIDTH, 0.01, 4, 4, manager));
        wrapper.beforeStep(0);
        parameters = new ArrayList<>(backbone.parameters());
        parameters.addAll(wrapper.parameters());
        return wrapper.terms().stream()
                .filter(term -> term.weight() > 0)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("terms")
    void gradient_ofEachTerm_equalsFiniteDifferences(String name, Map<String, Double> chosen) {
        LossTerm term = start(name, chosen);
        List<float[]> gradients = gradients(term);
        SplittableRandom random = new SplittableRandom(1);
        boolean moved = false;
        for (int p = 0; p < parameters.size(); p++) {
            float[] gradient = gradients.get(p);
            for (int trial = 0; trial < 3; trial++) {
                double[] direction = Slopes.direction(trial, gradient, random);
                double slope = Slopes.foretold(gradient, direction);
                assertThat(slopeOf(term, parameters.get(p), direction))
                        .as(
                                "%s along direction %d of %s",
                                term.name(), trial, parameters.get(p).name())
                        .isEqualTo(slope, within(5e-3 + 0.03 * Math.abs(slope)));
                moved |= Math.abs(slope) > 0.05;
            }
        }
        assertThat(moved)
                .as("some slope of %s is large enough to be told from 0", term.name())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("terms")
    void term_afterAStepDownItsGradient_isLower(String name, Map<String, Double> chosen) {
        LossTerm term = start(name, chosen);
        double before = value(term);
        List<float[]> gradients = gradients(term);
        for (int p = 0; p < parameters.size(); p++) {
            float[] moved = parameters.get(p).toFloatArray();
            for (int i = 0; i < moved.length; i++) {
                moved[i] -= 0.02f * gradients.get(p)[i];
            }
            parameters.get(p).set(moved);
        }
        assertThat(value(term)).isLessThan(before - 1e-3);
    }

    private List<float[]> gradients(LossTerm term) {
        try (Tape tape = new Tape(manager, engine)) {
            tape.backward(term.value(forward(tape)));
            return parameters.stream()
                    .map(parameter -> tape.gradient(parameter).toFloatArray())
                    .toList();
        }
    }

    /** Extrapolated from two steps (Richardson), since the third derivative counts where vectors are short. */
    private double slopeOf(LossTerm term, Parameter parameter, double[] direction) {
        double near = Slopes.measured(() -> value(term), parameter, direction, STEP);
        double far = Slopes.measured(() -> value(term), parameter, direction, 2 * STEP);
        return (4 * near - far) / 3;
    }

    private double value(LossTerm term) {
        try (Tape tape = new Tape(manager, engine)) {
            return term.value(forward(tape)).getFloat();
        }
    }

    private Forward forward(Tape tape) {
        int[] users = {0, 3, 5, 5, 7};
        int[] items = new int[users.length];
        for (int b = 0; b < users.length; b++) {
            items[b] = dataset.interactions().itemsOf(users[b])[b % 4];
        }
        Batch batch = new Batch(users, items, new int[] {3, 0, 8, 9, 5});
        return new Forward(tape, batch, backbone.forward(tape, STEP_SEED), parameters);
    }
}
