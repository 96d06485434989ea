package dev.lmmrec.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.review.Review;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The built zips with a language model's endpoint that is down, slow or too dear: no review is lost. */
class LanguageModelIT {

    private static final String TEXT = "I travel a lot and it " + StubModel.QUOTE + ". The legs feel solid.";

    @Test
    void endpointThatIsDown_withNobodyToStepIn_makesReviewsWait_thenAllGoThrough() throws Exception {
        int reviews = 5;
        try (StubModel model = new StubModel(reviews, 0);
                LiveSystem system = start("model-down", model, Map.of("LMMREC_EXTRACTOR", "openai"))) {
            send(system, reviews);
            system.awaitIdle();

            assertThat(system.allRows()).hasSize(reviews).allSatisfy(row -> {
                assertThat(row.extractorId()).startsWith("openai-stub-p");
                assertThat(row.motivations()).extracting(Motivation::evidence).containsExactly(StubModel.QUOTE);
            });
            assertThat(model.asked()).isEqualTo(2 * reviews);
            assertThat(system.log("extraction"))
                    .contains("openai answered with HTTP status 503")
                    .doesNotContain(StubModel.QUOTE);
            assertThat(system.deployment().queueDepth("reviews-dlq")).isZero();
        }
    }

    @Test
    void endpointThatIsSlow_leavesItsReviewsToTheNextRung_andSaysSo() throws Exception {
        try (StubModel model = new StubModel(0, 5_000);
                LiveSystem system = start(
                        "model-slow",
                        model,
                        Map.of("LMMREC_EXTRACTOR", "openai,embedded", "LMMREC_LLM_TIMEOUT", "1s"))) {
            send(system, 3);
            system.awaitIdle();

            assertThat(system.allRows())
                    .hasSize(3)
                    .extracting(ReviewMotivations::extractorId)
                    .allMatch(id -> id.startsWith("embedded"));
            assertThat(system.log("extraction"))
                    .contains("answered by embedded", "since openai took too long")
                    .doesNotContain(StubModel.QUOTE);
        }
    }

    @Test
    void daysCap_onceReached_leavesReviewsToTheNextRung_andSaysSo() throws Exception {
        int cap = 20_000;
        try (StubModel model = new StubModel(0, 0);
                LiveSystem system = start(
                        "model-capped",
                        model,
                        Map.of(
                                "LMMREC_EXTRACTOR",
                                "openai,embedded",
                                "LMMREC_LLM_TOKENS_PER_DAY",
                                Integer.toString(cap)))) {
            send(system, 12);
            system.awaitIdle();

            List<String> extractors = system.allRows().stream()
                    .map(ReviewMotivations::extractorId)
                    .toList();
            assertThat(extractors).hasSize(12);
            long byModel =
                    extractors.stream().filter(id -> id.startsWith("openai")).count();
            assertThat(byModel).isBetween(1L, (long) cap / (StubModel.TOKENS_IN + StubModel.TOKENS_OUT));
            assertThat(tokensCounted(system)).isEqualTo(byModel * (StubModel.TOKENS_IN + StubModel.TOKENS_OUT));
            assertThat(system.log("extraction"))
                    .contains("openai was not asked: the day's tokens are used up", "\"review_cost\"")
                    .doesNotContain(StubModel.QUOTE);
        }
    }

    private static LiveSystem start(String folder, StubModel model, Map<String, String> variables) throws IOException {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("LMMREC_OPENAI_URL", model.url());
        environment.put("LMMREC_OPENAI_MODEL", "stub");
        environment.put("LMMREC_LLM_RETRIES", "0");
        return LiveSystem.start(folder, environment);
    }

    private static void send(LiveSystem system, int count) {
        system.send(IntStream.range(0, count)
                .mapToObj(i -> system.body(
                        new Review("review-" + i, "user-" + i, "item", 5, 1_700_000_000L, "", TEXT, "test")))
                .toList());
    }

    private static long tokensCounted(LiveSystem system) {
        return system
                .deployment()
                .clients()
                .dynamoDb()
                .scan(scan ->
                        scan.tableName(system.deployment().resources().tables().get("spend")))
                .items()
                .stream()
                .map(day -> day.get("tokens"))
                .map(AttributeValue::n)
                .mapToLong(Long::parseLong)
                .sum();
    }
}
