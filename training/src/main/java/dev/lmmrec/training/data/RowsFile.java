package dev.lmmrec.training.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.file.Gzip;
import dev.lmmrec.core.file.WholeFile;
import dev.lmmrec.core.motivation.ReviewMotivations;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** An export of the table of motivations: one row a line, JSON as Jackson writes it, plain or gzip. */
public final class RowsFile {

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * Reads all rows.
     *
     * @param file plain or compressed
     * @return the rows in the file's order
     * @throws RefusedInputException if a line is no row
     * @throws IOException if the file cannot be read
     */
    public List<ReviewMotivations> read(Path file) throws IOException, RefusedInputException {
        List<ReviewMotivations> rows = new ArrayList<>();
        try (BufferedReader lines = open(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    rows.add(row(file, number, line));
                }
            }
        }
        return rows;
    }

    /**
     * Writes rows, replacing the file at once when all are written: a run that is stopped leaves no half of a file.
     *
     * @param file where to; compressed if the name ends in {@code .gz}
     * @param rows the rows
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, Collection<ReviewMotivations> rows) throws IOException {
        boolean compressed = file.toString().endsWith(".gz");
        WholeFile.write(file, out -> {
            try (Writer lines = new BufferedWriter(
                    new OutputStreamWriter(compressed ? new GZIPOutputStream(out) : out, StandardCharsets.UTF_8))) {
                for (ReviewMotivations row : rows) {
                    lines.write(json.writeValueAsString(row));
                    lines.write('\n');
                }
            }
        });
    }

    /**
     * Opens a text file. A byte-order mark, which some programs write in front, is no part of the first line.
     *
     * @param file plain or compressed
     * @return its lines, UTF-8
     * @throws IOException if it cannot be opened
     */
    static BufferedReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        BufferedReader lines = new BufferedReader(new InputStreamReader(Gzip.unpacked(in), StandardCharsets.UTF_8));
        lines.mark(1);
        if (lines.read() != BYTE_ORDER_MARK) {
            lines.reset();
        }
        return lines;
    }

    private ReviewMotivations row(Path file, int number, String line) throws RefusedInputException {
        try {
            return json.readValue(line, ReviewMotivations.class);
        } catch (JsonProcessingException e) {
            throw new RefusedInputException(
                    file + ", line " + number + ", is no row of motivations: " + e.getOriginalMessage(), e);
        }
    }
}
