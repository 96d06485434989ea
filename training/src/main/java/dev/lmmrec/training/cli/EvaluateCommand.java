package dev.lmmrec.training.cli;

import dev.lmmrec.training.coldstart.ColdSplit;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.PublishedSplit;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.evaluation.Metrics;
import dev.lmmrec.training.evaluation.Metrics.Spread;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.run.ArtefactRun;
import dev.lmmrec.training.run.ColdStartRun;
import dev.lmmrec.training.run.Comparison;
import dev.lmmrec.training.run.Comparison.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evaluate}: the same measurement as {@code train}, without an artefact, over several splits. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Measures the model beside its baselines on held-out interactions; writes no artefact.")
final class EvaluateCommand implements Callable<Integer> {

    private static final int SPLITS_MAX = 100;

    private final Clients clients;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RowsOptions rows;

    @Mixin
    private SettingsOptions settingsOptions;

    @Option(
            names = "--splits",
            paramLabel = "N",
            defaultValue = "1",
            description = "Repeat with N seeds, counted up from --seed, and give mean ± standard deviation"
                    + " (default: ${DEFAULT-VALUE}).")
    private int splits;

    @Option(
            names = "--split-dir",
            paramLabel = "DIR",
            description = "Use train.tsv, validation.tsv and test.tsv (or .tsv.gz) instead of rows; no text.")
    private Path splitDirectory;

    @Option(
            names = "--cold",
            paramLabel = "SHARE",
            description = "Hold out this share of the users and of the items whole, show one review of each, and rank"
                    + " for and with them; 0 to 1, both exclusive.")
    private Double coldShare;

    @Option(names = "--json", paramLabel = "FILE", description = "Write figures, weights and history as JSON.")
    private Path json;

    EvaluateCommand(Clients clients) {
        this.clients = clients;
    }

    @Override
    public Integer call() throws Exception {
        Settings first = settingsOptions.settings();
        if (splits < 1 || splits > SPLITS_MAX) {
            throw new ParameterException(spec.commandLine(), "splits is " + splits + ", must be 1 to " + SPLITS_MAX);
        }
        if (coldShare != null) {
            return coldStart(first);
        }
        try (Console console = new Console(spec.commandLine().getOut())) {
            Dataset dataset = splitDirectory == null ? rows.read(clients, console) : null;
            Split published = splitDirectory == null
                    ? null
                    : PublishedSplit.read(splitDirectory).split();
            List<Report> reports = new ArrayList<>();
            Map<String, List<Metrics>> runs = new LinkedHashMap<>();
            for (int i = 0; i < splits; i++) {
                Settings settings = first.withSeed(first.seed() + i);
                Split split = dataset == null ? published : Split.random(dataset, settings.seed());
                Outcome outcome = new Comparison(settings, console)
                        .of(split, Optional.ofNullable(dataset).flatMap(d -> ArtefactRun.heldOutText(d, split)), true);
                reports.add(Report.of(settings, outcome));
                outcome.rows().forEach(row -> runs.computeIfAbsent(row.model(), model -> new ArrayList<>())
                        .add(row.test()));
                if (splits == 1) {
                    console.table(outcome.rows());
                    console.notes(outcome.notes());
                }
            }
            if (splits > 1) {
                spreads(console, runs);
            }
            if (json != null) {
                Report.write(json, Map.of("runs", reports));
            }
        }
        return 0;
    }

    private int coldStart(Settings first) throws IOException, RefusedInputException {
        if (!(coldShare > 0 && coldShare < 1) || splitDirectory != null) {
            throw new ParameterException(
                    spec.commandLine(), "--cold takes a share between 0 and 1, of rows and not of --split-dir");
        }
        try (Console console = new Console(spec.commandLine().getOut())) {
            Dataset dataset = rows.read(clients, console);
            ColdStartFigures figures = new ColdStartFigures();
            for (int i = 0; i < splits; i++) {
                Settings settings = first.withSeed(first.seed() + i);
                long started = System.nanoTime();
                ColdSplit cold = ColdSplit.of(dataset, coldShare, settings.seed(), rows.limits());
                figures.add(ColdStartRun.of(dataset, cold, settings, console));
                console.done(
                        "cold start",
                        "seed " + settings.seed() + ", " + cold.users().size() + " users and "
                                + cold.items().size() + " items",
                        started);
            }
            figures.print(console);
            if (json != null) {
                Report.write(json, figures.byName());
            }
        }
        return 0;
    }

    static void spreads(Console console, Map<String, List<Metrics>> runs) {
        String title = "mean ± sd over splits";
        int width = Console.width(title, runs.keySet().stream());
        String head = "| %-" + width + "s |";
        console.line("");
        console.line(String.format(Locale.ROOT, head + " %-15s | %-15s |", title, "recall@20", "ndcg@20"));
        console.line("|" + "-".repeat(width + 2) + "|" + "-".repeat(17) + "|" + "-".repeat(17) + "|");
        runs.forEach((model, metrics) -> {
            Spread recall = Spread.of(metrics, m -> m.recallAt(20));
            Spread ndcg = Spread.of(metrics, m -> m.ndcgAt(20));
            console.line(String.format(
                    Locale.ROOT,
                    head + " %.4f ± %.4f | %.4f ± %.4f |",
                    model,
                    recall.mean(),
                    recall.sd(),
                    ndcg.mean(),
                    ndcg.sd()));
        });
    }
}
