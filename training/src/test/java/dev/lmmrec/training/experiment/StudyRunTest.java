package dev.lmmrec.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Setting;
import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.configuration.Configuration;
import dev.lmmrec.training.configuration.Configuration.Search;
import dev.lmmrec.training.configuration.Part;
import dev.lmmrec.training.data.PublishedSplit;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.Source;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.evaluation.Slices;
import dev.lmmrec.training.fit.Trainer;
import dev.lmmrec.training.run.Listener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRunTest {

    private static final Source SOURCE =
            new Source.Reviews(SyntheticRows.dataset(SyntheticRows.of(40, 30, 3, 6, 2)), "planted");
    private static final Map<String, List<Double>> SHORT = Map.of(
            "epochs", List.of(4.0), "validate-every", List.of(2.0), "dim", List.of(4.0), "batch", List.of(128.0));
    private static final List<Part> BACKBONES = List.of(
            Part.of("popularity"), new Part("ease", Map.of("ridge", List.of(10.0, 100.0))), Part.of("lightgcn"));

    @TempDir
    private Path folder;

    @Test
    void studyThatWasStoppedAnywhere_goesOnAndEndsInTheSamePlace() throws Exception {
        Path whole = folder.resolve("whole");
        Counts uninterrupted = new Counts(Integer.MAX_VALUE);
        run(Study.BACKBONES, configuration(), SOURCE, whole, uninterrupted);

        assertThat(uninterrupted.done).hasSizeGreaterThan(6);
        for (int stop = 1; stop < uninterrupted.done.size(); stop += 3) {
            Path stopped = folder.resolve("stopped-" + stop);
            int at = stop;
            assertThatThrownBy(() -> run(Study.BACKBONES, configuration(), SOURCE, stopped, new Counts(at)))
                    .hasMessage("killed");
            assertThat(stopped.resolve("results.json")).doesNotExist();
            Counts rest = new Counts(Integer.MAX_VALUE);
            run(Study.BACKBONES, configuration(), SOURCE, stopped, rest);

            assertThat(rest.done).as("work after a stop at %s", stop).hasSize(uninterrupted.done.size() - stop);
            assertThat(files(stopped)).isEqualTo(files(whole));
        }
    }

    @Test
    void finishedStudy_runAgain_computesNothing() throws Exception {
        run(Study.BACKBONES, configuration(), SOURCE, folder, new Counts(Integer.MAX_VALUE));
        Counts again = new Counts(Integer.MAX_VALUE);

        run(Study.BACKBONES, configuration(), SOURCE, folder, again);

        assertThat(again.done).isEmpty();
    }

    @Test
    void damagedCell_isComputedAgain() throws Exception {
        run(Study.BACKBONES, configuration(), SOURCE, folder, new Counts(Integer.MAX_VALUE));
        Map<String, String> before = files(folder);
        Path cell = folder.resolve(before.keySet().stream()
                .filter(name -> name.startsWith("cells/ease"))
                .findFirst()
                .orElseThrow());
        Files.writeString(cell, Files.readString(cell).substring(0, 100));
        Counts again = new Counts(Integer.MAX_VALUE);

        run(Study.BACKBONES, configuration(), SOURCE, folder, again);

        assertThat(again.done).hasSize(1);
        assertThat(files(folder)).isEqualTo(before);
    }

    @Test
    void otherData_inTheSameFolder_areOtherCells() throws Exception {
        Configuration popularity = configuration()
                .withModels(List.of(Part.of("popularity")), List.of())
                .withSeeds(List.of(1L));
        run(Study.BACKBONES, popularity, SOURCE, folder, new Counts(Integer.MAX_VALUE));
        Source other = new Source.Reviews(SyntheticRows.dataset(SyntheticRows.of(40, 30, 3, 6, 3)), "planted anew");
        Counts counts = new Counts(Integer.MAX_VALUE);

        run(Study.BACKBONES, popularity, other, folder, counts);

        assertThat(counts.done).hasSize(1);
    }

    @Test
    void search_triesTheSameNumberForEveryModelAndTakesTheBestOnValidation() throws Exception {
        Results results = run(Study.BACKBONES, configuration(), SOURCE, folder, new Counts(Integer.MAX_VALUE));

        Results.Chosen ease = results.choices().get(1);
        assertThat(ease.trials()).hasSize(2);
        double best = ease.trials().stream()
                .mapToDouble(CellResult.Trial::validationRecall)
                .max()
                .orElseThrow();
        assertThat(ease.trials())
                .filteredOn(trial -> trial.choice().equals(ease.choice()))
                .singleElement()
                .satisfies(trial -> assertThat(trial.validationRecall()).isEqualTo(best));
        assertThat(results.choices().get(2).trials()).hasSize(3);
        assertThat(results.choices().get(0).trials()).isEmpty();
    }

    @Test
    void publishedSplit_needsOneRunOfAClosedForm() throws Exception {
        Split split = SOURCE.split(1);
        List<String> users = SOURCE.dataset().orElseThrow().users();
        List<String> items = SOURCE.dataset().orElseThrow().items();
        Source published = new Source.Published(new PublishedSplit(users, items, split));

        Results results = run(Study.BACKBONES, configuration(), published, folder, new Counts(Integer.MAX_VALUE));

        assertThat(results.rows()).extracting(row -> row.runs().size()).containsExactly(1, 1, 2);
    }

    @Test
    void singleRun_isComparedWithTheRunsOfAllSeeds() throws Exception {
        Results results = moodyOnAPublishedSplit();

        double popularity = results.rows().get(0).test().get("recall@20").mean();
        assertThat(popularity).isBetween(0.1, 0.99);
        // all in the first seed, nothing in the second
        assertThat(results.rows().get(1).test().get("recall@20").mean()).isEqualTo(0.5);
        assertThat(results.comparisons())
                .filteredOn(comparison -> comparison.figure().equals("recall@20"))
                .singleElement()
                .satisfies(comparison -> {
                    assertThat(comparison.seeds()).isEqualTo(2);
                    assertThat(comparison.difference().difference()).isEqualTo(0.5 - popularity, within(1e-9));
                });
        assertThat(Files.readString(folder.resolve("table.md")))
                .contains(
                        "| model | against | figure | seeds | difference |",
                        "| popularity + moody | popularity | recall@20 | 2 | ");
    }

    @Test
    void slices_ofModelsWithOneRunAndSeveral_shareTheirColumns() throws Exception {
        Results results = moodyOnAPublishedSplit();

        List<String> lines = Files.readAllLines(folder.resolve("table.md"));
        for (String title : List.of("Recall@20 / NDCG@20 of users", "Recall@20 of held-out pairs")) {
            int at = IntStream.range(0, lines.size())
                    .filter(line -> lines.get(line).startsWith(title))
                    .findFirst()
                    .orElseThrow();
            List<String> columns = cells(lines.get(at + 2));
            assertThat(columns).as(title).hasSizeGreaterThan(1);
            assertThat(columns.stream().skip(1).map(column -> column.replaceFirst(" .*", "")))
                    .as(title)
                    .doesNotHaveDuplicates();
            assertThat(cells(lines.get(at + 4)))
                    .as(title)
                    .hasSameSizeAs(columns)
                    .doesNotContain("");
            assertThat(cells(lines.get(at + 5)))
                    .as(title)
                    .hasSameSizeAs(columns)
                    .doesNotContain("");
        }
        Slices.Users first = results.rows().get(0).userSlices().get(0);
        assertThat(results.rows().get(1).userSlices().get(0).users()).isEqualTo(2 * first.users());
        assertThat(lines)
                .anyMatch(line -> line.contains("| " + first.trainInteractions() + " (" + first.users() + ") |"));
    }

    private static List<String> cells(String line) {
        return Stream.of(line.substring(1, line.length() - 1).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    @Test
    void wrapper_isMeasuredAgainstItsBackboneAndWithoutItsParts() throws Exception {
        Wrappings wrappings = new Wrappings(List.of(new Alone(), new Oracle()));
        Configuration configuration = configuration()
                .withModels(List.of(Part.of("popularity")), List.of())
                .withSearch(new Search(1, 1));

        Results results = new StudyRun(
                        configuration,
                        new Catalogue(),
                        wrappings,
                        new Host("m", "c", "x"),
                        Clock.systemUTC(),
                        Listener.SILENT)
                .run(Study.ABLATION, SOURCE, folder);

        assertThat(results.rows())
                .extracting(Results.Row::label)
                .containsExactly("popularity", "popularity + oracle", "popularity + oracle without sight");
        assertThat(results.comparisons())
                .filteredOn(comparison -> comparison.figure().equals("recall@20"))
                .satisfiesExactly(
                        whole -> {
                            assertThat(whole.second()).isEqualTo("popularity");
                            assertThat(whole.difference().p()).isLessThan(0.05);
                            assertThat(whole.seeds()).isEqualTo(2);
                        },
                        blind -> {
                            assertThat(blind.second()).isEqualTo("popularity + oracle");
                            assertThat(blind.difference().upper()).isNegative();
                        });
        String table = Files.readString(folder.resolve("table.md"));
        assertThat(table).contains("| popularity + oracle | 1.0000 ± 0.0000", "sight 1 (nothing searched)");
    }

    @Test
    void noise_isStudiedByShareAndDrawn() throws Exception {
        Configuration configuration = configuration()
                .withModels(List.of(Part.of("ease")), List.of(Part.of(Alone.NAME)))
                .withSearch(new Search(1, 1));

        Results results = run(Study.NOISE, configuration, SOURCE, folder, new Counts(Integer.MAX_VALUE));

        assertThat(results.rows()).extracting(row -> row.noise().share()).containsExactly(0.0, 0.1, 0.2, 0.3);
        assertThat(picture("noise-interactions-recall-20.png")).isTrue();
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("results.json").toFile());
        assertThat(json.get("rows").get(3).get("noise").get("kind").asText()).isEqualTo("INTERACTIONS");
    }

    @Test
    void sensitivity_variesOneSettingAtATime() throws Exception {
        Configuration configuration = configuration()
                .withModels(List.of(BACKBONES.get(1)), List.of(Part.of(Alone.NAME)))
                .withSearch(new Search(1, 1))
                .withSeeds(List.of(1L));

        Results results = run(Study.SENSITIVITY, configuration, SOURCE, folder, new Counts(Integer.MAX_VALUE));

        assertThat(results.rows())
                .extracting(Results.Row::label)
                .containsExactly("ease", "ease, ridge 10", "ease, ridge 100");
        assertThat(picture("sensitivity-ridge.png")).isTrue();
    }

    @Test
    void sensitivity_toASettingThatTwoGroupsHave_isToldAndDrawnApart() throws Exception {
        Part backbone = new Part(
                "mf-bpr",
                Map.of("l2", List.of(1e-3, 1e-2)),
                Map.of("l2", List.of(1e-3, 1e-2), "learning-rate", List.of(5e-3)),
                List.of());
        Configuration configuration = configuration()
                .withModels(List.of(backbone), List.of(Part.of(Alone.NAME)))
                .withSearch(new Search(1, 1))
                .withSeeds(List.of(1L));

        Results results = run(Study.SENSITIVITY, configuration, SOURCE, folder, new Counts(Integer.MAX_VALUE));

        assertThat(results.rows())
                .extracting(Results.Row::label)
                .containsExactly(
                        "mf-bpr",
                        "mf-bpr, l2 of backbone 0.001",
                        "mf-bpr, l2 of backbone 0.01",
                        "mf-bpr, l2 of fit 0.001",
                        "mf-bpr, l2 of fit 0.01");
        assertThat(picture("sensitivity-l2-of-backbone.png")).isTrue();
        assertThat(picture("sensitivity-l2-of-fit.png")).isTrue();
    }

    @Test
    void rowsOfOneName_areRefusedBeforeAnyIsComputed() {
        Configuration twice = configuration()
                .withModels(List.of(Part.of("popularity"), Part.of("popularity")), List.of())
                .withSearch(new Search(1, 1));
        Counts counts = new Counts(Integer.MAX_VALUE);

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> run(Study.BACKBONES, twice, SOURCE, folder, counts))
                .withMessageContaining("two rows are called 'popularity'");
        assertThat(counts.done).isEmpty();
    }

    @Test
    void wrapperWithoutText_leavesNothingToStudyOnlyIfNoBackboneIsLeft() throws Exception {
        Source published = new Source.Published(new PublishedSplit(
                SOURCE.dataset().orElseThrow().users(),
                SOURCE.dataset().orElseThrow().items(),
                SOURCE.split(1)));
        Configuration configuration = configuration()
                .withModels(List.of(Part.of("popularity")), List.of())
                .withSearch(new Search(1, 1));

        Results results = run(Study.LMMREC, configuration, published, folder, new Counts(Integer.MAX_VALUE));

        assertThat(results.rows()).hasSize(1);
        assertThat(results.notes()).isNotEmpty().allSatisfy(note -> assertThat(note)
                .contains("left out"));
        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> new StudyRun(
                                configuration,
                                new Catalogue(),
                                new Wrappings(List.of(new NeverFits())),
                                new Host("m", "c", "x"),
                                Clock.systemUTC(),
                                Listener.SILENT)
                        .run(Study.BACKBONES, published, folder))
                .withMessageContaining("nothing is left to study");
    }

    /** One run of popularity, and one for each of two seeds of something around it. */
    private Results moodyOnAPublishedSplit() throws Exception {
        Source published = new Source.Published(new PublishedSplit(
                SOURCE.dataset().orElseThrow().users(),
                SOURCE.dataset().orElseThrow().items(),
                SOURCE.split(1)));
        return new StudyRun(
                        configuration()
                                .withModels(List.of(Part.of("popularity")), List.of())
                                .withSearch(new Search(1, 1)),
                        new Catalogue(),
                        new Wrappings(List.of(new Alone(), new Moody())),
                        new Host("m", "c", "x"),
                        Clock.systemUTC(),
                        Listener.SILENT)
                .run(Study.LMMREC, published, folder);
    }

    private boolean picture(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        return bytes.length > 5_000 && bytes[1] == 'P' && bytes[2] == 'N' && bytes[3] == 'G';
    }

    private static Configuration configuration() {
        return new Configuration(
                Configuration.DEFAULTS.data(),
                Configuration.DEFAULTS.protocol(),
                SHORT,
                BACKBONES,
                List.of(),
                new Search(3, 1),
                200,
                List.of(1L, 2L));
    }

    private static Results run(Study study, Configuration configuration, Source source, Path out, Listener listener)
            throws IOException, RefusedInputException {
        return new StudyRun(
                        configuration,
                        new Catalogue(),
                        new Wrappings(),
                        new Host("machine", "commit", "./lmmrec experiment"),
                        Clock.systemUTC(),
                        listener)
                .run(study, source, out);
    }

    /** All that does not depend on when and how fast. */
    private static Map<String, String> files(Path out) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(out)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = out.relativize(file).toString();
                if (!name.startsWith("computed")) {
                    files.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    /** Counts finished work, and dies after some of it. */
    private static final class Counts implements Listener {

        private final List<String> done = new ArrayList<>();
        private final int stopAfter;

        Counts(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void done(String name, String outcome, long startedNanos) {
            done.add(name);
            if (done.size() == stopAfter) {
                throw new IllegalStateException("killed");
            }
        }

        @Override
        public void progress(String name, int step, int stepsMax) {}
    }

    /** Knows the held-out items, unless its sight is taken. */
    private static final class Oracle implements Wrapping {

        @Override
        public String name() {
            return "oracle";
        }

        @Override
        public boolean needsText() {
            return true;
        }

        @Override
        public List<Setting> settings() {
            return List.of(new Setting("sight", 1, 0, 1, true, List.of(), "whether it sees"));
        }

        @Override
        public Map<String, Map<String, Double>> ablations() {
            return Map.of("sight", Map.of("sight", 0.0));
        }

        @Override
        public boolean learns(Backbone backbone) {
            return false;
        }

        @Override
        public Fitted fit(Backbone backbone, Task task, Trainer trainer, Map<String, Double> values) {
            return new Fitted(
                    (user, scores) -> {
                        for (int item = 0; item < scores.length; item++) {
                            boolean hit = task.split().test().contains(user, item);
                            scores[item] = (float) (hit ? values.get("sight") : 0.5 + (item % 7) / 100.0);
                        }
                    },
                    0,
                    List.of(),
                    Map.of());
        }
    }

    /** Knows the held-out items in odd seeds, and shuns them in even ones. */
    private static final class Moody implements Wrapping {

        @Override
        public String name() {
            return "moody";
        }

        @Override
        public boolean needsText() {
            return false;
        }

        @Override
        public List<Setting> settings() {
            return List.of();
        }

        @Override
        public Map<String, Map<String, Double>> ablations() {
            return Map.of();
        }

        @Override
        public boolean fits(Backbone backbone) {
            return true;
        }

        @Override
        public boolean learns(Backbone backbone) {
            return true;
        }

        @Override
        public Fitted fit(Backbone backbone, Task task, Trainer trainer, Map<String, Double> values) {
            float held = trainer.settings().seed() % 2 == 1 ? 1 : -1;
            return new Fitted(
                    (user, scores) -> {
                        for (int item = 0; item < scores.length; item++) {
                            scores[item] = task.split().test().contains(user, item) ? held : 0;
                        }
                    },
                    0,
                    List.of(),
                    Map.of());
        }
    }

    /** Goes with no backbone. */
    private static final class NeverFits implements Wrapping {

        private final Wrapping alone = new Alone();

        @Override
        public String name() {
            return alone.name();
        }

        @Override
        public boolean fits(Backbone backbone) {
            return false;
        }

        @Override
        public boolean learns(Backbone backbone) {
            return false;
        }

        @Override
        public Fitted fit(Backbone backbone, Task task, Trainer trainer, Map<String, Double> values) {
            return alone.fit(backbone, task, trainer, values);
        }
    }
}
