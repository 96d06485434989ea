package dev.lmmrec.training.cli;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.backbone.graph.Execution;
import dev.lmmrec.training.data.PublishedSplit;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.fit.EpochMemory;
import dev.lmmrec.training.fit.EpochTiming;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.fit.Settings.Part;
import dev.lmmrec.training.fit.Trained;
import dev.lmmrec.training.fit.Trainer;
import dev.lmmrec.training.wrapper.Wrappers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench training}: seconds of training on a published split, each row measured in the same process. */
@Command(
        name = "training",
        mixinStandardHelpOptions = true,
        description = "Measures seconds per epoch on a published split, beside the engine's own differentiation.")
final class BenchTrainingCommand implements Callable<Integer> {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;
    private static final int MEMORY_LOOKS = 10;
    private static final int BATCH = 4_096;
    private static final double LEARNING_RATE = 1e-3;

    /** As good on the validation part of amazon-book as half of it (.1750 and .1751), in fewer epochs. */
    private static final double CONVERGENCE_LEARNING_RATE = 4e-3;

    private static final Part NONE = new Part("none", Map.of());

    /** Every term that can be trained on vectors; the published splits have no words. */
    private static final Part ALL = new Part("lmmrec", Map.of("words", 0.0, "robustness", 1e-2));

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Folder of train.tsv, validation.tsv and test.tsv (or .tsv.gz).")
    private Path data;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Epochs that are timed, after two that are not; the median counts (default:"
                    + " ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads of the products with the graph (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--no-convergence",
            description = "Leave out the run of XSimGCL until validation stops getting better.")
    private boolean withoutConvergence;

    @Option(
            names = "--memory-epochs",
            paramLabel = "N",
            defaultValue = "0",
            description = "Then train all of LMMRec for N epochs and tell what memory is held along the way"
                    + " (default: ${DEFAULT-VALUE}, not at all).")
    private int memoryEpochs;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the rows as JSON.")
    private Path json;

    /** One line of the table. */
    private record Timed(String what, double seconds, String note) {}

    @Override
    public Integer call() throws Exception {
        if (memoryEpochs < 0) {
            throw new ParameterException(
                    spec.commandLine(), "memory-epochs is " + memoryEpochs + ", must not be below 0");
        }
        if (epochs < 1 || epochs > 1_000) {
            throw new ParameterException(spec.commandLine(), "epochs is " + epochs + ", must be 1 to 1000");
        }
        List<Timed> rows = new ArrayList<>();
        try (Console console = new Console(spec.commandLine().getOut())) {
            Split split = PublishedSplit.read(data).split();
            console.line(String.format(
                    Locale.ROOT,
                    "%d users, %d items, %d training interactions; %d threads of %d processors",
                    split.train().users(),
                    split.train().items(),
                    split.train().count(),
                    threads,
                    Runtime.getRuntime().availableProcessors()));
            Catalogue byRows = catalogue(Execution.Path.ROWS);
            Catalogue byEngine = catalogue(Execution.Path.ENGINE);
            Map<String, Double> threeLayers = Map.of("layers", 3.0);
            add(rows, console, epoch("LightGCN, d 32, 3 layers", byRows, "lightgcn", threeLayers, NONE, 32, split));
            add(rows, console, epoch("  by autograd alone", byEngine, "lightgcn", threeLayers, NONE, 32, split));
            add(
                    rows,
                    console,
                    epoch("LightGCN with all of LMMRec, d 32", byRows, "lightgcn", threeLayers, ALL, 32, split));
            add(rows, console, epoch("  by autograd alone", byEngine, "lightgcn", threeLayers, ALL, 32, split));
            add(rows, console, epoch("XSimGCL, d 64", byRows, "xsimgcl", Map.of(), NONE, 64, split));
            add(rows, console, epoch("  by autograd alone", byEngine, "xsimgcl", Map.of(), NONE, 64, split));
            add(rows, console, solution(byRows, split));
            if (!withoutConvergence) {
                add(rows, console, convergence(byRows, split));
            }
            List<EpochMemory.Held> held = memoryEpochs == 0
                    ? List.of()
                    : new EpochMemory(settings(new Part("lightgcn", threeLayers), ALL, 32, memoryEpochs))
                            .along(learnt(byRows, "lightgcn", threeLayers), split.train(), memoryEpochs, MEMORY_LOOKS);
            held.forEach(look -> console.line(String.format(
                    Locale.ROOT,
                    "LMMRec after %4d epochs: heap %5.0f MiB, process %s",
                    look.epoch(),
                    look.heap() / BYTES_PER_MEBIBYTE,
                    look.resident()
                            .map(bytes -> String.format(Locale.ROOT, "%5.0f MiB", bytes / BYTES_PER_MEBIBYTE))
                            .orElse("not told by this system"))));
            if (json != null) {
                Report.write(
                        json,
                        Map.of(
                                "rows",
                                rows.stream().map(this::json).toList(),
                                "memory",
                                held.stream().map(this::json).toList()));
            }
        }
        return 0;
    }

    private Catalogue catalogue(Execution.Path path) {
        try {
            return new Catalogue(new Execution(path, threads));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static void add(List<Timed> rows, Console console, Timed row) {
        rows.add(row);
        console.line(String.format(Locale.ROOT, "%-32s %8.2f s  %s", row.what(), row.seconds(), row.note()));
    }

    private Map<String, Object> json(Timed row) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("what", row.what().strip());
        named.put("seconds", row.seconds());
        named.put("note", row.note());
        return named;
    }

    private Map<String, Object> json(EpochMemory.Held look) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("epoch", look.epoch());
        named.put("heapBytes", look.heap());
        look.resident().ifPresent(bytes -> named.put("residentBytes", bytes));
        return named;
    }

    /** The median epoch after some that wait for the compiler. */
    private Timed epoch(
            String what,
            Catalogue catalogue,
            String name,
            Map<String, Double> values,
            Part wrapper,
            int width,
            Split split) {
        Settings settings = settings(new Part(name, values), wrapper, width, epochs);
        List<Double> seconds = new ArrayList<>(
                new EpochTiming(settings).secondsOf(learnt(catalogue, name, values), split.train(), epochs));
        seconds.sort(null);
        return new Timed(
                what,
                seconds.get(seconds.size() / 2),
                String.format(
                        Locale.ROOT,
                        "per epoch, median of %d (%.2f to %.2f)",
                        seconds.size(),
                        seconds.get(0),
                        seconds.get(seconds.size() - 1)));
    }

    private static Timed solution(Catalogue catalogue, Split split) {
        long started = System.nanoTime();
        ((Backbone.ClosedForm) catalogue.recipe("ease").make(Map.of())).fit(split.train());
        return new Timed(
                "EASE, " + split.train().items() + " items",
                (System.nanoTime() - started) / NANOS_PER_SECOND,
                "whole solution");
    }

    private Timed convergence(Catalogue catalogue, Split split) {
        Evaluation validation = new Evaluation(split.train(), split.validation());
        int epochsMax = 300;
        long started = System.nanoTime();
        Trained trained = new Trainer(
                        settings(new Part("xsimgcl", Map.of()), NONE, 64, CONVERGENCE_LEARNING_RATE, epochsMax),
                        epoch -> {})
                .train(
                        learnt(catalogue, "xsimgcl", Map.of()),
                        new Wrappers().recipe(NONE.name()).make(Map.of()),
                        split.train(),
                        Optional.empty(),
                        (interaction, aligned) -> validation.of(interaction).recallAt(20));
        double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
        return new Timed(
                "XSimGCL, d 64, converged",
                seconds,
                String.format(
                        Locale.ROOT,
                        "learning rate %s, validations included; best epoch %d, Recall@20 %.4f on test",
                        CONVERGENCE_LEARNING_RATE,
                        trained.bestEpoch(),
                        new Evaluation(split.train(), split.test())
                                .of(trained.interaction())
                                .recallAt(20)));
    }

    private static Backbone.Learnt learnt(Catalogue catalogue, String name, Map<String, Double> values) {
        return (Backbone.Learnt) catalogue.recipe(name).make(values);
    }

    private static Settings settings(Part backbone, Part wrapper, int width, int epochsMax) {
        return settings(backbone, wrapper, width, LEARNING_RATE, epochsMax);
    }

    private static Settings settings(Part backbone, Part wrapper, int width, double learningRate, int epochsMax) {
        return new Settings(backbone, wrapper, width, learningRate, BATCH, epochsMax, 3, 5, 0, 1);
    }
}
