package dev.lmmrec.training.cli;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.RowsFile;
import dev.lmmrec.training.run.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which rows to train on. */
final class RowsOptions {

    /** Beside the checkpoints of a run: the rows that it scanned. */
    static final String SCANNED = "rows.jsonl.gz";

    @Option(
            names = "--rows",
            paramLabel = "FILE",
            description = "Rows of motivations, one JSON a line, plain or .gz; default: the table that"
                    + " LMMREC_MOTIVATIONS_TABLE names.")
    private Path file;

    @Option(
            names = "--rating-min",
            paramLabel = "R",
            defaultValue = "0",
            description = "A review counts as an interaction from this rating on (default: ${DEFAULT-VALUE}).")
    private double ratingMin;

    @Option(
            names = "--users-min",
            paramLabel = "N",
            defaultValue = "5",
            description = "Refuse to train on fewer users (default: ${DEFAULT-VALUE}).")
    private int usersMin;

    @Option(
            names = "--items-min",
            paramLabel = "N",
            defaultValue = "5",
            description = "Refuse to train on fewer items (default: ${DEFAULT-VALUE}).")
    private int itemsMin;

    @Option(
            names = "--encoder",
            paramLabel = "ID",
            description = "Refuse vectors of another sentence encoder; default: any, as long as it is one.")
    private String encoderId;

    /** Where the rows come from, in words that mean something on another machine too. */
    String origin(Clients clients) {
        return file == null
                ? clients.table().map(table -> "table " + table).orElse("no table")
                : "file " + file.getFileName();
    }

    /** From which rating on a review counts as an interaction. */
    double ratingMin() {
        return ratingMin;
    }

    /** What rows must fulfil. */
    Dataset.Limits limits() {
        return new Dataset.Limits(ratingMin, usersMin, itemsMin, encoderId);
    }

    Dataset read(Clients clients, Listener listener) throws IOException, RefusedInputException {
        return read(clients, listener, Optional.empty());
    }

    /**
     * Reads.
     *
     * @param checkpoints of a run that may be interrupted: it goes on with the rows that it began with, while the table
     *     changes; empty if nothing is kept
     */
    Dataset read(Clients clients, Listener listener, Optional<Path> checkpoints)
            throws IOException, RefusedInputException {
        long started = System.nanoTime();
        List<ReviewMotivations> rows =
                file == null ? scanned(clients, listener, checkpoints) : new RowsFile().read(file);
        Dataset dataset = Dataset.of(rows, limits());
        long vectors =
                dataset.rows().stream().filter(row -> row.vectors().isPresent()).count();
        listener.done(
                "read",
                dataset.rows().size() + " reviews (" + vectors + " with sentence vectors), "
                        + dataset.users().size() + " users, " + dataset.items().size() + " items, "
                        + dataset.interactions().count() + " interactions",
                started);
        return dataset;
    }

    private static List<ReviewMotivations> scanned(Clients clients, Listener listener, Optional<Path> checkpoints)
            throws IOException, RefusedInputException {
        if (checkpoints.isEmpty()) {
            return clients.scanTable(listener);
        }
        Path kept = checkpoints.get().resolve(SCANNED);
        if (Files.exists(kept)) {
            return new RowsFile().read(kept);
        }
        List<ReviewMotivations> rows = clients.scanTable(listener);
        Files.createDirectories(checkpoints.get());
        new RowsFile().write(kept, rows);
        return rows;
    }
}
