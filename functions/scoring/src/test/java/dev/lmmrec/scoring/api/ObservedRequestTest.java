package dev.lmmrec.scoring.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.scoring.observation.RequestObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a request leaves behind for operators, through the Lambda handler with real servers. */
@QuarkusTest
@QuarkusTestResource(value = ContractTest.Deployment.class, restrictToAnnotatedClass = true)
class ObservedRequestTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What alice wrote. */
    private static final String WORDS = "wants it light";

    /** Lines of the standard output while something is done. */
    private static List<String> printed(Supplier<Response> request, List<Response> responses) {
        PrintStream before = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            responses.add(request.get());
        } finally {
            System.setOut(before);
        }
        return caught.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static JsonNode metrics(List<String> lines) throws Exception {
        List<String> found = lines.stream()
                .filter(line -> line.contains("CloudWatchMetrics"))
                .toList();
        assertThat(found).as("one line of metrics a request").hasSize(1);
        return JSON.readTree(found.get(0));
    }

    @Test
    void recommendation_isMeasuredByStage_withoutWordsOrUsers() throws Exception {
        List<Response> responses = new ArrayList<>();
        given().get("/v1/users/alice/recommendations?k=2&includeSeen=true")
                .then()
                .statusCode(200);

        List<String> lines =
                printed(() -> given().get("/v1/users/alice/recommendations?k=2&includeSeen=true"), responses);

        Response response = responses.get(0);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().asString()).contains(WORDS);
        JsonNode line = metrics(lines);
        assertThat(line.path("function").asText())
                .as("the name that the function is deployed under")
                .isEqualTo("local");
        assertThat(line.path("operation").asText()).isEqualTo("recommendations");
        assertThat(line.path("requestId").asText())
                .isNotEmpty()
                .isEqualTo(response.header(RequestObserver.REQUEST_ID_HEADER));
        assertThat(line.path("modelVersion").asText())
                .isEqualTo("v1")
                .isEqualTo(response.header(RequestObserver.MODEL_VERSION_HEADER));
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics"))
                .extracting(metric -> metric.path("Name").asText())
                .contains(
                        "latency",
                        "artefact_time",
                        "profile_time",
                        "ranking_time",
                        "reasons_time",
                        "cold_starts",
                        "faults",
                        "fallbacks",
                        "score",
                        "profile_cache_hits",
                        "profile_cache_misses");
        assertThat(line.path("cold_starts").asInt()).isZero();
        assertThat(line.path("fallbacks").asInt()).isZero();
        assertThat(line.path("profile_cache_hits").asInt()).isEqualTo(1);
        assertThat(line.path("profile_cache_misses").asInt())
                .as("an item without a profile is asked for again")
                .isEqualTo(1);
        List<Double> scores = response.jsonPath().getList("items.score", Double.class);
        assertThat(StreamSupport.stream(line.path("score").spliterator(), false).map(JsonNode::asDouble))
                .hasSameSizeAs(scores);
        assertThat(String.join("\n", lines)).doesNotContain(WORDS).doesNotContain("alice");
    }

    @Test
    void answerForNobodyKnown_countsAsAFallback() throws Exception {
        JsonNode line = metrics(printed(() -> given().get("/v1/users/nobody/recommendations?k=2"), new ArrayList<>()));

        assertThat(line.path("fallbacks").asInt()).isEqualTo(1);
    }

    @Test
    void refusedRequest_hasIdAndArtefactToo_andIsNoFault() throws Exception {
        List<Response> responses = new ArrayList<>();

        JsonNode line = metrics(printed(() -> given().get("/v1/users/alice/recommendations?k=0"), responses));

        assertThat(responses.get(0).statusCode()).isEqualTo(400);
        assertThat(responses.get(0).header(RequestObserver.REQUEST_ID_HEADER))
                .isEqualTo(line.path("requestId").asText());
        assertThat(line.path("faults").asInt()).isZero();
        assertThat(line.path("status").asInt()).isEqualTo(400);
    }
}
