package dev.lmmrec.training.cli;

import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.configuration.Configuration;
import dev.lmmrec.training.configuration.Configuration.Search;
import dev.lmmrec.training.configuration.ConfigurationFile;
import dev.lmmrec.training.configuration.ConfigurationFile.Reading;
import dev.lmmrec.training.configuration.Part;
import dev.lmmrec.training.configuration.Problem;
import dev.lmmrec.training.data.Source;
import dev.lmmrec.training.experiment.ConfigurationCheck;
import dev.lmmrec.training.experiment.ConfigurationCheck.Checked;
import dev.lmmrec.training.experiment.Host;
import dev.lmmrec.training.experiment.Study;
import dev.lmmrec.training.experiment.StudyRun;
import dev.lmmrec.training.experiment.Wrappings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code experiment}: one study, as tables, JSON and pictures. */
@Command(
        name = "experiment",
        mixinStandardHelpOptions = true,
        description = "Studies several models on one data set and writes table.md, results.json and PNG pictures into a"
                + " folder. Every cell (a model on a split) is kept there: a study that was stopped and is run again"
                + " goes on where it was, and ends in the same place. What an option says counts more than the"
                + " configuration.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage, or the configuration has mistakes; standard error says which"
        })
final class ExperimentCommand implements Callable<Integer> {

    private static final int SEEDS_MAX = 1_000;
    private static final int QUICK_EPOCHS = 6;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "STUDY",
            converter = StudyConverter.class,
            description = "backbones, lmmrec, ablation, noise, cold-start or sensitivity.")
    private Study study;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "A folder with train.tsv, validation.tsv and test.tsv (plain or .gz); a file of reviews, or a"
                    + " folder with reviews.jsonl (plain or .gz), split 3:1:1 per user by seed; or an export of rows.")
    private Path data;

    @Option(
            names = "--motives",
            paramLabel = "FILE",
            description = "Motivations of a file of reviews, joined by user and item.")
    private Path motives;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "How a file of reviews is written (default: as its first line tells).")
    private ReviewFormat format;

    @Option(
            names = "--core",
            paramLabel = "N",
            description = "Keep users and items with at least N interactions among themselves.")
    private Integer core;

    @Option(names = "--config", paramLabel = "FILE", description = "A configuration; validate --example prints one.")
    private Path config;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder that the results are written to.")
    private Path out;

    @Option(
            names = {"--seeds", "--splits"},
            paramLabel = "N",
            description = "Seeds 1 to N, each one split and one training.")
    private Integer seeds;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Combinations of settings each model may try on validation; 1 takes the defaults.")
    private Integer trials;

    @Option(names = "--backbones", paramLabel = "NAME", split = ",", description = "Study these backbones only.")
    private List<String> backbones;

    @Option(names = "--wrappers", paramLabel = "NAME", split = ",", description = "Study these wrappers only.")
    private List<String> wrappers;

    @Option(names = "--dim", paramLabel = "D", description = "Width of vectors.")
    private Integer width;

    @Option(
            names = "--quick",
            description = "One seed, one trial, " + QUICK_EPOCHS + " epochs: shows that all works, not what is best.")
    private boolean quick;

    @Override
    public Integer call() throws Exception {
        Reading reading = config == null ? null : ConfigurationFile.read(config);
        if (reading != null && !reading.problems().isEmpty()) {
            return refuse(reading.problems());
        }
        Configuration configuration = effective(reading == null ? Configuration.DEFAULTS : reading.configuration());
        Checked checked = new ConfigurationCheck(new Catalogue(), new Wrappings()).check(configuration);
        if (!checked.problems().isEmpty()) {
            return refuse(reading == null ? checked.problems() : reading.with(checked.problems()));
        }
        Files.createDirectories(out);
        try (Console console = new Console(spec.commandLine().getOut())) {
            Source source = checked.source().orElseThrow();
            console.line(source.summary());
            new StudyRun(
                            configuration,
                            new Catalogue(),
                            new Wrappings(),
                            Host.here(command()),
                            Clock.systemUTC(),
                            console)
                    .run(study, source, out);
        }
        PrintWriter printer = spec.commandLine().getOut();
        printer.println();
        printer.print(Files.readString(out.resolve("table.md")));
        printer.flush();
        return 0;
    }

    private int refuse(List<Problem> problems) {
        ValidateCommand.report(
                config == null ? Path.of("options") : config,
                problems,
                spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    private Configuration effective(Configuration written) throws IOException {
        require(
                seeds == null || (seeds >= 1 && seeds <= SEEDS_MAX),
                "seeds is " + seeds + ", must be 1 to " + SEEDS_MAX);
        require(trials == null || trials >= 1, "trials is " + trials + ", must be 1 or more");
        require(core == null || core >= 1, "core is " + core + ", must be 1 or more");
        Configuration configuration = written;
        Optional<Source.Origin> origin = written.data();
        if (data != null || origin.isPresent()) {
            configuration = configuration.on(
                    data != null ? data : origin.orElseThrow().path(),
                    format != null ? format : origin.map(Source.Origin::format).orElse(ReviewFormat.AUTO),
                    motives != null ? Optional.of(motives) : origin.flatMap(Source.Origin::motives),
                    core != null ? core : origin.map(Source.Origin::core).orElse(1));
        }
        if (seeds != null) {
            configuration = configuration.withSeeds(
                    LongStream.rangeClosed(1, seeds).boxed().toList());
        }
        if (trials != null) {
            configuration = configuration.withSearch(
                    new Search(trials, configuration.search().seed()));
        }
        configuration = configuration.withModels(
                chosen(backbones, configuration.backbones()), chosen(wrappers, configuration.wrappers()));
        if (width != null) {
            configuration = withFit(configuration, "dim", width);
        }
        if (quick) {
            configuration = withFit(configuration, "epochs", QUICK_EPOCHS)
                    .withSeeds(configuration.seeds().subList(0, 1))
                    .withSearch(new Search(1, configuration.search().seed()));
        }
        return configuration;
    }

    /** What is named by options, with the settings that the configuration has for it. */
    private static List<Part> chosen(List<String> named, List<Part> written) {
        if (named == null) {
            return written;
        }
        return named.stream()
                .map(name -> written.stream()
                        .filter(part -> part.name().equals(name))
                        .findFirst()
                        .orElse(Part.of(name)))
                .toList();
    }

    /** Also for a backbone with a value of its own: an option counts more than the configuration. */
    private static Configuration withFit(Configuration configuration, String setting, double value) {
        Map<String, List<Double>> fit = new LinkedHashMap<>(configuration.fit());
        fit.put(setting, List.of(value));
        return configuration
                .withFit(fit)
                .withModels(
                        configuration.backbones().stream()
                                .map(backbone -> backbone.withoutFit(setting))
                                .toList(),
                        configuration.wrappers());
    }

    private void require(boolean fulfilled, String otherwise) {
        if (!fulfilled) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private String command() {
        return "./lmmrec "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }

    /** Studies go by the names that users type. */
    private static final class StudyConverter implements ITypeConverter<Study> {

        @Override
        public Study convert(String name) {
            try {
                return Study.named(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
