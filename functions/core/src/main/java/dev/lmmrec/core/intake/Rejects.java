package dev.lmmrec.core.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.intake.ReadLine.Rejected;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file of refused lines, one JSON object {@code {file,line,reason,raw}} a line. It is created by the first refused
 * line, in place of an older file of that name; without one, nothing is written.
 */
public final class Rejects implements Closeable {

    private final Path path;
    private final ObjectMapper json = JsonMapper.builder().build();
    private final boolean goesOn;
    private BufferedWriter writer;

    /**
     * Names the file.
     *
     * @param path where it will be; its directory must exist
     */
    public Rejects(Path path) {
        this(path, false);
    }

    /**
     * Names the file.
     *
     * @param path where it will be; its directory must exist
     * @param goesOn whether lines are added to an older file of that name
     */
    public Rejects(Path path, boolean goesOn) {
        this.path = path;
        this.goesOn = goesOn;
    }

    /**
     * Writes one refused line.
     *
     * @param rejected the line
     * @throws UncheckedIOException if the file cannot be written, naming it
     */
    public void write(Rejected rejected) {
        try {
            if (writer == null) {
                writer = goesOn
                        ? Files.newBufferedWriter(
                                path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                        : Files.newBufferedWriter(path, StandardCharsets.UTF_8);
            }
            writer.write(json.writeValueAsString(rejected));
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write rejects to " + path + ": " + e, e);
        }
    }

    /**
     * Brings what was written to the file.
     *
     * @throws UncheckedIOException if the file cannot be written, naming it
     */
    public void flush() {
        try {
            if (writer != null) {
                writer.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write rejects to " + path + ": " + e, e);
        }
    }

    @Override
    public void close() {
        if (writer == null) {
            return;
        }
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write rejects to " + path + ": " + e, e);
        }
    }
}
