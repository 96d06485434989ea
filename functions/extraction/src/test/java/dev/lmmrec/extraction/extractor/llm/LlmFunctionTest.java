package dev.lmmrec.extraction.extractor.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.spend.SpendDays;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.extraction.MotivationsTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole function with a model as its only rung: nobody steps in for it. */
@QuarkusTest
@TestProfile(LlmFunctionTest.WithModel.class)
@QuarkusTestResource(MotivationsTable.class)
@QuarkusTestResource(LlmFunctionTest.Endpoint.class)
class LlmFunctionTest {

    private static final String TEXT = "I needed a quiet keyboard, mail me at ann@example.org. The keys feel solid.";

    private final MotivationStore store =
            new MotivationStore(DynamoDbLocal.shared().client(), MotivationsTable.NAME);
    private final String reviewId = UUID.randomUUID().toString();

    @BeforeEach
    void forget() {
        Endpoint.SERVER.resetAll();
    }

    @Test
    void answer_ofTheModel_becomesARowWithGroundedMotivations() {
        answer(Answers.of("The keys feel solid", "the keys are golden"));

        send(TEXT).body("batchItemFailures", hasSize(0));

        ReviewMotivations row = store.find(reviewId).orElseThrow();
        assertThat(row.motivations()).extracting(Motivation::evidence).containsExactly("The keys feel solid");
        assertThat(row.motivations()).extracting(Motivation::start).containsExactly(TEXT.indexOf("The keys"));
        assertThat(row.dropped()).isEqualTo(1);
        assertThat(row.kind()).containsExactly("lamp");
        assertThat(row.extractorId()).matches("openai-model-under-test-p\\d+-[0-9a-f]{12}");
    }

    @Test
    void dayWithoutACap_isCountedAllTheSame() {
        SpendDays days = new SpendDays(DynamoDbLocal.shared().client(), MotivationsTable.SPEND, Clock.systemUTC());
        LocalDate before = days.today();
        answer(Answers.of("The keys feel solid"));

        send(TEXT).body("batchItemFailures", hasSize(0));

        assertThat(days.since(before)).isNotEmpty().allSatisfy(day -> {
            assertThat(day.reviews()).isPositive();
            assertThat(day.tokensIn()).isPositive();
            assertThat(day.tokens()).isPositive();
        });
    }

    @Test
    void review_reachesTheModelWithoutInvisibleCharactersAndPersonalData() {
        answer(Answers.of("The keys feel solid"));

        send(TEXT.replace("quiet", "qui\u200bet \udb40\udc41\udb40\udc42"));

        String sent = Endpoint.SERVER
                .findAll(postRequestedFor(urlEqualTo(WireForm.OPENAI.path())))
                .get(0)
                .getBodyAsString();
        assertThat(sent).contains("I needed a quiet  keyboard, mail me at ***************. The keys");
        assertThat(sent).doesNotContain("ann@", "\u200b", "\udb40", reviewId, "user-of-the-review");
    }

    @Test
    void endpoint_thatIsDown_leavesTheReviewInTheQueue_andItGoesThroughOnceItIsBack() {
        Endpoint.SERVER.stubFor(post(WireForm.OPENAI.path()).willReturn(serverError()));

        send(TEXT).body("batchItemFailures.itemIdentifier", contains("m-" + reviewId));
        assertThat(store.find(reviewId)).isEmpty();

        answer(Answers.of("The keys feel solid"));
        send(TEXT).body("batchItemFailures", hasSize(0));
        assertThat(store.find(reviewId).orElseThrow().motivations()).hasSize(1);
    }

    @Test
    void endpoint_thatIsSlow_leavesTheReviewInTheQueue() {
        Endpoint.SERVER.stubFor(post(WireForm.OPENAI.path())
                .willReturn(aResponse().withFixedDelay(4_000).withBody(completion(Answers.of("The keys feel solid")))));

        send(TEXT).body("batchItemFailures.itemIdentifier", contains("m-" + reviewId));
    }

    private static void answer(String content) {
        Endpoint.SERVER.stubFor(post(WireForm.OPENAI.path()).willReturn(okJson(completion(content))));
    }

    private static String completion(String content) {
        return WireForm.OPENAI.answer(content, false);
    }

    private ValidatableResponse send(String text) {
        Map<String, Object> review = Map.of(
                "reviewId",
                reviewId,
                "userId",
                "user-of-the-review",
                "itemId",
                "i",
                "rating",
                4,
                "time",
                1_600_000_000,
                "text",
                text);
        Map<String, Object> message = Map.of(
                "messageId",
                "m-" + reviewId,
                "body",
                WireForm.json(review),
                "attributes",
                Map.of("SentTimestamp", "1000"));
        return given().contentType("application/json")
                .body(WireForm.json(Map.of("Records", List.of(message))))
                .when()
                .post("/")
                .then()
                .statusCode(200);
    }

    /** The function with a model for its only rung. */
    public static final class WithModel implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "lmmrec.extractor", "openai",
                    "lmmrec.openai.api-key", "key",
                    "lmmrec.openai.model", WireForm.MODEL,
                    "lmmrec.llm.tokens-per-day", "0",
                    "lmmrec.llm.retries", "1",
                    "lmmrec.llm.timeout", "1s");
        }
    }

    /** The stub server. */
    public static final class Endpoint implements QuarkusTestResourceLifecycleManager {

        static final WireMockServer SERVER =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());

        @Override
        public Map<String, String> start() {
            SERVER.start();
            return Map.of("lmmrec.openai.url", SERVER.baseUrl() + "/v1");
        }

        @Override
        public void stop() {
            SERVER.stop();
        }
    }
}
