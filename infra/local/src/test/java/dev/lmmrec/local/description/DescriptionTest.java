package dev.lmmrec.local.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptionTest {

    private static final Path REAL = Path.of("..", "deployment.json");

    @TempDir
    private Path folder;

    private Path changed(String from, String to) throws IOException {
        String text = Files.readString(REAL);
        assertThat(text).contains(from);
        return Files.writeString(folder.resolve("deployment.json"), text.replace(from, to));
    }

    @Test
    void read_theProjectsDescription_isRight() {
        Description description = Description.read(REAL);

        assertThat(description.functions()).containsOnlyKeys("extraction", "embedding", "scoring");
        assertThat(description.queues().get("reviews").deadLetter()).isEqualTo(new Queue.DeadLetter("reviews-dlq", 3));
        assertThat(description.mappings().get("reviews-to-extraction")).isInstanceOf(Mapping.FromQueue.class);
        assertThat(description.mappings().get("motivations-to-embedding")).isInstanceOf(Mapping.FromStream.class);
        assertThat(description.routes().get("POST /v1/reviews")).isEqualTo(new Route.ToQueue("reviews"));
    }

    @Test
    void read_severalMistakes_namesThemAll() throws IOException {
        Path file = changed("\"function\": \"scoring\"", "\"function\": \"scorng\"");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"visibilityTimeoutSeconds\": 360", "\"visibilityTimeoutSeconds\": 100")
                        .replace("${table:motivations}", "${table:motives}")
                        .replace("\"onFailure\": \"stream-failures\"", "\"onFailure\": \"nowhere\""));

        assertThatThrownBy(() -> Description.read(file))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("\"scorng\" is not described")
                .hasMessageContaining("is 100 s but must be at least 6 times the 60 s of function extraction")
                .hasMessageContaining("functions.extraction.environment.LMMREC_MOTIVATIONS_TABLE: \"motives\"")
                .hasMessageContaining("mappings.motivations-to-embedding.onFailure: \"nowhere\"");
    }

    @Test
    void read_unknownField_namesItAndTheLine() throws IOException {
        Path file = changed("\"memoryMegabytes\": 1024", "\"memory\": 1024");

        assertThatThrownBy(() -> Description.read(file))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("memory")
                .hasMessageContaining("line");
    }

    @Test
    void read_missingField_isRefused() throws IOException {
        Path file = changed("\"maximumRetryAttempts\": 5,", "");

        assertThatThrownBy(() -> Description.read(file))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("maximumRetryAttempts");
    }

    @Test
    void read_missingFile_asksForTheRoot() {
        assertThatThrownBy(() -> Description.read(folder.resolve("deployment.json")))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("root of the repository");
    }

    @Test
    void read_queueThatIsOnlyRead_isRefused() throws IOException {
        Path file = changed("${bucket:artefacts:read}", "${queue:reviews:read}");

        assertThatThrownBy(() -> Description.read(file))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("LMMREC_ARTEFACTS_BUCKET: ${queue:reviews:read} is not possible");
    }

    @Test
    void fill_placeholderForReading_takesTheSameName() {
        assertThat(Description.fill("${table:x:read}", (kind, name) -> kind + "$" + name))
                .isEqualTo("table$x");
    }

    @Test
    void fill_placeholders_takeTheRealNames() {
        assertThat(Description.fill("a ${table:x} b ${bucket:y}", (kind, name) -> kind + "$" + name))
                .isEqualTo("a table$x b bucket$y");
    }
}
