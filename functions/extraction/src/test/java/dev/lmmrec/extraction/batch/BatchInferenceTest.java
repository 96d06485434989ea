package dev.lmmrec.extraction.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.lmmrec.core.forget.Forgotten;
import dev.lmmrec.core.forget.Subject;
import dev.lmmrec.core.intake.ReadLine;
import dev.lmmrec.core.intake.ReviewFile;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.core.testing.Reviews;
import dev.lmmrec.extraction.batch.BatchResults.Outcome;
import dev.lmmrec.extraction.extractor.ExtractorId;
import dev.lmmrec.extraction.extractor.llm.AnswerScreening;
import dev.lmmrec.extraction.extractor.llm.LlmRung;
import dev.lmmrec.extraction.extractor.llm.prompt.DemonstrationPool;
import dev.lmmrec.extraction.extractor.llm.prompt.Facets;
import dev.lmmrec.extraction.extractor.llm.prompt.Prompt;
import dev.lmmrec.extraction.extractor.llm.prompt.Thought;
import dev.lmmrec.extraction.extractor.llm.provider.ChatModels;
import dev.lmmrec.extraction.extractor.llm.provider.ConverseBodies;
import dev.lmmrec.extraction.grounding.Grounding;
import dev.lmmrec.extraction.privacy.PersonalData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchInferenceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Prompt PROMPT =
            new Prompt(Facets.load(Optional.empty()), DemonstrationPool.load(Optional.empty()), 2, Thought.STEPS);
    private static final ExtractorId EXTRACTOR = LlmRung.idOf("bedrock", "some.model-v1:0", PROMPT);
    private static final long ASKED_AT = 1_750_000_000_000L;

    @TempDir
    private Path folder;

    private final MotivationStore store = new MotivationStore(
            DynamoDbLocal.shared().client(), DynamoDbLocal.shared().createTable("reviewId"));
    private final Forgotten forgotten = new Forgotten(
            DynamoDbLocal.shared().client(), DynamoDbLocal.shared().createTable("key"), Clock.systemUTC());

    @Test
    void body_ofARecord_isWhatWouldBeSentAtOnce() throws IOException {
        ChatRequest request = Prompt.limited(
                PROMPT.question(Reviews.of("Bright", "It is so bright that I read by it.", 4), "b0undary", ""), 4_000);
        WireMockServer server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());
        server.start();
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        try (ConverseBodies bodies = new ConverseBodies("some.model-v1:0")) {
            server.stubFor(WireMock.any(WireMock.anyUrl())
                    .willReturn(WireMock.okJson(JSON.writeValueAsString(output("{}", "end_turn")))));
            ChatModels.bedrock(
                            "some.model-v1:0",
                            Optional.of("us-east-1"),
                            Optional.of(server.baseUrl()),
                            Duration.ofSeconds(20))
                    .chat(request);

            String sent = server.getAllServeEvents().get(0).getRequest().getBodyAsString();

            assertThat(JSON.readTree(bodies.of(request))).isEqualTo(JSON.readTree(sent));
            assertThat(sent).contains("b0undary", "\"jsonSchema\"", "\"maxTokens\":4000");
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
            server.stop();
        }
    }

    @Test
    void reviews_areDealtOutToJobsWithinTheLimits_noneOfThemTooSmall() throws IOException {
        List<Path> files = write(reviews(430), 200);

        assertThat(files).hasSize(4);
        Set<String> records = new HashSet<>();
        for (Path file : files) {
            List<String> questions = Files.readAllLines(file);
            List<String> asked = Files.readAllLines(
                    BatchFiles.askedFile(folder, file.getFileName().toString()));
            assertThat(questions).hasSizeBetween(BatchFiles.RECORDS_MIN, 200).hasSameSizeAs(asked);
            for (int i = 0; i < questions.size(); i++) {
                JsonNode question = JSON.readTree(questions.get(i));
                Asked kept = JSON.readValue(asked.get(i), Asked.class);
                assertThat(question.fieldNames()).toIterable().containsExactly("recordId", "modelInput");
                assertThat(question.path("recordId").asText())
                        .isEqualTo(kept.recordId())
                        .matches("[A-Z0-9]{11}");
                assertThat(question.path("modelInput").toString())
                        .contains(kept.boundary(), kept.review().text())
                        .doesNotContain(kept.review().reviewId(), kept.review().userId());
                assertThat(kept.extractorId()).isEqualTo(EXTRACTOR.value());
                records.add(kept.recordId());
            }
        }
        assertThat(records).hasSize(430);
    }

    @Test
    void tooFewReviewsForAJob_areRefused_andNothingIsWritten() throws IOException {
        assertThatThrownBy(() -> write(reviews(99), 200))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("only 99 reviews to ask about, and a job needs 100: send them by ./lmmrec import");
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void filesOfAnotherRun_areNotWrittenOver() throws IOException {
        Path file = write(reviews(100), 200).get(0);
        Path asked = BatchFiles.askedFile(folder, file.getFileName().toString());
        String before = Files.readString(asked);

        assertThatThrownBy(() -> write(reviews(150), 200))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(asked + " is there already")
                .hasMessageContaining("give --out another folder");

        assertThat(asked).hasContent(before);
        assertThat(Files.readAllLines(file)).hasSize(100);
    }

    @Test
    void results_inAnyOrder_becomeTheRowsThatAskingAtOnceWouldGive_andTheRestIsToldAndKept() throws IOException {
        List<Review> reviews = reviews(120);
        Path file = write(reviews, 1_000).get(0);
        forgotten.add(Subject.user(reviews.get(6).userId()));
        // a later revision of review-7 came by the queue meanwhile
        store.put(row(reviews.get(7), "by the queue", ASKED_AT + 1));
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (String question : Files.readAllLines(file)) {
            ObjectNode line = (ObjectNode) JSON.readTree(question);
            switch (number) {
                case 0 -> line.set("error", JSON.valueToTree(Map.of("errorCode", 400, "errorMessage", "too long")));
                case 1 -> line.set("modelOutput", output("I will not answer in JSON", "end_turn"));
                case 2 -> line.set("modelOutput", output(answer("quote 2"), "max_tokens"));
                case 3 -> line.set("modelOutput", output(answer("words that nobody wrote"), "end_turn"));
                default -> line.set("modelOutput", output(answer("quote " + number), "end_turn"));
            }
            // 4 has no result at all
            if (number != 4) {
                lines.add(line.toString());
            }
            number++;
        }
        lines.add("{broken");
        lines.add(lines.get(10));
        Collections.shuffle(lines, new Random(3));
        Path results = folder.resolve(file.getFileName() + ".out");
        Files.write(results, lines);
        Path rejects = folder.resolve("rejects.jsonl");

        Outcome outcome = reading(EXTRACTOR).read(results, folder, rejects);

        assertThat(outcome.stored()).isEqualTo(120 - 4 - 2);
        assertThat(outcome.rejected()).isEqualTo(4);
        assertThat(outcome.forgotten()).isEqualTo(1);
        assertThat(outcome.stale()).isEqualTo(1);
        assertThat(outcome.unreadable()).isEqualTo(1);
        assertThat(outcome.unknown()).isEqualTo(1);
        assertThat(outcome.quotesDropped()).isEqualTo(1);
        assertThat(outcome.tokensIn()).isEqualTo(118 * 1_000L);
        assertThat(store.find("review-3").orElseThrow().motivations()).isEmpty();
        assertThat(store.find("review-6")).isEmpty();
        assertThat(store.find("review-7").orElseThrow().extractorId()).isEqualTo("by the queue");
        ReviewMotivations row = store.find("review-9").orElseThrow();
        assertThat(row.extractorId()).isEqualTo(EXTRACTOR.value());
        assertThat(row.receivedAt()).isEqualTo(ASKED_AT);
        assertThat(row.review()).isEqualTo(reviews.get(9));
        assertThat(row.kind()).containsExactly("lamp");
        assertThat(row.motivations()).extracting(Motivation::evidence).containsExactly("quote 9");

        List<String> left = new ArrayList<>();
        new ReviewFile(rejects, ReviewFormat.AUTO, new ReviewCheck(Clock.systemUTC()))
                .read(
                        line -> ((ReadLine.Reviews) line)
                                .accepted()
                                .forEach(accepted -> left.add(accepted.review().reviewId())),
                        (a, b) -> {});
        assertThat(left).containsExactlyInAnyOrder("review-0", "review-1", "review-2", "review-4");

        assertThat(reading(EXTRACTOR).read(results, folder, rejects))
                .as("again")
                .satisfies(again -> {
                    assertThat(again.stored()).isZero();
                    assertThat(again.known()).isEqualTo(114);
                });
    }

    @Test
    void results_ofAnotherPrompt_areRefused() throws IOException {
        Path file = write(reviews(100), 1_000).get(0);
        Path results = folder.resolve(file.getFileName() + ".out");
        Files.writeString(results, "");

        assertThatThrownBy(() -> reading(new ExtractorId("bedrock-other")).read(results, folder, results))
                .hasMessageContaining("was asked as " + EXTRACTOR)
                .hasMessageContaining("bedrock-other");
        assertThatThrownBy(() -> reading(EXTRACTOR).read(file, folder, results)).hasMessageContaining("is no result");
        assertThatThrownBy(() -> reading(EXTRACTOR).read(folder.resolve("x.jsonl.out"), folder, results))
                .hasMessageContaining("nothing was asked as");
    }

    private BatchResults reading(ExtractorId extractor) {
        return new BatchResults(
                new AnswerScreening(PROMPT, new PersonalData("US")),
                new Grounding(),
                store,
                forgotten::among,
                extractor.value());
    }

    private List<Path> write(List<Review> reviews, int recordsMax) {
        try (BatchFiles files = new BatchFiles(
                folder, "reviews", recordsMax, 1L << 30, PROMPT, 4_000, EXTRACTOR, "some.model-v1:0", ASKED_AT)) {
            reviews.forEach(files::ask);
            return files.finish();
        }
    }

    private static List<Review> reviews(int count) {
        List<Review> reviews = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reviews.add(new Review(
                    "review-" + i,
                    "author-" + i,
                    "item-" + i % 5,
                    4,
                    1_700_000_000L,
                    "",
                    "I say quote " + i + ", \ud83c\udfb8 and so on.",
                    "test"));
        }
        return reviews;
    }

    private static ReviewMotivations row(Review review, String extractorId, long receivedAt) {
        return ReviewMotivations.of(review, receivedAt, extractorId, List.of(), List.of(), 0);
    }

    private static JsonNode output(String text, String stopReason) {
        return JSON.valueToTree(Map.of(
                "output", Map.of("message", Map.of("role", "assistant", "content", List.of(Map.of("text", text)))),
                "stopReason", stopReason,
                "usage", Map.of("inputTokens", 1_000, "outputTokens", 200, "totalTokens", 1_200),
                "metrics", Map.of("latencyMs", 1)));
    }

    private static String answer(String evidence) throws IOException {
        return JSON.writeValueAsString(Map.of(
                "observations", List.of("writes of a lamp"),
                "candidates", List.of(Map.of("side", "ITEM", "idea", "bright")),
                "checks", List.of(Map.of("idea", "bright", "quote", evidence, "shown", true)),
                "motivations",
                        List.of(Map.of(
                                "side", "ITEM",
                                "facet", "quality",
                                "otherFacet", "",
                                "polarity", "POSITIVE",
                                "statement", "shines brightly",
                                "evidence", evidence,
                                "strength", 0.8,
                                "confidence", 0.9)),
                "kind", List.of("lamp")));
    }
}
