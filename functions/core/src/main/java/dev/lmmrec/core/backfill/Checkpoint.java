package dev.lmmrec.core.backfill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.digest.Sha256;
import dev.lmmrec.core.file.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far a backfill has come: a small JSON file beside its input.
 *
 * @param input which file it is about, see {@link #fingerprint}
 * @param format the format that its lines are in
 * @param offset bytes of the (unpacked) file whose reviews were sent
 * @param line lines of the file up to there
 * @param counts what became of them
 * @param spent what extraction had spent when the backfill began; nothing if that was not known
 * @param startedAt when it began, epoch milliseconds
 * @param done whether the whole file was read
 */
public record Checkpoint(
        String input, String format, long offset, long line, Counts counts, Spent spent, long startedAt, boolean done) {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int HEAD_BYTES = 1 << 16;

    /**
     * What became of the lines.
     *
     * @param lines lines that were not blank
     * @param accepted reviews that passed the check
     * @param noted those of them that were changed to fit
     * @param rejected lines, or reviews of a line's list, that were refused
     * @param repeated reviews that the file had shortly before, word for word
     * @param known reviews that are in the table already, word for word
     * @param sent reviews the queue took
     */
    public record Counts(long lines, long accepted, long noted, long rejected, long repeated, long known, long sent) {

        /** Nothing yet. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * What extraction has spent on language models.
     *
     * @param day the day the counts begin, UTC, ISO
     * @param reviews reviews answered that day before
     * @param cost their cost, in the currency of the prices
     */
    public record Spent(String day, long reviews, double cost) {}

    /**
     * Reads a checkpoint.
     *
     * @param file where it may be
     * @return the checkpoint, if there is one
     * @throws UncheckedIOException if the file cannot be read or is none
     */
    static Optional<Checkpoint> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), Checkpoint.class)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read the checkpoint " + file + ": " + e.getMessage() + "; delete it to begin anew", e);
        }
    }

    /**
     * Replaces the file, or leaves the one before: never half of either.
     *
     * @param file where it goes
     * @throws UncheckedIOException if it cannot be written
     */
    void write(Path file) {
        try {
            WholeFile.write(file, out -> JSON.writeValue(out, this));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the checkpoint " + file + ": " + e, e);
        }
    }

    /**
     * Tells one input from another: by its size and the beginning of its content, since reading all of it would take as
     * long as the work.
     *
     * @param input the file of reviews
     * @return size and the SHA-256 of the first 64 KiB
     * @throws UncheckedIOException if it cannot be read
     */
    static String fingerprint(Path input) {
        try (InputStream stream = Files.newInputStream(input)) {
            return Files.size(input) + "-" + Sha256.of(stream.readNBytes(HEAD_BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read reviews from " + input + ": " + e, e);
        }
    }
}
