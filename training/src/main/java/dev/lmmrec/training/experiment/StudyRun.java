package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.configuration.Configuration;
import dev.lmmrec.training.configuration.Part;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.Source;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.Figure;
import dev.lmmrec.training.evaluation.Metrics.Spread;
import dev.lmmrec.training.evaluation.PairedBootstrap;
import dev.lmmrec.training.evaluation.PairedBootstrap.Sample;
import dev.lmmrec.training.evaluation.Slices;
import dev.lmmrec.training.experiment.Results.Comparison;
import dev.lmmrec.training.experiment.Results.Row;
import dev.lmmrec.training.experiment.Results.Run;
import dev.lmmrec.training.fit.Trained.Checkpoint;
import dev.lmmrec.training.run.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a study and writes {@code table.md}, {@code results.json} and plots into a folder, beside the cells, from which
 * it goes on when it is run again.
 */
public final class StudyRun {

    private static final int CUTOFF = 20;
    private static final List<Figure> COMPARED = List.of(Figure.RECALL, Figure.NDCG);
    private static final List<Double> NOISE_SHARES = List.of(0.1, 0.2, 0.3);
    private static final Duration LOST_AT_MOST = Duration.ofSeconds(20);
    private static final String RECALL = Figure.RECALL.at(CUTOFF);

    private final Configuration configuration;
    private final Catalogue catalogue;
    private final Wrappings wrappings;
    private final Host host;
    private final Clock clock;
    private final Listener listener;
    private final Duration pause;

    /**
     * Sets the run.
     *
     * @param configuration checked, with at least one seed
     * @param catalogue the backbones
     * @param wrappings what can be put around them
     * @param host where the study is computed
     * @param clock dates the cells
     * @param listener is told how it goes on
     */
    public StudyRun(
            Configuration configuration,
            Catalogue catalogue,
            Wrappings wrappings,
            Host host,
            Clock clock,
            Listener listener) {
        this(configuration, catalogue, wrappings, host, clock, listener, LOST_AT_MOST);
    }

    StudyRun(
            Configuration configuration,
            Catalogue catalogue,
            Wrappings wrappings,
            Host host,
            Clock clock,
            Listener listener,
            Duration pause) {
        this.configuration = configuration;
        this.catalogue = catalogue;
        this.wrappings = wrappings;
        this.host = host;
        this.clock = clock;
        this.listener = listener;
        this.pause = pause;
    }

    /** A model whose settings are chosen. */
    private record Model(Part backbone, Part wrapper, Choice choice) {}

    /**
     * Runs.
     *
     * @param study what to study
     * @param source the data
     * @param out gets the files
     * @return what was found
     * @throws RefusedInputException if the data cannot be split, or nothing is left to study
     * @throws IOException if a file cannot be written
     */
    public Results run(Study study, Source source, Path out) throws IOException, RefusedInputException {
        CellFiles files = new CellFiles(out);
        Cells cells = new Cells(source, catalogue, wrappings, files, host, clock, listener, pause);
        List<String> notes = new ArrayList<>();
        List<Results.Chosen> choices = new ArrayList<>();
        Chooser chooser = new Chooser(catalogue, wrappings, FitSettings.of(source), configuration);
        List<Model> models = models(study, source, chooser, cells, choices, notes);
        List<List<Cell>> planned = plan(study, models, chooser, source);
        requireDistinct(planned);
        Map<String, List<CellResult>> byLabel = compute(planned, cells);
        List<Row> rows = byLabel.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
        Results results = new Results(
                study.toString(),
                source.fingerprint(),
                source.summary(),
                configuration.seeds(),
                configuration.search().trials(),
                configuration.resamples(),
                choices,
                rows,
                comparisons(study, rows, byLabel),
                notes);
        files.writeForPeople("results", results);
        files.writeText("table.md", new ResultTables(study, results, host.command()).text());
        Plots plots = new Plots(files);
        plots.write(study, results, curves(byLabel))
                .ifPresent(problem -> listener.done("plot", problem, System.nanoTime()));
        return results;
    }

    private List<Model> models(
            Study study, Source source, Chooser chooser, Cells cells, List<Results.Chosen> choices, List<String> notes)
            throws IOException, RefusedInputException {
        long seed = configuration.seeds().get(0);
        List<Model> models = new ArrayList<>();
        for (Part backbone : backbones()) {
            for (Part wrapper : wrappers(study)) {
                Wrapping wrapping = wrappings.named(wrapper.name());
                Optional<String> missing = wrapping.missing(source.dataset());
                if (missing.isPresent()) {
                    notes.add(backbone.name() + " + " + wrapper.name() + " left out: " + missing.get());
                } else if (!wrapping.fits(new Backbones(catalogue).sample(backbone.name()))) {
                    notes.add(backbone.name() + " + " + wrapper.name() + " left out: the two do not go together");
                } else {
                    Chooser.Chosen chosen = chooser.choose(backbone, wrapper, choice -> cells.trial(choice, seed));
                    choices.add(new Results.Chosen(chosen.choice().model(), chosen.choice(), chosen.trials()));
                    models.add(new Model(backbone, wrapper, chosen.choice()));
                }
            }
        }
        if (models.isEmpty()) {
            throw new RefusedInputException("nothing is left to study: " + String.join("; ", notes));
        }
        return models;
    }

    private List<Part> backbones() {
        return configuration.backbones().isEmpty()
                ? catalogue.recipes().stream()
                        .map(recipe -> Part.of(recipe.name()))
                        .toList()
                : configuration.backbones();
    }

    /** A backbone alone is what everything is compared with, so it is always there. */
    private List<Part> wrappers(Study study) {
        List<Part> wrappers = new ArrayList<>(List.of(Part.of(Alone.NAME)));
        if (study == Study.BACKBONES) {
            return wrappers;
        }
        List<Part> named = configuration.wrappers().isEmpty()
                ? wrappings.all().stream()
                        .map(wrapping -> Part.of(wrapping.name()))
                        .toList()
                : configuration.wrappers();
        named.stream().filter(wrapper -> !wrapper.name().equals(Alone.NAME)).forEach(wrappers::add);
        return wrappers;
    }

    /** The cells of each row. */
    private List<List<Cell>> plan(Study study, List<Model> models, Chooser chooser, Source source) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Model model : models) {
            Choice choice = model.choice();
            switch (study) {
                case BACKBONES, LMMREC, COLD_START ->
                    rows.add(overSeeds(choice.model(), choice, Noise.NOTHING, source));
                case ABLATION -> {
                    rows.add(overSeeds(choice.model(), choice, Noise.NOTHING, source));
                    wrappings.named(choice.wrapper()).ablations().forEach((what, without) -> {
                        Choice left = choice;
                        for (Map.Entry<String, Double> setting : without.entrySet()) {
                            left = left.with(Choice.Group.WRAPPER, setting.getKey(), setting.getValue());
                        }
                        rows.add(overSeeds(choice.model() + " without " + what, left, Noise.NOTHING, source));
                    });
                }
                case NOISE -> {
                    rows.add(overSeeds(choice.model(), choice, Noise.NOTHING, source));
                    for (Noise.Kind kind : List.of(Noise.Kind.INTERACTIONS, Noise.Kind.TEXT)) {
                        if (kind == Noise.Kind.TEXT
                                && !wrappings.named(choice.wrapper()).needsText()) {
                            continue;
                        }
                        for (double share : NOISE_SHARES) {
                            rows.add(overSeeds(
                                    ResultTables.noisy(choice.model(), kind, share),
                                    choice,
                                    new Noise(kind, share),
                                    source));
                        }
                    }
                }
                case SENSITIVITY -> {
                    rows.add(overSeeds(choice.model(), choice, Noise.NOTHING, source));
                    rows.addAll(sensitivity(model, chooser, source));
                }
            }
        }
        return rows;
    }

    /** Results are kept by label: of two rows that share one, only the last would be told. */
    private static void requireDistinct(List<List<Cell>> rows) throws RefusedInputException {
        Set<String> labels = new HashSet<>();
        for (List<Cell> row : rows) {
            String label = row.get(0).label();
            if (!labels.add(label)) {
                throw new RefusedInputException("two rows are called '" + label + "'; name each backbone, wrapper and"
                        + " value of a setting once");
            }
        }
    }

    private List<List<Cell>> sensitivity(Model model, Chooser chooser, Source source) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Chooser.Axis axis : chooser.axes(model.backbone(), model.wrapper(), model.choice())) {
            for (double value : axis.values()) {
                Choice varied = model.choice().with(axis.group(), axis.setting(), value);
                rows.add(overSeeds(
                        ResultTables.varied(varied, axis.group(), axis.setting()), varied, Noise.NOTHING, source));
            }
        }
        return rows;
    }

    /** Where neither split nor model depends on the seed, one run is all there is. */
    private List<Cell> overSeeds(String label, Choice choice, Noise noise, Source source) {
        boolean fixed = source instanceof Source.Published && noise.equals(Noise.NOTHING) && !choice.learns();
        return configuration.seeds().stream()
                .limit(fixed ? 1 : Long.MAX_VALUE)
                .map(seed -> new Cell(label, choice, seed, noise))
                .toList();
    }

    private Map<String, List<CellResult>> compute(List<List<Cell>> rows, Cells cells)
            throws IOException, RefusedInputException {
        int all = rows.stream().mapToInt(List::size).sum();
        int done = 0;
        Map<String, List<CellResult>> byLabel = new LinkedHashMap<>();
        for (List<Cell> row : rows) {
            List<CellResult> results = new ArrayList<>();
            for (Cell cell : row) {
                results.add(cells.result(cell));
                listener.progress("cells", ++done, all);
            }
            byLabel.put(row.get(0).label(), results);
        }
        return byLabel;
    }

    private static Row row(String label, List<CellResult> results) {
        Cell first = results.get(0).cell();
        return new Row(
                label,
                first.choice(),
                first.noise(),
                results.stream()
                        .map(result -> new Run(result.cell().seed(), result.bestEpoch(), result.test(), result.notes()))
                        .toList(),
                spreads(results, CellResult::test),
                spreads(results, CellResult::validation),
                userSlices(results),
                itemSlices(results));
    }

    private static Map<String, Spread> spreads(
            List<CellResult> results, Function<CellResult, Map<String, Double>> figures) {
        Map<String, Spread> spreads = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            for (int k : Evaluation.CUTOFFS) {
                String name = figure.at(k);
                spreads.put(
                        name,
                        Spread.of(results.stream()
                                .mapToDouble(result -> figures.apply(result).get(name))
                                .toArray()));
            }
        }
        return spreads;
    }

    private static List<Slices.Users> userSlices(List<CellResult> results) {
        Map<String, List<Slices.Users>> byRange = results.stream()
                .flatMap(result -> result.userSlices().stream())
                .collect(Collectors.groupingBy(
                        Slices.Users::trainInteractions, () -> new TreeMap<>(BY_COUNT), Collectors.toList()));
        List<Slices.Users> slices = new ArrayList<>();
        byRange.forEach((range, own) -> {
            int users = own.stream().mapToInt(Slices.Users::users).sum();
            slices.add(new Slices.Users(
                    range,
                    users,
                    own.stream()
                                    .mapToDouble(slice -> slice.users() * slice.recall())
                                    .sum()
                            / users,
                    own.stream()
                                    .mapToDouble(slice -> slice.users() * slice.ndcg())
                                    .sum()
                            / users));
        });
        return slices;
    }

    private static List<Slices.Items> itemSlices(List<CellResult> results) {
        Map<String, List<Slices.Items>> byRange = results.stream()
                .flatMap(result -> result.itemSlices().stream())
                .collect(Collectors.groupingBy(
                        Slices.Items::trainInteractions, () -> new TreeMap<>(BY_COUNT), Collectors.toList()));
        List<Slices.Items> slices = new ArrayList<>();
        byRange.forEach((range, own) -> {
            int pairs = own.stream().mapToInt(Slices.Items::pairs).sum();
            slices.add(new Slices.Items(
                    range,
                    pairs,
                    own.stream()
                                    .mapToDouble(slice -> slice.pairs() * slice.recall())
                                    .sum()
                            / pairs));
        });
        return slices;
    }

    /** By the number that a range begins with. */
    static final Comparator<String> BY_COUNT =
            Comparator.comparingInt(range -> Integer.parseInt(range.replaceFirst("-.*", "")));

    private List<Comparison> comparisons(Study study, List<Row> rows, Map<String, List<CellResult>> byLabel) {
        List<Comparison> comparisons = new ArrayList<>();
        PairedBootstrap bootstrap = new PairedBootstrap(
                configuration.resamples(), configuration.search().seed());
        for (Row row : rows) {
            for (String other : opponents(study, row, rows)) {
                for (Figure figure : COMPARED) {
                    comparisons.add(compare(row.label(), other, figure, byLabel, bootstrap));
                }
            }
        }
        return comparisons;
    }

    /**
     * What a row is to be compared with: among backbones the best on validation; a wrapped backbone with every simpler
     * way of using it; a row that varies a model with that model.
     */
    private static List<String> opponents(Study study, Row row, List<Row> rows) {
        String model = row.choice().model();
        String backbone = row.choice().backbone();
        Stream<String> opponents =
                switch (study) {
                    case BACKBONES ->
                        rows.stream()
                                .max(Comparator.comparingDouble(
                                        other -> other.validation().get(RECALL).mean()))
                                .map(Row::label)
                                .stream();
                    case LMMREC, COLD_START, ABLATION, NOISE, SENSITIVITY ->
                        row.label().equals(model)
                                ? Stream.of(
                                        backbone,
                                        backbone + " + " + BlendedChannels.POPULARITY,
                                        backbone + " + " + BlendedChannels.WORDS)
                                : Stream.of(model);
                };
        List<String> labels = rows.stream().map(Row::label).toList();
        int own = labels.indexOf(row.label());
        return opponents
                .filter(label -> labels.contains(label) && !label.equals(row.label()))
                .filter(label -> study == Study.BACKBONES || labels.indexOf(label) < own)
                .toList();
    }

    /** A single run is the same whatever the seed, so it stands beside each run of the other. */
    private static Comparison compare(
            String first,
            String second,
            Figure figure,
            Map<String, List<CellResult>> byLabel,
            PairedBootstrap bootstrap) {
        List<CellResult> ones = byLabel.get(first);
        List<CellResult> others = byLabel.get(second);
        boolean single = ones.size() == 1 || others.size() == 1;
        List<Sample> a = new ArrayList<>();
        List<Sample> b = new ArrayList<>();
        for (CellResult one : ones) {
            for (CellResult other : others) {
                if (single || one.cell().seed() == other.cell().seed()) {
                    a.add(Sample.of(one.placements(), figure, CUTOFF));
                    b.add(Sample.of(other.placements(), figure, CUTOFF));
                }
            }
        }
        return new Comparison(first, second, figure.at(CUTOFF), a.size(), bootstrap.of(a, b));
    }

    private static Map<String, List<Checkpoint>> curves(Map<String, List<CellResult>> byLabel) {
        Map<String, List<Checkpoint>> curves = new LinkedHashMap<>();
        byLabel.forEach((label, results) -> {
            CellResult first = results.get(0);
            if (first.history().size() > 1 && label.equals(first.cell().choice().model())) {
                curves.put(label, first.history());
            }
        });
        return curves;
    }
}
