package dev.lmmrec.training.cli;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.training.data.RowsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export}: the table of motivations into a file that {@code --rows} reads. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes all rows of motivations of the table that LMMREC_MOTIVATIONS_TABLE names, one JSON a"
                + " line in the order of review ids. train and evaluate read the file with --rows.")
final class ExportCommand implements Callable<Integer> {

    private final Clients clients;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where to; compressed if the name ends in .gz. Replaced if it exists.")
    private Path out;

    ExportCommand(Clients clients) {
        this.clients = clients;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = out.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new IOException("the folder " + folder + " does not exist; make it first");
        }
        try (Console console = new Console(spec.commandLine().getOut())) {
            long started = System.nanoTime();
            // a scan has no order, and equal tables should give equal files
            List<ReviewMotivations> rows = clients.scanTable(console).stream()
                    .sorted(Comparator.comparing(ReviewMotivations::reviewId))
                    .toList();
            new RowsFile().write(out, rows);
            console.done("export", rows.size() + " rows, " + out, started);
        }
        return 0;
    }
}
