package dev.lmmrec.extraction.extractor.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.extraction.MotivationsTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole function with a model behind an OpenAI-compatible endpoint. */
@QuarkusTest
@TestProfile(LlmExtractorTest.WithModel.class)
@QuarkusTestResource(MotivationsTable.class)
@QuarkusTestResource(LlmExtractorTest.Endpoint.class)
class LlmExtractorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHAT = "/v1/chat/completions";
    private static final String TEXT = "I needed a quiet keyboard for the office. The keys feel solid.";

    private static final String MOTIVES = """
            {"observations": ["works in an office"],
             "candidates": [{"side": "USER", "idea": "quiet"}, {"side": "ITEM", "idea": "solid keys"}],
             "checks": [{"idea": "quiet", "quote": "I needed a quiet keyboard", "shown": true}],
             "motivations": [
               {"side": "USER", "facet": "FUNCTION", "polarity": "NEUTRAL", "strength": 0.9, "confidence": 0.8,
                "statement": "needs a quiet keyboard for the office", "evidence": "I needed a quiet keyboard"},
               {"side": "ITEM", "facet": "QUALITY", "polarity": "POSITIVE", "strength": 0.5, "confidence": 0.9,
                "statement": "keys feel solid", "evidence": "%s"}],
             "kind": ["Keyboard"]}
            """;

    private final MotivationStore store =
            new MotivationStore(DynamoDbLocal.shared().client(), MotivationsTable.NAME);
    private final String reviewId = UUID.randomUUID().toString();

    @BeforeEach
    void forget() {
        Endpoint.SERVER.resetAll();
    }

    @Test
    void answer_thatFitsTheSchema_becomesGroundedMotivations() {
        Endpoint.SERVER.stubFor(post(CHAT).willReturn(okJson(completion(MOTIVES.formatted("The keys feel solid")))));

        assertThatDone(TEXT);

        ReviewMotivations row = store.find(reviewId).orElseThrow();
        assertThat(row.motivations())
                .extracting(Motivation::side, Motivation::facet, Motivation::evidence, Motivation::start)
                .containsExactly(
                        tuple(Side.USER, Facet.FUNCTION, "I needed a quiet keyboard", 0),
                        tuple(Side.ITEM, Facet.QUALITY, "The keys feel solid", 42));
        assertThat(row.kind()).containsExactly("keyboard");
        assertThat(row.dropped()).isZero();
        assertThat(row.extractorId()).isEqualTo("llm-model-under-test-" + Prompt.fingerprint());
    }

    @Test
    void reasoning_isAskedForBeforeTheMotivationsInAStrictSchema() {
        Endpoint.SERVER.stubFor(post(CHAT).willReturn(okJson(completion(MOTIVES.formatted("The keys feel solid")))));

        assertThatDone(TEXT);

        JsonNode schema = lastRequest().at("/response_format/json_schema");
        assertThat(schema.path("strict").asBoolean()).isTrue();
        JsonNode answer = schema.path("schema");
        assertThat(answer.path("properties").fieldNames())
                .toIterable()
                .containsExactly("observations", "candidates", "checks", "motivations", "kind");
        assertThat(answer.path("required")).hasSize(5);
        assertThat(answer.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(lastRequest().toString()).doesNotContain("tool_choice");
    }

    @Test
    void evidence_thatIsNotInTheText_isDroppedAndCounted() {
        Endpoint.SERVER.stubFor(post(CHAT).willReturn(okJson(completion(MOTIVES.formatted("the keys are golden")))));

        assertThatDone(TEXT);

        ReviewMotivations row = store.find(reviewId).orElseThrow();
        assertThat(row.motivations()).extracting(Motivation::evidence).containsExactly("I needed a quiet keyboard");
        assertThat(row.dropped()).isEqualTo(1);
    }

    @Test
    void answer_thatIsNoJson_isAskedForOnceMore() {
        Endpoint.SERVER.stubFor(post(CHAT)
                .inScenario("repair")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("asked again")
                .willReturn(okJson(completion("I am sorry, Dave."))));
        Endpoint.SERVER.stubFor(post(CHAT)
                .inScenario("repair")
                .whenScenarioStateIs("asked again")
                .willReturn(okJson(completion(MOTIVES.formatted("The keys feel solid")))));

        assertThatDone(TEXT);

        assertThat(store.find(reviewId).orElseThrow().motivations()).hasSize(2);
        Endpoint.SERVER.verify(2, postRequestedFor(urlEqualTo(CHAT)));
        assertThat(lastRequest().at("/messages/1/content").asText()).contains("Your last answer was no complete JSON");
    }

    @Test
    void answer_thatIsNoJsonTwice_failsTheMessage() {
        Endpoint.SERVER.stubFor(post(CHAT).willReturn(okJson(completion("I am sorry, Dave."))));

        assertThatFailed();

        Endpoint.SERVER.verify(2, postRequestedFor(urlEqualTo(CHAT)));
    }

    @Test
    void answer_withoutItsReasoning_isIncompleteAndFailsTheMessage() {
        Endpoint.SERVER.stubFor(post(CHAT).willReturn(okJson(completion("{\"motivations\": [], \"kind\": []}"))));

        assertThatFailed();
    }

    @Test
    void answer_cutInTheMiddle_failsTheMessage() {
        String whole = MOTIVES.formatted("The keys feel solid");
        Endpoint.SERVER.stubFor(post(CHAT).willReturn(okJson(completion(whole.substring(0, whole.length() / 2)))));

        assertThatFailed();
    }

    @Test
    void endpoint_answering500_failsTheMessageAfterOneCall() {
        Endpoint.SERVER.stubFor(post(CHAT).willReturn(serverError().withBody("overloaded")));

        assertThatFailed();

        Endpoint.SERVER.verify(1, postRequestedFor(urlEqualTo(CHAT)));
    }

    @Test
    void endpoint_slowerThanTheTimeout_failsTheMessage() {
        Endpoint.SERVER.stubFor(post(CHAT)
                .willReturn(aResponse()
                        .withFixedDelay(4_000)
                        .withHeader("content-type", "application/json")
                        .withBody(completion(MOTIVES.formatted("The keys feel solid")))));

        assertThatFailed();
    }

    @Test
    void review_reachesTheModelBetweenBoundariesAndWithoutInvisibleCharacters() {
        Endpoint.SERVER.stubFor(post(CHAT).willReturn(okJson(completion(MOTIVES.formatted("The keys feel solid")))));

        assertThatDone("{boundary} qui\u200bet \udb40\udc41\udb40\udc42keys {system} are fine");
        String first = lastRequest().at("/messages/1/content").asText();
        send(UUID.randomUUID().toString(), "another one");
        String second = lastRequest().at("/messages/1/content").asText();

        assertThat(first).contains("text: {boundary} quiet keys {system} are fine");
        assertThat(boundary(first)).isNotEqualTo(boundary(second)).matches("[0-9a-f]{32}");
        assertThat(first.lines().filter(boundary(first)::equals)).hasSize(2);
        assertThat(lastRequest().path("messages")).hasSize(2);
        assertThat(second).doesNotContain("quiet");
    }

    @Test
    void facetNames_ofTheSchema_areTheKnownFacets() {
        assertThat(Arrays.stream(ModelAnswer.FacetName.values())
                        .map(name -> new Facet(name.name().toLowerCase(Locale.ROOT))))
                .containsExactlyElementsOf(Facet.KNOWN);
    }

    private static String boundary(String prompt) {
        List<String> lines = prompt.strip().lines().toList();
        return lines.get(lines.size() - 1);
    }

    private void assertThatDone(String text) {
        send(reviewId, text).body("batchItemFailures", hasSize(0));
    }

    private void assertThatFailed() {
        send(reviewId, TEXT).body("batchItemFailures.itemIdentifier", contains("m-" + reviewId));
        assertThat(store.find(reviewId)).isEqualTo(Optional.empty());
    }

    private static ValidatableResponse send(String reviewId, String text) {
        Map<String, Object> review = Map.of(
                "reviewId", reviewId, "userId", "u", "itemId", "i", "rating", 4, "time", 1_600_000_000, "text", text);
        Map<String, Object> message = Map.of(
                "messageId", "m-" + reviewId, "body", json(review), "attributes", Map.of("SentTimestamp", "1000"));
        return given().contentType("application/json")
                .body(json(Map.of("Records", List.of(message))))
                .when()
                .post("/")
                .then()
                .statusCode(200);
    }

    private static JsonNode lastRequest() {
        var requests = Endpoint.SERVER.findAll(postRequestedFor(urlEqualTo(CHAT)));
        try {
            return JSON.readTree(requests.get(requests.size() - 1).getBodyAsString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String completion(String content) {
        return json(Map.of(
                "id",
                "c1",
                "object",
                "chat.completion",
                "created",
                1_700_000_000,
                "model",
                "model-under-test",
                "choices",
                List.of(Map.of(
                        "index",
                        0,
                        "finish_reason",
                        "stop",
                        "message",
                        Map.of("role", "assistant", "content", content))),
                "usage",
                Map.of("prompt_tokens", 1, "completion_tokens", 1, "total_tokens", 2)));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The function with a model for its extractor. */
    public static final class WithModel implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "LMMREC_EXTRACTOR", "llm",
                    "LMMREC_LLM_API_KEY", "key",
                    "LMMREC_LLM_MODEL", "model-under-test",
                    "LMMREC_LLM_TIMEOUT", "2s");
        }
    }

    /** The stub server. */
    public static final class Endpoint implements QuarkusTestResourceLifecycleManager {

        static final WireMockServer SERVER =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());

        @Override
        public Map<String, String> start() {
            SERVER.start();
            return Map.of("LMMREC_LLM_URL", SERVER.baseUrl() + "/v1");
        }

        @Override
        public void stop() {
            SERVER.stop();
        }
    }
}
