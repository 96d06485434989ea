package dev.lmmrec.training.cli;

import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.encoder.SentenceEncoder;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.RowsFile;
import dev.lmmrec.training.data.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code embed}: a file of reviews into rows with sentence vectors, without a deployment. */
@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        description = "Turns a file of reviews, and motivations of them, into rows with sentence vectors, as a"
                + " deployment would keep them. train and evaluate read the file with --rows, experiment with --data.")
final class EmbedCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            description = "Reviews, plain or .gz, or a folder with reviews.jsonl; or an export of rows.")
    private Path data;

    @Option(names = "--motives", paramLabel = "FILE", description = "Motivations, joined by user and item.")
    private Path motives;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            converter = FormatConverter.class,
            description = "How the reviews are written (default: ${DEFAULT-VALUE}).")
    private ReviewFormat format;

    @Option(
            names = "--core",
            paramLabel = "N",
            defaultValue = "1",
            description = "Keep users and items with at least N interactions among themselves"
                    + " (default: ${DEFAULT-VALUE}).")
    private int core;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where the rows go; compressed if the name ends in .gz. Replaced if it exists.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        try (Console console = new Console(spec.commandLine().getOut())) {
            long started = System.nanoTime();
            Source source =
                    Source.open(new Source.Origin(data, format, Optional.ofNullable(motives), core, 0), (b, m) -> {});
            List<ReviewMotivations> rows = source.dataset()
                    .orElseThrow(() -> new RefusedInputException(data + " has interactions alone and no text"))
                    .rows();
            console.done("read", source.summary(), started);
            long encoding = System.nanoTime();
            try (SentenceEncoder encoder = new SentenceEncoder()) {
                AtomicInteger done = new AtomicInteger();
                List<ReviewMotivations> embedded = rows.parallelStream()
                        .map(row -> {
                            ReviewMotivations with = encoder.embed(row);
                            progress(console, done.incrementAndGet(), rows.size());
                            return with;
                        })
                        .toList();
                console.done("embed", embedded.size() + " rows by " + SentenceEncoder.ID, encoding);
                new RowsFile().write(out, embedded);
            }
        }
        return 0;
    }

    /** A bar is no thing for several threads at once. */
    private static void progress(Console console, int step, int stepsMax) {
        synchronized (console) {
            console.progress("embed", step, stepsMax);
        }
    }
}
