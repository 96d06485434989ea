package dev.lmmrec.training.cli;

import dev.lmmrec.core.intake.ReadLine;
import dev.lmmrec.core.intake.ReviewFile;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.review.CheckedReview;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.reading.ReviewReader;
import dev.lmmrec.reading.label.LabelWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code extract}: the motivations of each review of a file, without a deployment and without any network. */
@Command(
        name = "extract",
        mixinStandardHelpOptions = true,
        description = "Finds the motivations of each review of a file and writes them one review a line: {user, item,"
                + " motives: [{side, facet, polarity, strength, confidence, statement, evidence, field, start}]}.")
final class ExtractCommand implements Callable<Integer> {

    private static final int PERCENT = 100;
    private static final int PROBLEMS_SHOWN_MAX = 5;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "Reviews, one JSON object a line, plain or .gz.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where to; compressed if the name ends in .gz. Replaced if it exists.")
    private Path out;

    @Option(
            names = "--extractor",
            paramLabel = "NAME|PATH",
            defaultValue = "embedded",
            description = ReaderChoice.OPTION_HELP)
    private String extractor;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            converter = FormatConverter.class,
            description = "Of the reviews (default: ${DEFAULT-VALUE}).")
    private ReviewFormat format;

    private int reviews;
    private int found;
    private int refused;

    @Override
    public Integer call() throws Exception {
        try (Console console = new Console(spec.commandLine().getOut());
                ReviewReader reader = ReaderChoice.open(extractor);
                LabelWriter writer = new LabelWriter(out)) {
            long started = System.nanoTime();
            new ReviewFile(file, format, new ReviewCheck(Clock.systemUTC()))
                    .read(
                            line -> extract(line, reader, writer, console),
                            (bytes, bytesMax) -> console.progress(
                                    "extract", (int) (PERCENT * bytes / Math.max(1, bytesMax)), PERCENT));
            writer.finish();
            console.done(
                    "extract",
                    reviews + " reviews, " + found + " motivations by " + reader.id() + ", " + refused
                            + " lines refused, " + out,
                    started);
        }
        return 0;
    }

    private void extract(ReadLine line, ReviewReader reader, LabelWriter writer, Console console) {
        if (line instanceof ReadLine.Reviews read) {
            for (CheckedReview.Accepted accepted : read.accepted()) {
                List<Motivation> motivations = reader.read(accepted.review()).motivations();
                writer.write(accepted.review(), motivations);
                reviews++;
                found += motivations.size();
            }
            read.rejected().forEach(rejected -> refuse(rejected, console));
        } else if (line instanceof ReadLine.Rejected rejected) {
            refuse(rejected, console);
        }
    }

    private void refuse(ReadLine.Rejected rejected, Console console) {
        if (refused++ < PROBLEMS_SHOWN_MAX) {
            console.line("  refused: " + rejected);
        }
    }
}
