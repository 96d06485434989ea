package dev.lmmrec.training.cli;

import dev.lmmrec.core.backfill.Checkpoint;
import dev.lmmrec.core.intake.Import;
import dev.lmmrec.core.intake.Import.Outcome;
import dev.lmmrec.core.intake.Progress;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.queue.ReviewQueue;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.RlmrecFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code import}: a file of reviews into the queue. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Sends the reviews of a file, plain or .gz, one JSON object a line, to the queue. A line that is"
                + " no review is written to a rejects file with its reason; the rest goes on. Importing a file again"
                + " changes nothing. With --out it converts a folder in RLMRec's layout (trn_mat.pkl, val_mat.pkl,"
                + " tst_mat.pkl) into one that experiment and evaluate read, and sends nothing.")
final class ImportCommand implements Callable<Integer> {

    private static final String QUEUE = "LMMREC_REVIEWS_QUEUE_URL";
    private static final int PERCENT = 100;

    @Parameters(paramLabel = "FILE", description = "The reviews; with --out the folder to convert.")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            converter = FormatConverter.class,
            description =
                    "lmmrec (our JSONL), amazon-2014, amazon-2018, amazon-2023, yelp, steam or auto, which looks at"
                            + " the first line (default: ${DEFAULT-VALUE}).")
    private ReviewFormat format;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Gets the refused lines; only written if there are any (default: FILE.rejects.jsonl here).")
    private Path rejects;

    @Option(
            names = "--queue-url",
            paramLabel = "URL",
            defaultValue = "${env:" + QUEUE + "}",
            description = "The queue of reviews (default: what " + QUEUE + " says).")
    private String queueUrl;

    @Option(names = "--dry-run", description = "Check the file and send nothing.")
    private boolean dryRun;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Gets train.tsv, validation.tsv and test.tsv of a folder in RLMRec's layout.")
    private Path out;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the counts and the first problems as JSON.")
    private Path json;

    @Mixin
    private BackfillOptions backfill;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, RefusedInputException {
        if (Files.isDirectory(file)) {
            convert();
            return 0;
        }
        if (out != null) {
            throw new ParameterException(
                    spec.commandLine(), "--out converts a folder in RLMRec's layout, but " + file + " is no folder");
        }
        if (!Files.isReadable(file)) {
            throw new IOException("cannot read " + file + "; give the path of a file of reviews");
        }
        if (backfill.wanted()) {
            backfill();
            return 0;
        }
        try (Console console = new Console(spec.commandLine().getOut())) {
            long started = System.nanoTime();
            Outcome outcome = dryRun ? read(console, reviews -> {}) : send(console);
            console.done("import", describe(outcome), started);
            outcome.firstNotes().forEach(note -> console.line("  note: " + note));
            outcome.firstProblems().forEach(problem -> console.line("  refused: " + problem));
            if (outcome.rejected() > 0) {
                console.line("  refused lines: " + rejectsFile());
            }
            if (json != null) {
                Report.write(json, report(outcome));
            }
        }
        return 0;
    }

    private void backfill() throws IOException {
        if (dryRun) {
            throw new ParameterException(spec.commandLine(), "--backfill sends; --dry-run goes without it");
        }
        checkQueue();
        try (Console console = new Console(spec.commandLine().getOut());
                SqsClient sqs = SqsClient.builder()
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            long started = System.nanoTime();
            Checkpoint end =
                    backfill.run(file, format, rejectsFile(), new ReviewQueue(sqs, queueUrl), System.getenv(), console);
            console.done(
                    "import", end.counts().lines() + " lines (" + end.format() + ") in all runs together", started);
            if (json != null) {
                Report.write(json, end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted; run it again to go on", e);
        }
    }

    private void convert() throws IOException, RefusedInputException {
        if (out == null) {
            throw new ParameterException(
                    spec.commandLine(), file + " is a folder; give --out DIR to convert one in RLMRec's layout");
        }
        try (Console console = new Console(spec.commandLine().getOut())) {
            long started = System.nanoTime();
            Map<String, Integer> counts = RlmrecFolder.convert(file, out);
            console.done(
                    "convert",
                    counts.get("train") + " training, " + counts.get("validation") + " validation, "
                            + counts.get("test") + " test interactions, " + out,
                    started);
            if (json != null) {
                Report.write(json, counts);
            }
        }
    }

    private void checkQueue() {
        if (queueUrl == null || queueUrl.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(), "set " + QUEUE + " or give --queue-url; ./lmmrec up prints and stores it");
        }
    }

    private Outcome send(Console console) {
        checkQueue();
        try (SqsClient sqs =
                SqsClient.builder().httpClient(UrlConnectionHttpClient.create()).build()) {
            return read(console, new ReviewQueue(sqs, queueUrl)::send);
        }
    }

    private Outcome read(Console console, Consumer<List<Review>> queue) {
        Progress progress = (bytes, bytesMax) ->
                console.progress("import", (int) (PERCENT * bytes / Math.max(1, bytesMax)), PERCENT);
        return new Import(new ReviewCheck(Clock.systemUTC()), queue).run(file, format, rejectsFile(), progress);
    }

    private Path rejectsFile() {
        return rejects != null ? rejects : Path.of(file.getFileName() + ".rejects.jsonl");
    }

    private static String describe(Outcome outcome) {
        return outcome.lines() + " lines ("
                + outcome.format().map(ReviewFormat::toString).orElse("no known format")
                + "): " + outcome.accepted() + " reviews accepted, " + outcome.noted() + " of them with a note, "
                + outcome.rejected() + " refused, " + outcome.sent() + " sent";
    }

    private static Map<String, Object> report(Outcome outcome) {
        return Map.of(
                "format", outcome.format().map(ReviewFormat::toString).orElse("unknown"),
                "lines", outcome.lines(),
                "accepted", outcome.accepted(),
                "noted", outcome.noted(),
                "rejected", outcome.rejected(),
                "sent", outcome.sent(),
                "firstNotes", outcome.firstNotes(),
                "firstProblems", outcome.firstProblems());
    }
}
