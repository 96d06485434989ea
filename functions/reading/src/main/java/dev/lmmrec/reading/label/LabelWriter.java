package dev.lmmrec.reading.label;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lmmrec.core.file.WholeFile;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.review.Review;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Writes motives of reviews in the form that {@link LabelFile} reads, line by line. The file appears under its name
 * when all is written.
 */
public final class LabelWriter implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final Path path;
    private final Path unfinished;
    private final BufferedWriter lines;
    private boolean finished;

    /**
     * Begins a file.
     *
     * @param path compressed if the name ends in {@code .gz}; replaced if it exists
     * @throws IOException if it cannot be written
     */
    public LabelWriter(Path path) throws IOException {
        this.path = path;
        this.unfinished = WholeFile.draftOf(path);
        OutputStream out = Files.newOutputStream(unfinished);
        this.lines = new BufferedWriter(new OutputStreamWriter(
                path.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out, StandardCharsets.UTF_8));
    }

    /**
     * Adds one review.
     *
     * @param review whose motivations they are
     * @param motivations possibly none
     * @throws UncheckedIOException if it cannot be written
     */
    public void write(Review review, List<Motivation> motivations) {
        // the id and the time too: somebody may have written about an item more than once
        ObjectNode line = json.createObjectNode()
                .put("reviewId", review.reviewId())
                .put("user", review.userId())
                .put("item", review.itemId())
                .put("time", review.time());
        ArrayNode motives = line.putArray("motives");
        for (Motivation motivation : motivations) {
            motives.addObject()
                    .put("side", motivation.side().name())
                    .put("facet", motivation.facet().name())
                    .put("polarity", motivation.polarity().name())
                    .put("strength", motivation.strength())
                    .put("confidence", motivation.confidence())
                    .put("statement", motivation.statement())
                    .put("evidence", motivation.evidence())
                    .put("field", motivation.field().name().toLowerCase(Locale.ROOT))
                    .put("start", motivation.start());
        }
        try {
            lines.write(line.toString());
            lines.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + unfinished + ": " + e.getMessage(), e);
        }
    }

    /**
     * Gives the file its name.
     *
     * @throws IOException if it cannot be written
     */
    public void finish() throws IOException {
        lines.close();
        WholeFile.finish(unfinished, path);
        finished = true;
    }

    /** Throws away what is not finished. */
    @Override
    public void close() throws IOException {
        if (!finished) {
            lines.close();
            Files.deleteIfExists(unfinished);
        }
    }
}
