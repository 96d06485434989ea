package dev.lmmrec.training.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.backbone.graph.LightGcn;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.fit.Settings.Part;
import dev.lmmrec.training.fit.Trained;
import dev.lmmrec.training.fit.Trainer;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.text.ReviewTexts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That what is switched on changes something, and what the parts promise. */
class TermsTest {

    private static final Dataset DATASET = SyntheticRows.dataset(SyntheticRows.of(30, 20, 3, 5, 2));
    private static final List<String> WEIGHTS = List.of("words", "ranking", "mcs", "robustness", "itc", "match");

    /** Each term beside one other that never changes: its weight alone must make the difference. */
    @ParameterizedTest
    @ValueSource(strings = {"words", "ranking", "mcs", "robustness", "itc", "match"})
    void term_switchedOn_changesWhatIsTrained(String term) {
        Map<String, Double> off = only(Map.of());
        Map<String, Double> on = only(Map.of(term, 1.0));

        Trained without = train("lmmrec", off);
        Trained with = train("lmmrec", on);

        boolean interaction = !numbers(with.interaction()).equals(numbers(without.interaction()));
        boolean text = !numbers(with.text()).equals(numbers(without.text()));
        assertThat(text).as("text vectors change by %s", term).isTrue();
        // ranking by text moves no interaction vector, alignment must
        assertThat(interaction)
                .as("interaction vectors change by %s", term)
                .isEqualTo(!term.equals("words") && !term.equals("ranking"));
    }

    @ParameterizedTest
    @CsvSource({
        "agreement,0,1,mcs",
        "prototypes,0,8,mcs",
        "motives,0,1,mcs",
        "soft-share,0,0.4,itc",
        "queue,0,64,itc",
        "momentum,0,0.9,itc",
        "noise,0,0.5,robustness",
        "word-motives,0,0.5,words",
        "word-text,0,1,words",
        "word-cut,0,1,words",
        "word-drop,0,0.5,words",
        "word-norm,0,1,words"
    })
    void setting_changed_changesWhatIsTrained(String setting, double one, double other, String term) {
        Trained first = train("lmmrec", only(Map.of(term, 1.0, setting, one)));
        Trained second = train("lmmrec", only(Map.of(term, 1.0, setting, other)));

        assertThat(numbers(second.text())).isNotEqualTo(numbers(first.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rlmrec-con", "rlmrec-gen"})
    void rlmrec_switchedOn_changesInteractionVectors(String name) {
        Trained without = train("none", Map.of());
        Trained with = train(name, Map.of("weight", 1.0));

        assertThat(numbers(with.interaction())).isNotEqualTo(numbers(without.interaction()));
    }

    @Test
    void teacher_followsByMomentum() {
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            Parameter student = Parameter.of(manager, "student", new Shape(3), new float[] {1, 2, 3});
            Parameter copy = Parameter.of(manager, "copy", new Shape(3), new float[3]);
            Teacher teacher = new Teacher(List.of(student), List.of(copy));
            assertThat(copy.toFloatArray()).containsExactly(1, 2, 3);

            student.set(new float[] {5, -2, 3});
            teacher.follow(0.9);
            teacher.follow(0.5);

            // 0.5 · (0.9 · θ' + 0.1 · θ) + 0.5 · θ
            float[] expected = {0.5f * 1.4f + 2.5f, 0.5f * 1.6f - 1, 3};
            for (int k = 0; k < 3; k++) {
                assertThat(copy.toFloatArray()[k]).isEqualTo(expected[k], within(1e-6f));
            }
            assertThat(student.toFloatArray()).containsExactly(5, -2, 3);
        }
    }

    @Test
    void teachers_standOnBothSides() {
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            LightGcn recipe = new LightGcn(1, 1);
            var backbone = recipe.start(DATASET.interactions(), 4, 1, manager);
            var start = new Wrapper.Start(
                    recipe, backbone, DATASET.interactions(), ReviewTexts.of(DATASET), 4, 0.01, 2, 1, manager);
            LmmrecState state = (LmmrecState) new Wrappers()
                    .recipe("lmmrec")
                    .make(only(Map.of("itc", 1.0, "momentum-first", 0.5, "momentum", 0.5, "teacher-every", 1.0)))
                    .start(start);
            int[] nodes = {0, 1};
            float[] x = state.teachers().userInteraction(manager, nodes).toFloatArray();
            float[] t = state.teachers().userText(manager, nodes).toFloatArray();
            for (Parameter parameter : backbone.parameters()) {
                parameter.set(moved(parameter.toFloatArray()));
            }
            for (Parameter parameter : state.parameters()) {
                parameter.set(moved(parameter.toFloatArray()));
            }

            state.afterStep();
            state.beforeStep(1);

            assertThat(state.teachers().userInteraction(manager, nodes).toFloatArray())
                    .isNotEqualTo(x);
            assertThat(state.teachers().userText(manager, nodes).toFloatArray()).isNotEqualTo(t);
        }
    }

    @Test
    void ramp_risesToItsEndAndStays() {
        Lmmrec settings = (Lmmrec) new Wrappers().recipe("lmmrec").make(Map.of("ramp-epochs", 2.0));

        assertThat(settings.softShareAt(0, 10)).isZero();
        assertThat(settings.softShareAt(10, 10)).isEqualTo(0.2, within(1e-9));
        assertThat(settings.softShareAt(500, 10)).isEqualTo(0.4, within(1e-9));
        assertThat(settings.momentumAt(0, 10)).isEqualTo(0.99, within(1e-9));
        assertThat(settings.momentumAt(20, 10)).isEqualTo(0.999, within(1e-9));
    }

    @Test
    void agreement_weighsPairsByCosine_downToATenth() {
        try (NDManager manager = Engine.getInstance().newBaseManager()) {
            var x = manager.create(new float[] {1, 0, 1, 0, 1, 0, 1, 0}, new Shape(4, 2));
            var t = manager.create(new float[] {1, 0, 1, 0, 1, 0, -1, 0}, new Shape(4, 2));

            float[] weights = Coordination.weights(x, t).toFloatArray();

            // cosines 1, 1, 1, -1: mean 0.5, deviation 0.866
            assertThat(weights[0]).isEqualTo((float) (1 / (1 + Math.exp(-0.57735))), within(1e-4f));
            assertThat(weights[3]).isEqualTo((float) (1 / (1 + Math.exp(1.73205))), within(1e-4f));
            var many = manager.create(new float[200], new Shape(100, 2));
            many.set(new ai.djl.ndarray.index.NDIndex(":, 0"), 1);
            var other = many.duplicate();
            other.set(new ai.djl.ndarray.index.NDIndex("0, 0"), -1);
            assertThat(Coordination.weights(many, other).toFloatArray()[0]).isEqualTo(0.1f);
        }
    }

    @Test
    void queue_keepsTheLatestAndGivesEachOnce() {
        Queue queue = new Queue(3);
        queue.add(new int[] {1, 2});
        queue.add(new int[] {3, 4});

        assertThat(queue.behind(new int[] {4, 9}))
                .containsExactlyInAnyOrder(4, 9, 2, 3)
                .startsWith(4, 9);
        Queue other = new Queue(3);
        other.set(queue.numbers());
        other.add(new int[] {7});
        queue.add(new int[] {7});
        assertThat(other.behind(new int[0])).containsExactly(queue.behind(new int[0]));
    }

    private static float[] moved(float[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] += (float) Math.sin(i + 1);
        }
        return numbers;
    }

    private static Map<String, Double> only(Map<String, Double> chosen) {
        Map<String, Double> all = new HashMap<>();
        WEIGHTS.forEach(weight -> all.put(weight, 0.0));
        all.put("prototypes", 0.0);
        all.put("ramp-epochs", 0.0);
        all.putAll(chosen);
        return all;
    }

    private static Trained train(String wrapper, Map<String, Double> chosen) {
        Settings settings =
                new Settings(new Part("lightgcn", Map.of()), new Part(wrapper, chosen), 4, 0.02, 50, 30, 3, 2, 1e-4, 1);
        return new Trainer(settings, epoch -> {})
                .refit(
                        new LightGcn(1, 1),
                        settings.newWrapper(),
                        DATASET.interactions(),
                        Optional.of(ReviewTexts.of(DATASET)),
                        2);
    }

    private static List<Float> numbers(Factors factors) {
        Float[] numbers = new Float[(factors.userCount() + factors.itemCount()) * factors.width()];
        int next = 0;
        for (int user = 0; user < factors.userCount(); user++) {
            for (float x : factors.user(user)) {
                numbers[next++] = x;
            }
        }
        for (int item = 0; item < factors.itemCount(); item++) {
            for (float x : factors.item(item)) {
                numbers[next++] = x;
            }
        }
        return Arrays.asList(numbers);
    }
}
