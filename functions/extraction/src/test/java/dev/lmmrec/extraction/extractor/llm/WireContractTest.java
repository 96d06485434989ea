package dev.lmmrec.extraction.extractor.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.Reviews;
import dev.lmmrec.extraction.cost.ReviewCost;
import dev.lmmrec.extraction.extractor.Candidate;
import dev.lmmrec.extraction.extractor.ExtractionOutcome;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.Extracted;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.NoAnswer;
import dev.lmmrec.extraction.extractor.ladder.Allowance;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each form of endpoint, over the wire: what is sent, and what becomes of every kind of answer. */
class WireContractTest {

    private static final WireMockServer SERVER =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private static final Review REVIEW = Reviews.of("Bright", "It is so bright that I read by it.", 4);
    private static final int TOKENS = 1_000_000;
    private static final String GOOD = Answers.of("so bright");

    private final List<ReviewCost> costs = new ArrayList<>();

    @BeforeAll
    static void start() {
        // where the AWS SDK looks before it asks the network
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @BeforeEach
    void forget() {
        SERVER.resetAll();
    }

    @ParameterizedTest
    @EnumSource
    void answer_thatFits_becomesCandidates_andIsCharged(WireForm form) {
        answer(form, ok(form, GOOD));

        assertThat(extract(form)).isInstanceOfSatisfying(Extracted.class, found -> {
            assertThat(found.candidates()).extracting(Candidate::evidence).containsExactly("so bright");
            assertThat(found.kind()).containsExactly("lamp");
        });
        assertThat(costs).singleElement().satisfies(cost -> {
            assertThat(cost.answered()).isTrue();
            assertThat(cost.calls()).isEqualTo(1);
            assertThat(cost.tokensIn()).isEqualTo(WireForm.TOKENS_IN);
            assertThat(cost.tokensOut()).isEqualTo(WireForm.TOKENS_OUT);
            assertThat(cost.cost()).isCloseTo(0.003, within(1e-12));
        });
    }

    @ParameterizedTest
    @EnumSource
    void request_holdsTheStrictSchemaWithTheStepsFirst_theQuestion_andNoTools(WireForm form) {
        answer(form, ok(form, GOOD));
        extract(form);

        JsonNode request = request(form, 0);
        JsonNode schema = form.schema(request);
        assertThat(schema.path("properties").fieldNames())
                .toIterable()
                .containsExactly("observations", "candidates", "checks", "motivations", "kind");
        assertThat(schema.path("required")).hasSize(5);
        JsonNode motive = schema.at("/properties/motivations/items");
        // Ollama's form has no way to say so; the reader refuses what the schema does not name
        if (form != WireForm.OLLAMA) {
            assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
            assertThat(motive.path("additionalProperties").asBoolean(true)).isFalse();
        }
        assertThat(names(motive.at("/properties/facet/enum"))).hasSize(13).contains("function", "comparison", "other");
        assertThat(form.question(request)).contains("rated 4.0 of 5", "It is so bright that I read by it.");
        assertThat(request.toString()).contains("motivation counts only if words of the review prove it");
        assertThat(List.of("tools", "toolConfig", "tool_choice", "functions"))
                .allSatisfy(field -> assertThat(request.path(field)).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void endpoint_slowerThanTheTimeout_isTriedAgain_thenGivenUp_andChargedInFull(WireForm form) {
        answer(form, ok(form, GOOD).withFixedDelay(3_000));

        assertThat(extract(form, Duration.ofMillis(250))).isEqualTo(new NoAnswer("stub took too long"));
        verifyCalls(2);
        assertThat(costs).singleElement().satisfies(cost -> {
            assertThat(cost.answered()).isFalse();
            assertThat(cost.tokensIn()).isGreaterThan(1_000);
            assertThat(cost.tokensOut()).isEqualTo(2 * Rungs.ANSWER_TOKENS);
            assertThat(cost.cost()).isPositive();
        });
    }

    @ParameterizedTest
    @EnumSource
    void endpoint_slowerThanTheTimeout_withNoTimeForAnotherTry_isSaidToHaveTakenTooLong(WireForm form) {
        answer(form, ok(form, GOOD).withFixedDelay(3_000));
        Allowance forOne = new Allowance(TOKENS, Duration.ofMillis(950), System::nanoTime);

        assertThat(extract(form, SERVER.baseUrl(), Duration.ofMillis(500), forOne))
                .isEqualTo(new NoAnswer("stub took too long; not asked again: the review's time is used up"));
        verifyCalls(1);
    }

    @ParameterizedTest
    @EnumSource
    void endpoint_thatIsBusy_isTriedAgain(WireForm form) {
        inTurn(form, error(form, 429), ok(form, GOOD));

        assertThat(extract(form)).isInstanceOf(Extracted.class);
        verifyCalls(2);
    }

    @ParameterizedTest
    @EnumSource
    void endpoint_thatStaysBusy_isGivenUp(WireForm form) {
        answer(form, error(form, 429));

        assertThat(extract(form)).isEqualTo(new NoAnswer("stub answered with HTTP status 429"));
        verifyCalls(2);
    }

    @ParameterizedTest
    @EnumSource
    void endpoint_thatFails_isTriedAgain_thenGivenUp(WireForm form) {
        answer(form, error(form, 500));

        assertThat(extract(form)).isEqualTo(new NoAnswer("stub answered with HTTP status 500"));
        verifyCalls(2);
    }

    @ParameterizedTest
    @EnumSource
    void endpoint_thatRefusesTheKey_isNotTriedAgain(WireForm form) {
        answer(form, error(form, 401));

        assertThat(extract(form)).isEqualTo(new NoAnswer("stub answered with HTTP status 401"));
        verifyCalls(1);
    }

    @ParameterizedTest
    @EnumSource
    void endpoint_thatHangsUp_isTriedAgain_thenGivenUp(WireForm form) {
        answer(form, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        assertThat(extract(form)).isInstanceOf(NoAnswer.class);
        verifyCalls(2);
    }

    @ParameterizedTest
    @EnumSource
    void endpoint_thatIsDown_isTriedAgain_andTakesNoTokensOffTheReview(WireForm form) throws IOException {
        Allowance allowance = new Allowance(TOKENS, Duration.ofMinutes(1), System::nanoTime);

        assertThat(extract(form, "http://localhost:" + closedPort(), Duration.ofSeconds(10), allowance))
                .isInstanceOf(NoAnswer.class);
        assertThat(costs).singleElement().satisfies(cost -> {
            assertThat(cost.calls()).isEqualTo(2);
            assertThat(cost.cost()).isZero();
        });
        assertThat(allowance.hasTokens(TOKENS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void endpoint_thatNobodyKnows_takesNoTokensOffTheReview(WireForm form) {
        Allowance allowance = new Allowance(TOKENS, Duration.ofMinutes(1), System::nanoTime);

        assertThat(extract(form, "http://no-such-host.invalid", Duration.ofSeconds(10), allowance))
                .isInstanceOf(NoAnswer.class);
        assertThat(allowance.hasTokens(TOKENS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void endpoint_thatHangsUp_takesTokensOffTheReview(WireForm form) {
        answer(form, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        Allowance allowance = new Allowance(TOKENS, Duration.ofMinutes(1), System::nanoTime);

        extract(form, SERVER.baseUrl(), Duration.ofSeconds(10), allowance);

        assertThat(allowance.hasTokens(TOKENS)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void answer_cutByTheEndpoint_isAskedForOnceMore(WireForm form) {
        inTurn(
                form,
                aResponse()
                        .withHeader("content-type", "application/json")
                        .withBody(form.answer(GOOD.substring(0, 60), true)),
                ok(form, GOOD));

        assertThat(extract(form)).isInstanceOf(Extracted.class);
        assertThat(form.question(request(form, 0))).doesNotContain("could not be used");
        assertThat(form.question(request(form, 1))).contains("could not be used: it was longer than allowed");
        assertThat(costs).extracting(ReviewCost::calls).containsExactly(2);
    }

    @ParameterizedTest
    @EnumSource
    void answer_thatIsNoJson_isAskedForOnceMore_thenGivenUp(WireForm form) {
        answer(form, ok(form, "I am afraid I cannot do that."));

        assertThat(extract(form)).isInstanceOfSatisfying(NoAnswer.class, none -> assertThat(none.reason())
                .isEqualTo("stub gave 2 answers that cannot be used;"
                        + " of the last, it was no complete JSON object of the schema"));
        verifyCalls(2);
        assertThat(costs).extracting(ReviewCost::answered).containsExactly(false);
    }

    @ParameterizedTest
    @EnumSource
    void envelope_thatIsNoJson_isAFailureOfTheEndpoint(WireForm form) {
        answer(form, aResponse().withHeader("content-type", "text/html").withBody("<html>gateway</html>"));

        assertThat(extract(form)).isInstanceOfSatisfying(NoAnswer.class, none -> assertThat(none.reason())
                .startsWith("stub ")
                .doesNotContain("html"));
    }

    @ParameterizedTest
    @EnumSource
    void answer_ofAnotherSchema_isAskedForOnceMore_thenGivenUp(WireForm form) {
        answer(form, ok(form, "{\"motives\": [], \"admin\": true}"));

        assertThat(extract(form)).isInstanceOf(NoAnswer.class);
        verifyCalls(2);
    }

    @ParameterizedTest
    @EnumSource
    void answer_thatIsEmpty_isAskedForOnceMore_thenGivenUp(WireForm form) {
        answer(form, ok(form, ""));

        assertThat(extract(form)).isInstanceOf(NoAnswer.class);
        verifyCalls(2);
    }

    private ExtractionOutcome extract(WireForm form) {
        return extract(form, Duration.ofSeconds(10));
    }

    private ExtractionOutcome extract(WireForm form, Duration timeout) {
        return extract(form, SERVER.baseUrl(), timeout, Rungs.plenty());
    }

    private ExtractionOutcome extract(WireForm form, String server, Duration timeout, Allowance allowance) {
        return Rungs.of(form.model(server, timeout), Rungs.patience(timeout, 1), Rungs.uncounted(), costs)
                .extract(REVIEW, allowance);
    }

    /** Nobody listens there any more. */
    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static ResponseDefinitionBuilder ok(WireForm form, String content) {
        return aResponse().withHeader("content-type", "application/json").withBody(form.answer(content, false));
    }

    private static ResponseDefinitionBuilder error(WireForm form, int status) {
        return aResponse()
                .withStatus(status)
                .withHeader("content-type", "application/json")
                .withBody(form.error(status));
    }

    private static void answer(WireForm form, ResponseDefinitionBuilder response) {
        SERVER.stubFor(post(urlPathEqualTo(form.path())).willReturn(response));
    }

    private static void inTurn(WireForm form, ResponseDefinitionBuilder first, ResponseDefinitionBuilder second) {
        SERVER.stubFor(post(urlPathEqualTo(form.path()))
                .inScenario("turns")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("second")
                .willReturn(first));
        SERVER.stubFor(post(urlPathEqualTo(form.path()))
                .inScenario("turns")
                .whenScenarioStateIs("second")
                .willReturn(second));
    }

    private static void verifyCalls(int count) {
        SERVER.verify(count, postRequestedFor(anyUrl()));
    }

    private static JsonNode request(WireForm form, int index) {
        return WireForm.parse(SERVER.findAll(postRequestedFor(urlPathEqualTo(form.path())))
                .get(index)
                .getBodyAsString());
    }

    private static List<String> names(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
