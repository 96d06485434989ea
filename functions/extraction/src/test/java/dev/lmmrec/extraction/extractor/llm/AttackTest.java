package dev.lmmrec.extraction.extractor.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.extraction.BatchExtraction;
import dev.lmmrec.extraction.event.MessageReader;
import dev.lmmrec.extraction.event.QueueBatch.QueueMessage;
import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.extractor.embedded.EmbeddedExtractor;
import dev.lmmrec.extraction.extractor.ladder.Ladder;
import dev.lmmrec.extraction.extractor.ladder.Rung;
import dev.lmmrec.extraction.grounding.Grounding;
import dev.lmmrec.extraction.privacy.PersonalData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reviews that try to talk the model into something, and a model that lets them: what each wants it to answer, it
 * answers. The cases are in {@code attacks.jsonl}; {@code docs/threat-model.md} lists them.
 */
class AttackTest {

    private static final Pattern REPEATED = Pattern.compile("\\[\\[(\\d+)x\\|(.*?)]]");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final int LEAK_WORDS = 5;
    private static final String HONEST = "These are honest words of a bystander.";
    private static final List<String> PERSONAL = List.of("jane", "650-253-0000", "4111 1111", "evil_shop");

    private static final EmbeddedExtractor EMBEDDED = EmbeddedExtractor.load();

    private static TalkedIntoModel model;
    private static String table;

    private record Attack(String id, String name, String title, String text, String answer, String by, int kept) {

        @Override
        public String toString() {
            return id + " " + name;
        }
    }

    @BeforeAll
    static void start() {
        model = new TalkedIntoModel();
        table = DynamoDbLocal.shared().createTable("reviewId");
    }

    @AfterAll
    static void stop() {
        model.close();
    }

    static Stream<Attack> attacks() throws IOException {
        try (InputStream stream = Objects.requireNonNull(AttackTest.class.getResourceAsStream("attacks.jsonl"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(WireForm::parse)
                            .map(line -> new Attack(
                                    line.get("id").asText(),
                                    line.get("name").asText(),
                                    expanded(line.get("title").asText()),
                                    expanded(line.get("text").asText()),
                                    expanded(line.get("answer").asText()),
                                    line.get("by").asText(),
                                    line.get("kept").asInt()))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void attack_thatTheModelGivesInTo_changesNothingBeyondItsOwnQuotes(Attack attack) {
        String mark = "mark" + UUID.randomUUID().toString().replace("-", "x");
        model.talkInto(mark, attack.answer());
        String victim = "victim-" + mark;

        List<String> failures = extraction()
                .failuresOf(List.of(
                        message("before-" + mark, "", HONEST),
                        message(victim, attack.title(), attack.text() + " " + mark),
                        message("after-" + mark, "", HONEST)));

        assertThat(failures).as("messages that failed").isEmpty();
        assertThatBystanderIsUntouched("before-" + mark);
        assertThatBystanderIsUntouched("after-" + mark);
        assertThatQuestionsAreAsEver();
        assertThatRowIsSound(victim, attack);
    }

    private static void assertThatBystanderIsUntouched(String reviewId) {
        assertThat(row(reviewId).motivations()).extracting(Motivation::evidence).containsExactly("honest words");
    }

    private static void assertThatQuestionsAreAsEver() {
        assertThat(model.requests()).hasSizeBetween(3, 4).allSatisfy(request -> {
            assertThat(request.at("/messages/0/role").asText()).isEqualTo("system");
            assertThat(request.at("/messages/0/content").asText()).isEqualTo(Rungs.PROMPT.instructions());
            assertThat(request.path("messages")).hasSize(2);
            assertThat(request.path("response_format"))
                    .isEqualTo(model.requests().get(0).path("response_format"));
            assertThat(request.has("tools")).isFalse();
            assertThat(PERSONAL).noneMatch(request.toString()::contains);
        });
    }

    private static void assertThatRowIsSound(String reviewId, Attack attack) {
        ReviewMotivations row = row(reviewId);
        boolean byModel = attack.by().equals("model");
        assertThat(row.extractorId())
                .isEqualTo(byModel ? ladder().id().value() : EMBEDDED.id().value());
        if (byModel) {
            assertThat(row.motivations()).as("%s", row.motivations()).hasSize(attack.kept());
        }
        for (Motivation motivation : row.motivations()) {
            String field = motivation.field() == Field.TEXT
                    ? row.review().text()
                    : row.review().title();
            assertThat(field.startsWith(motivation.evidence(), motivation.start()))
                    .as("quote at its place")
                    .isTrue();
            assertThat(motivation.evidence())
                    .matches(evidence -> evidence.codePoints().anyMatch(Character::isLetterOrDigit));
            assertThat(motivation.facet().name()).hasSizeLessThanOrEqualTo(40);
        }
        String free = freeWords(row);
        assertThat(runs(free))
                .as("words of the instructions")
                .doesNotContainAnyElementsOf(runs(Rungs.PROMPT.instructions()));
        assertThat(PERSONAL).noneMatch(row.toString()::contains);
        assertThat(free).doesNotContain("<", "{", "http", "[[").doesNotContainPattern("\\p{Cntrl}|[0-9a-f]{32}");
        assertThat(item(reviewId).keySet())
                .containsExactlyInAnyOrder(
                        "reviewId",
                        "userId",
                        "itemId",
                        "review",
                        "contentHash",
                        "receivedAt",
                        "extractorId",
                        "motivations",
                        "kind",
                        "dropped");
    }

    /** All that a model may word by itself. */
    private static String freeWords(ReviewMotivations row) {
        List<String> words = new ArrayList<>(row.kind());
        if (!row.extractorId().equals(EMBEDDED.id().value())) {
            row.motivations().forEach(motivation -> words.add(motivation.statement()));
        }
        row.motivations().forEach(motivation -> words.add(motivation.facet().name()));
        return String.join(" ", words);
    }

    private static List<String> runs(String text) {
        List<String> words = WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(word -> word.group())
                .toList();
        List<String> runs = new ArrayList<>();
        for (int i = 0; i + LEAK_WORDS <= words.size(); i++) {
            runs.add(String.join(" ", words.subList(i, i + LEAK_WORDS)));
        }
        return runs;
    }

    private static String expanded(String text) {
        return REPEATED.matcher(text)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(2).repeat(Integer.parseInt(part.group(1)))));
    }

    private static Extractor ladder() {
        ChatModel chat = WireForm.OPENAI.model(model.url(), Duration.ofSeconds(20));
        return new Ladder(
                List.of(
                        Rungs.of(chat, Rungs.patience(Duration.ofSeconds(20), 0), Rungs.uncounted(), new ArrayList<>()),
                        Rung.free(EMBEDDED)),
                1_000_000,
                Duration.ofMinutes(2),
                System::nanoTime);
    }

    private static BatchExtraction extraction() {
        return new BatchExtraction(
                new MessageReader(new ReviewCheck(Clock.systemUTC()), new PersonalData("US")),
                ladder(),
                new Grounding(),
                new MotivationStore(DynamoDbLocal.shared().client(), table),
                arrivals -> Set.of(),
                figures -> {},
                Runnable::run);
    }

    private static ReviewMotivations row(String reviewId) {
        return new MotivationStore(DynamoDbLocal.shared().client(), table)
                .find(reviewId)
                .orElseThrow();
    }

    private static Map<String, AttributeValue> item(String reviewId) {
        return DynamoDbLocal.shared()
                .client()
                .getItem(get -> get.tableName(table).key(Map.of("reviewId", AttributeValue.fromS(reviewId))))
                .item();
    }

    private static QueueMessage message(String reviewId, String title, String text) {
        Map<String, Object> review = Map.of(
                "reviewId",
                reviewId,
                "userId",
                "u",
                "itemId",
                "i",
                "rating",
                4,
                "time",
                1_600_000_000,
                "title",
                title,
                "text",
                text);
        return new QueueMessage("m-" + reviewId, WireForm.json(review), Map.of("SentTimestamp", "1000"));
    }
}
