package dev.lmmrec.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REVIEWS = """
            {"user":"u1","item":"i1","rating":4,"time":1,"title":"Bright","text":"So bright.\\nMail jane@example.org!"}
            {"user":"u2","item":"i1","rating":4,"time":1,"title":"","text":"Fine"}
            {"user":"u3","item":"i1","rating":4,"time":1,"text":"Nobody labelled me"}
            """;
    private static final String LABELS = """
            {"user":"u1","item":"i1","split":"dev","motives":[{"side":"ITEM","facet":"function","polarity":"POSITIVE",\
            "strength":0.9,"confidence":0.8,"statement":"is bright","evidence":"So bright","field":"text","start":0}]}
            {"user":"u2","item":"i1","motives":[]}
            """;

    @TempDir
    private Path folder;

    @Test
    void labelledReview_isAnsweredWithItsLabels_thoughBlotted() throws Exception {
        try (ReplayServer server = start(LABELS)) {
            HttpResponse<String> response = ask(server, "Bright", "So bright.\nMail ****************!");

            assertThat(response.statusCode()).isEqualTo(200);
            JsonNode answer = contentOf(response);
            assertThat(answer.fieldNames())
                    .toIterable()
                    .containsExactly("observations", "candidates", "checks", "motivations", "kind");
            assertThat(answer.at("/motivations/0/statement").asText()).isEqualTo("is bright");
            assertThat(answer.at("/motivations/0/strength").asDouble()).isEqualTo(0.9);
            assertThat(answer.at("/motivations/0/otherFacet").isTextual()).isTrue();
            assertThat(answer.at("/checks/0/shown").asBoolean()).isTrue();
            assertThat(server.answered()).isEqualTo(1);
        }
    }

    @Test
    void reviewLabelledWithNothing_isAnsweredWithNothing() throws Exception {
        try (ReplayServer server = start(LABELS)) {
            assertThat(contentOf(ask(server, "", "Fine")).path("motivations")).isEmpty();
        }
    }

    @Test
    void unlabelledReview_isRefused_andCounted() throws Exception {
        try (ReplayServer server = start(LABELS)) {
            assertThat(ask(server, "", "Nobody labelled me").statusCode()).isEqualTo(422);
            assertThat(ask(server, "Bright", "So bright.\nMail nobody@example.org")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(server.unlabelled()).isEqualTo(2);
            assertThat(server.labelled()).isEqualTo(2);
        }
    }

    @Test
    void question_ofAnotherForm_isRefused() throws Exception {
        try (ReplayServer server = start(LABELS)) {
            assertThat(send(server, "What is the weather?").statusCode()).isEqualTo(422);
        }
    }

    @Test
    void labelsThatAreNotThere_orOfOtherReviews_areToldWithWhatToDo() throws IOException {
        Path reviews = Files.writeString(folder.resolve("reviews.jsonl"), REVIEWS);
        Path other = Files.writeString(folder.resolve("other.jsonl"), "{\"user\":\"x\",\"item\":\"y\",\"motives\":[]}");
        Path none = Files.writeString(folder.resolve("none.jsonl"), "{\"user\":\"x\"}");

        assertThatThrownBy(() -> ReplayServer.start(reviews, folder.resolve("absent.jsonl.gz")))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("absent.jsonl.gz (NoSuchFileException): replay needs");
        assertThatThrownBy(() -> ReplayServer.start(reviews, other))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("none of the reviews");
        assertThatThrownBy(() -> ReplayServer.start(reviews, none))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("none.jsonl line 1: has no list 'motives'");
    }

    private ReplayServer start(String labels) throws IOException {
        return ReplayServer.start(
                Files.writeString(folder.resolve("reviews.jsonl"), REVIEWS),
                Files.writeString(folder.resolve("labels.jsonl"), labels));
    }

    private static HttpResponse<String> ask(ReplayServer server, String title, String text)
            throws IOException, InterruptedException {
        return send(server, "Title, then text:\nb0b0\n" + title + "\nb0b0\n" + text + "\nb0b0");
    }

    private static HttpResponse<String> send(ReplayServer server, String question)
            throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of(
                "model",
                "replay",
                "messages",
                List.of(Map.of("role", "system", "content", "s"), Map.of("role", "user", "content", question))));
        URI url = URI.create(server.environment().get("LMMREC_OPENAI_URL") + "/chat/completions");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode contentOf(HttpResponse<String> response) throws IOException {
        return JSON.readTree(
                JSON.readTree(response.body()).at("/choices/0/message/content").asText());
    }
}
