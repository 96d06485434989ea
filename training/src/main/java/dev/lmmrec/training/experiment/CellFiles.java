package dev.lmmrec.training.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.digest.Sha256;
import dev.lmmrec.core.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a study. A file is there whole or not at all, however the program ends. */
final class CellFiles {

    private static final int DIGEST_LENGTH = 12;

    private final Path folder;
    private final ObjectMapper json;

    CellFiles(Path folder) {
        this.folder = folder;
        this.json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // copies of maps have an order of their own in every run
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
    }

    /** A name that people can read and that changes with anything in what it stands for. */
    String name(String title, Object standsFor) throws IOException {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "-"
                + Sha256.of(json.writeValueAsBytes(standsFor)).substring(0, DIGEST_LENGTH);
    }

    /** What is kept under a name; a file that cannot be read counts as none. */
    <T> Optional<T> read(String name, Class<T> type) throws IOException {
        try {
            return Optional.of(json.readValue(Files.readAllBytes(folder.resolve(name + ".json")), type));
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    void write(String name, Object content) throws IOException {
        write(folder.resolve(name + ".json"), json.writeValueAsBytes(content));
    }

    /** As {@link #write}, with line breaks. */
    void writeForPeople(String name, Object content) throws IOException {
        write(
                folder.resolve(name + ".json"),
                json.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(content));
    }

    void writeText(String name, String content) throws IOException {
        write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        WholeFile.write(file, out -> out.write(content));
    }

    /** Where what is needed to go on with something is kept until it is done. */
    Path unfinished(String name) {
        return folder.resolve("unfinished").resolve(name);
    }

    /** Deletes what was needed to go on. */
    void finished(String name) throws IOException {
        Path own = unfinished(name);
        if (Files.exists(own)) {
            try (Stream<Path> all = Files.walk(own)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    Path folder() {
        return folder;
    }
}
