package dev.lmmrec.local.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void read_theProjectsDescription_guardsWhatIsOfUsers() {
        Description description = Description.read(REAL);

        assertThat(description.api().authorizer().openRoutes()).containsExactly("GET /v1/health");
        assertThat(description.api().authorizer().routeScopes())
                .as("no function compares the user of a review with the token, so only services send reviews in")
                .containsEntry("POST /v1/reviews", List.of("lmmrec/service"));
        assertThat(description.functions().get("scoring").environment())
                .as("the function takes the same scope for a service's as the routes")
                .containsEntry("LMMREC_SERVICE_SCOPE", "lmmrec/service");
        assertThat(description.api().limitsOf("POST /v1/reviews").bodyBytesMax())
                .isEqualTo(256 * 1024);
        assertThat(description.api().limitsOf("GET /v1/model"))
                .isEqualTo(description.api().limits());
    }

    @Test
    void read_mistakesInWhatStandsInFront_namesThemAll() throws IOException {
        Path file = changed(
                "\"openRoutes\": [\"GET /v1/health\"]", "\"openRoutes\": [\"POST /v1/reviews\", \"GET /v1/no\"]");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"GET /v1/users\": [\"lmmrec/service\"]", "\"GET /v1/users\": []")
                        .replace(
                                "\"POST /v1/score\": { \"ratePerSecond\": 50",
                                "\"POST /v1/scores\": { \"ratePerSecond\": 0"));

        assertThatThrownBy(() -> Description.read(file))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("openRoutes: \"POST /v1/reviews\" may change something")
                .hasMessageContaining("openRoutes: \"GET /v1/no\" is not described")
                .hasMessageContaining("routeScopes.POST /v1/reviews: the route is open")
                .hasMessageContaining("routeScopes.GET /v1/users: names no scope")
                .hasMessageContaining("routeLimits: \"POST /v1/scores\" is not described")
                .hasMessageContaining("routeLimits.POST /v1/scores.ratePerSecond: 0 is not between");
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
