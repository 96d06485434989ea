package dev.lmmrec.extraction.extractor.llm.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A text that is bundled and that a deployment may replace by a file. */
record TextResource(String source, String content) {

    static TextResource bundled(String name) {
        try (InputStream stream = TextResource.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + name + " beside " + TextResource.class.getName());
            }
            return new TextResource(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + name + " cannot be read", e);
        }
    }

    /**
     * Reads the file, or the bundled text where there is none.
     *
     * @throws IllegalArgumentException if the file cannot be read as UTF-8
     */
    static TextResource of(Optional<Path> file, String variable, String bundled) {
        if (file.isEmpty()) {
            return bundled(bundled);
        }
        try {
            return new TextResource(file.get().toString(), Files.readString(file.get()));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    variable + ": cannot read " + file.get() + " ("
                            + e.getClass().getSimpleName()
                            + "); give the path of a UTF-8 file that the function can read",
                    e);
        }
    }
}
