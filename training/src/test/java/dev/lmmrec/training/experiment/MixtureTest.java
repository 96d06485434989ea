package dev.lmmrec.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.configuration.Configuration;
import dev.lmmrec.training.configuration.Configuration.Search;
import dev.lmmrec.training.configuration.Part;
import dev.lmmrec.training.configuration.Problem;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.data.PublishedSplit;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.Source;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.experiment.Results.Row;
import dev.lmmrec.training.run.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixtureTest {

    private static final Source SOURCE =
            new Source.Reviews(SyntheticRows.dataset(SyntheticRows.of(60, 30, 3, 6, 2)), "planted");
    private static final Map<String, List<Double>> SHORT = Map.of(
            "epochs", List.of(6.0), "validate-every", List.of(2.0), "dim", List.of(4.0), "batch", List.of(128.0));
    private static final List<Part> PARTS = List.of(
            Part.of("ease"),
            new Part("ssm", Map.of(), Map.of("dim", List.of(6.0)), List.of()),
            new Part("ssm", Map.of(), Map.of("dim", List.of(6.0)), List.of()));

    @TempDir
    private Path folder;

    @Test
    void mixtures_areRowsLikeOtherBackbones_andSayWhatTheirPartsAreWorth() throws Exception {
        Results results = run(List.of(mixture("blend"), mixture("stack")), folder, new Epochs(Integer.MAX_VALUE));

        assertThat(results.rows()).extracting(Row::label).containsExactly("blend", "stack");
        Map<String, String> blend = results.rows().get(0).runs().get(0).notes();
        assertThat(blend).containsKeys("part 1 ease", "part 2 ssm", "part 3 ssm", "blend: 1 ease", "blend: 2 ssm");
        // the two differ in nothing but their draws
        assertThat(blend.get("part 2 ssm")).isNotEqualTo(blend.get("part 3 ssm"));
        assertThat(results.choices().get(0).choice().parts().get(1).fit())
                .containsEntry("dim", 6.0)
                .containsEntry("epochs", 6.0);
        assertThat(Files.readString(folder.resolve("table.md"))).contains("- stack: ease (", "dim 6");
    }

    @Test
    void mixtures_goIntoWrappersAsClosedFormsDo() throws Exception {
        List<Part> parts = List.of(Part.of("ease"), Part.of("ssm"));
        List<Part> mixtures =
                List.of(new Part("blend", Map.of(), Map.of(), parts), new Part("stack", Map.of(), Map.of(), parts));
        Configuration configuration =
                configuration(mixtures).withModels(mixtures, List.of(Part.of("popularity"), Part.of("lmmrec")));

        Results results = run(Study.LMMREC, configuration, folder, new Epochs(Integer.MAX_VALUE));

        assertThat(results.rows())
                .extracting(Row::label)
                .containsExactly(
                        "blend",
                        "blend + popularity",
                        "blend + lmmrec",
                        "stack",
                        "stack + popularity",
                        "stack + lmmrec");
        assertThat(results.rows().get(5).runs().get(0).notes()).containsKeys("blend: stack", "blend: lmmrec text");
        assertThat(results.rows().get(2).runs().get(0).bestEpoch()).isPositive();
        assertThat(filesIn(folder.resolve("unfinished"))).isEmpty();
    }

    @Test
    void blend_onValidation_isAsGoodAsItsBestPart() throws Exception {
        Results results = run(List.of(mixture("blend")), folder, new Epochs(Integer.MAX_VALUE));

        Row row = results.rows().get(0);
        double both = row.validation().get("recall@20").mean()
                + row.validation().get("ndcg@20").mean();
        row.runs().get(0).notes().entrySet().stream()
                .filter(note -> note.getKey().startsWith("part "))
                .map(note -> note.getValue().split("[ ,]+"))
                .forEach(words -> assertThat(both)
                        .isGreaterThanOrEqualTo(Double.parseDouble(words[2]) + Double.parseDouble(words[4]) - 1e-4));
    }

    @Test
    void trainingThatWasKilled_goesOnFromItsCheckpoint_andEndsInTheSamePlace() throws Exception {
        Path whole = folder.resolve("whole");
        Epochs uninterrupted = new Epochs(Integer.MAX_VALUE);
        run(List.of(mixture("stack")), whole, uninterrupted);
        Path stopped = folder.resolve("stopped");

        // in the fifth epoch of the second of the learnt parts
        assertThatThrownBy(() -> run(List.of(mixture("stack")), stopped, new Epochs(11)))
                .hasMessage("killed");
        assertThat(stopped.resolve("unfinished")).isNotEmptyDirectory();
        Epochs rest = new Epochs(Integer.MAX_VALUE);
        run(List.of(mixture("stack")), stopped, rest);

        assertThat(uninterrupted.trained).hasSize(12);
        assertThat(rest.trained).containsExactly(5, 6);
        assertThat(results(stopped)).isEqualTo(results(whole));
        assertThat(filesIn(stopped.resolve("unfinished"))).isEmpty();
    }

    @Test
    void stack_whereOnlyEvenUsersHaveSomethingToValidateOn_isMeasured() throws Exception {
        Results results = run(
                Study.BACKBONES,
                configuration(List.of(mixture("stack"))),
                validatedOn(user -> user % 2 == 0),
                folder,
                new Epochs(Integer.MAX_VALUE));

        assertThat(results.rows()).extracting(Row::label).containsExactly("stack");
    }

    @Test
    void stack_withTooFewUsersToValidateOn_isRefusedBeforeItsPartsAreTrained() throws Exception {
        Source source = validatedOn(user -> user == 2);
        Epochs epochs = new Epochs(Integer.MAX_VALUE);

        assertThatThrownBy(() -> run(Study.BACKBONES, configuration(List.of(mixture("stack"))), source, folder, epochs))
                .isInstanceOf(RefusedInputException.class)
                .hasMessageContaining("1 of the 2 users");
        assertThat(epochs.trained).isEmpty();
    }

    private static Source validatedOn(IntPredicate chosen) throws RefusedInputException {
        Split split = SOURCE.split(1);
        List<Pair> kept = new ArrayList<>();
        for (int user = 0; user < split.validation().users(); user++) {
            for (int item : split.validation().itemsOf(user)) {
                if (chosen.test(user)) {
                    kept.add(new Pair(user, item));
                }
            }
        }
        return new Source.Published(new PublishedSplit(
                SOURCE.dataset().orElseThrow().users(),
                SOURCE.dataset().orElseThrow().items(),
                new Split(
                        split.train(),
                        Interactions.of(
                                split.validation().users(), split.validation().items(), kept),
                        split.test())));
    }

    @Test
    void wrongMixtures_areAllTold() {
        Configuration configuration = configuration(List.of(
                new Part("stack", Map.of(), Map.of(), List.of(Part.of("ease"))),
                new Part("slim", Map.of(), Map.of("dims", List.of(3.0)), PARTS),
                new Part(
                        "blend",
                        Map.of("weight", List.of(1.0)),
                        Map.of(),
                        List.of(mixture("stack"), Part.of("eas"), Part.of("ease")))));

        List<Problem> problems = new ConfigurationCheck(new Catalogue(), new Wrappings())
                .check(configuration)
                .problems();

        assertThat(problems)
                .extracting(Problem::field)
                .contains(
                        "backbones[0]",
                        "backbones[1].of",
                        "backbones[1].fit.dims",
                        "backbones[2].settings.weight",
                        "backbones[2].of[0]",
                        "backbones[2].of[1]");
        assertThat(problems)
                .filteredOn(problem -> problem.field().equals("backbones[2].of[1]"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("no backbone eas", "ease-normalised", "blend", "stack"));
    }

    private static Part mixture(String name) {
        return new Part(name, Map.of(), Map.of(), PARTS);
    }

    private static Configuration configuration(List<Part> backbones) {
        return new Configuration(
                Configuration.DEFAULTS.data(),
                Configuration.DEFAULTS.protocol(),
                SHORT,
                backbones,
                List.of(),
                new Search(1, 1),
                200,
                List.of(1L));
    }

    private static Results run(List<Part> backbones, Path out, Listener listener) throws Exception {
        return run(Study.BACKBONES, configuration(backbones), out, listener);
    }

    private static Results run(Study study, Configuration configuration, Path out, Listener listener) throws Exception {
        return run(study, configuration, SOURCE, out, listener);
    }

    private static Results run(Study study, Configuration configuration, Source source, Path out, Listener listener)
            throws Exception {
        return new StudyRun(
                        configuration,
                        new Catalogue(),
                        new Wrappings(),
                        new Host("machine", "commit", "./lmmrec experiment"),
                        Clock.systemUTC(),
                        listener,
                        Duration.ZERO)
                .run(study, source, out);
    }

    private static String results(Path out) throws IOException {
        return Files.readString(out.resolve("results.json"));
    }

    private static List<Path> filesIn(Path out) throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Writes down the epochs of training, and dies after some of them. */
    private static final class Epochs implements Listener {

        private final List<Integer> trained = new ArrayList<>();
        private final int stopAfter;

        Epochs(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void done(String name, String outcome, long startedNanos) {}

        @Override
        public void progress(String name, int step, int stepsMax) {
            if (name.startsWith("train")) {
                trained.add(step);
                if (trained.size() == stopAfter) {
                    throw new IllegalStateException("killed");
                }
            }
        }
    }
}
