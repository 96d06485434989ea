package dev.lmmrec.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.forget.Forgotten;
import dev.lmmrec.core.forget.Subject;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.core.review.ReviewDraft;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.extraction.event.MessageReader;
import dev.lmmrec.extraction.event.QueueBatch.QueueMessage;
import dev.lmmrec.extraction.extractor.ExtractionOutcome;
import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.extractor.ExtractorId;
import dev.lmmrec.extraction.extractor.embedded.EmbeddedExtractor;
import dev.lmmrec.extraction.grounding.Grounding;
import dev.lmmrec.extraction.metric.BatchFigures;
import dev.lmmrec.extraction.privacy.PersonalData;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** On the real store and with the real extractor. */
class BatchExtractionTest {

    private static final Extractor EMBEDDED = EmbeddedExtractor.load();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = "I bought this strap for my son. It is very comfortable and easy to adjust.";

    private DynamoDbClient dynamoDb;
    private String table;
    private MotivationStore store;
    private Forgotten forgotten;
    private final List<BatchFigures> figures = new ArrayList<>();

    @BeforeEach
    void openTable() {
        DynamoDbLocal server = DynamoDbLocal.shared();
        dynamoDb = server.client();
        table = server.createTable("reviewId");
        store = new MotivationStore(dynamoDb, table);
        forgotten = new Forgotten(dynamoDb, server.createTable("key"), Clock.systemUTC());
    }

    @Test
    void review_thatWasForgottenWhileItWaited_isShownToNoExtractor_andItsMessageIsDone() {
        forgotten.add(Subject.review("r1"));
        List<String> seen = new ArrayList<>();
        Extractor watching = new Watching(review -> seen.add(review.reviewId()));

        assertThat(batch(watching)
                        .failuresOf(List.of(message("m1", "r1", TEXT, 1_000), message("m2", "r2", TEXT, 1_000))))
                .isEmpty();

        assertThat(seen).containsExactly("r2");
        assertThat(store.find("r1")).isEmpty();
        assertThat(store.find("r2")).isPresent();
    }

    @Test
    void review_thatIsForgottenWhileItIsExtracted_leavesNoRow() {
        Extractor overtaken = new Watching(review -> forgotten.add(Subject.user(review.userId())));

        assertThat(batch(overtaken).failuresOf(List.of(message("m1", "r1", TEXT, 1_000))))
                .isEmpty();

        assertThat(store.find("r1")).isEmpty();
    }

    @Test
    void review_writtenAndSentAfterItsUserWasForgotten_isAReviewLikeAnyOther() {
        forgotten.add(Subject.user("u1"));
        long later = System.currentTimeMillis() + 10_000;
        String body = """
                {"reviewId":"r1","userId":"u1","itemId":"i1","rating":5,"time":%d,"text":"%s"}""".formatted(later / 1_000, TEXT);

        assertThat(batch(EMBEDDED)
                        .failuresOf(List.of(new QueueMessage(
                                "m1", body, Map.of(QueueMessage.SENT_TIMESTAMP, Long.toString(later))))))
                .isEmpty();

        assertThat(store.find("r1")).isPresent();
    }

    @Test
    void batch_tellsWhatItCameTo() {
        handle(message("m1", "r1", TEXT, 1_000), message("m2", "r2", "Well.", 1_000), message("m3", "r3", "", 1));

        assertThat(figures).singleElement().satisfies(batch -> {
            assertThat(batch.reviews()).isEqualTo(2);
            assertThat(batch.reviewsWithoutMotive()).isEqualTo(1);
            assertThat(batch.motivations()).isPositive();
            assertThat(batch.byFacet().values().stream()
                            .mapToInt(count -> count)
                            .sum())
                    .isEqualTo(batch.motivations());
        });
    }

    /** The embedded extractor, and somebody who is told before it begins. */
    private record Watching(Consumer<Review> told) implements Extractor {

        @Override
        public ExtractorId id() {
            return EMBEDDED.id();
        }

        @Override
        public ExtractionOutcome extract(Review review) {
            told.accept(review);
            return EMBEDDED.extract(review);
        }
    }

    @Test
    void review_inABatch_becomesARowWithVerbatimMotivations() {
        assertThat(handle(message("m1", "r1", TEXT, 1_000))).isEmpty();

        ReviewMotivations row = store.find("r1").orElseThrow();
        assertThat(row.receivedAt()).isEqualTo(1_000);
        assertThat(row.contentHash()).isEqualTo(row.review().contentHash());
        assertThat(row.extractorId()).isEqualTo(EMBEDDED.id().value());
        assertThat(row.motivations()).isNotEmpty();
        assertThat(row.motivations())
                .allSatisfy(motivation -> assertThat(TEXT.startsWith(motivation.evidence(), motivation.start()))
                        .isTrue());
        assertThat(row.kind()).contains("strap");
    }

    @Test
    void message_deliveredAgain_leavesTheRowAsItIs() {
        handle(message("m1", "r1", TEXT, 1_000));
        ReviewMotivations first = store.find("r1").orElseThrow();

        assertThat(handle(message("m1", "r1", TEXT, 1_000))).isEmpty();

        assertThat(store.find("r1")).contains(first);
    }

    @Test
    void newReviews_areCountedOnce_howeverOftenAndInWhatRevisionsTheyCome() {
        handle(message("m1", "r1", TEXT, 1_000), message("m2", "r2", TEXT, 1_000), message("m3", "r2", TEXT, 2_000));
        handle(message("m1", "r1", TEXT, 1_000), message("m4", "r1", "After two weeks the buckle broke.", 3_000));
        handle(message("m5", "r3", "", 1_000), message("m6", "r4", TEXT, 1_000));

        // r3 has no text and is no review
        assertThat(figures).extracting(BatchFigures::newReviews).containsExactly(2, 0, 1);
    }

    @Test
    void sameContent_sentAgainLater_onlyCountsFromThenOn() {
        handle(message("m1", "r1", TEXT, 1_000));
        ReviewMotivations first = store.find("r1").orElseThrow();

        assertThat(handle(message("m2", "r1", TEXT, 2_000))).isEmpty();

        assertThat(store.find("r1")).contains(first.receivedAgainAt(2_000));
    }

    @Test
    void changeThatWasTakenBack_staysTakenBack_whenItsMessageComesLast() {
        handle(message("m1", "r1", TEXT, 1_000));
        handle(message("m3", "r1", TEXT, 3_000));

        assertThat(handle(message("m2", "r1", "After two weeks the buckle broke.", 2_000)))
                .isEmpty();

        assertThat(store.find("r1").orElseThrow().review().text()).isEqualTo(TEXT);
    }

    @Test
    void sameContent_byAnotherExtractor_isExtractedAnew() {
        batch(new Named(new ExtractorId("before"), EMBEDDED)).failuresOf(List.of(message("m1", "r1", TEXT, 1_000)));

        handle(message("m1", "r1", TEXT, 1_000));

        assertThat(store.find("r1").orElseThrow().extractorId())
                .isEqualTo(EMBEDDED.id().value());
    }

    @Test
    void revision_withAnotherText_replacesTheRow() {
        handle(message("m1", "r1", TEXT, 1_000));

        handle(message("m2", "r1", "After two weeks the buckle broke.", 2_000));

        ReviewMotivations row = store.find("r1").orElseThrow();
        assertThat(row.receivedAt()).isEqualTo(2_000);
        assertThat(row.motivations()).extracting(Motivation::evidence).noneMatch(TEXT::contains);
    }

    @Test
    void revision_arrivingAfterALaterOne_isDoneAndChangesNothing() {
        handle(message("m2", "r1", "After two weeks the buckle broke.", 2_000));
        ReviewMotivations later = store.find("r1").orElseThrow();

        assertThat(handle(message("m1", "r1", TEXT, 1_000))).isEmpty();

        assertThat(store.find("r1")).contains(later);
    }

    @Test
    void revisions_inOneBatch_endInTheLatest() {
        assertThat(handle(
                        message("m2", "r1", "After two weeks the buckle broke.", 2_000),
                        message("m1", "r1", TEXT, 1_000)))
                .isEmpty();

        assertThat(store.find("r1").orElseThrow().receivedAt()).isEqualTo(2_000);
    }

    @Test
    void poison_inABatch_failsAloneAndTheRestIsDone() {
        List<String> failures = handle(
                message("m1", "r1", TEXT, 1_000),
                new QueueMessage("m2", "{not json", Map.of("SentTimestamp", "1000")),
                new QueueMessage("m3", "{\"reviewId\":\"r3\"}", Map.of("SentTimestamp", "1000")),
                message("m4", "r4", TEXT, 1_000));

        assertThat(failures).containsExactly("m2", "m3");
        assertThat(store.findAll(List.of("r1", "r3", "r4"))).containsOnlyKeys("r1", "r4");
    }

    @Test
    void extractor_thatThrowsOrHasNoAnswer_failsThatMessageOnly() {
        Extractor moody = new Extractor() {
            @Override
            public ExtractorId id() {
                return new ExtractorId("moody");
            }

            @Override
            public ExtractionOutcome extract(Review review) {
                return switch (review.reviewId()) {
                    case "throws" -> throw new UnsupportedOperationException("no");
                    case "silent" -> new ExtractionOutcome.NoAnswer("the endpoint is down");
                    default -> EMBEDDED.extract(review);
                };
            }
        };

        List<String> failures = batch(moody)
                .failuresOf(List.of(
                        message("m1", "throws", TEXT, 1),
                        message("m2", "silent", TEXT, 1),
                        message("m3", "r3", TEXT, 1)));

        assertThat(failures).containsExactly("m1", "m2");
        assertThat(store.findAll(List.of("throws", "silent", "r3"))).containsOnlyKeys("r3");
    }

    @Test
    void revisions_ofWhichTheLatestFails_allComeAgain() {
        Extractor silent = new Named(new ExtractorId("silent"), EMBEDDED) {
            @Override
            public ExtractionOutcome extract(Review review) {
                return new ExtractionOutcome.NoAnswer("the endpoint is down");
            }
        };

        assertThat(batch(silent).failuresOf(List.of(message("m1", "r1", TEXT, 1), message("m2", "r1", "other", 2))))
                .containsExactly("m1", "m2");
    }

    @Test
    void row_thatCannotBeRead_failsItsOwnMessageOnly() {
        dynamoDb.putItem(put -> put.tableName(table)
                .item(Map.of("reviewId", AttributeValue.fromS("r1"), "review", AttributeValue.fromS("no review"))));

        assertThat(handle(message("m1", "r1", TEXT, 1), message("m2", "r2", TEXT, 1)))
                .containsExactly("m1");
        assertThat(store.find("r2")).isPresent();
    }

    @Test
    void table_thatDoesNotExist_failsTheWholeBatch() {
        BatchExtraction nowhere = new BatchExtraction(
                new MessageReader(new ReviewCheck(Clock.systemUTC()), new PersonalData("US")),
                EMBEDDED,
                new Grounding(),
                new MotivationStore(dynamoDb, "no-such-table"),
                arrivals -> Set.of(),
                figures -> {},
                Runnable::run);

        assertThatThrownBy(() -> nowhere.failuresOf(List.of(message("m1", "r1", TEXT, 1))))
                .isInstanceOf(SdkException.class);
    }

    @Test
    void answer_ofALowerRung_isStoredUnderItsOwnId_andReadAgainWhenTheReviewIsSentAgain() {
        AtomicInteger asked = new AtomicInteger();
        Extractor ladder = new Named(new ExtractorId("wanted"), EMBEDDED) {
            @Override
            public ExtractionOutcome extract(Review review) {
                ExtractionOutcome.Extracted found = (ExtractionOutcome.Extracted) EMBEDDED.extract(review);
                return asked.incrementAndGet() == 1
                        ? new ExtractionOutcome.ExtractedBelow(EMBEDDED.id(), found, "the endpoint is down")
                        : found;
            }
        };

        assertThat(batch(ladder).failuresOf(List.of(message("m1", "r1", TEXT, 1_000))))
                .isEmpty();
        assertThat(store.find("r1").orElseThrow().extractorId())
                .isEqualTo(EMBEDDED.id().value());

        assertThat(batch(ladder).failuresOf(List.of(message("m2", "r1", TEXT, 2_000))))
                .isEmpty();
        assertThat(store.find("r1").orElseThrow().extractorId()).isEqualTo("wanted");

        batch(ladder).failuresOf(List.of(message("m3", "r1", TEXT, 3_000)));
        assertThat(asked).hasValue(2);
    }

    @Test
    void reviewsOfABatch_readAtOnce_endInTheSameRowsAsOneAfterAnother() throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<QueueMessage> messages = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                messages.add(message("m" + i, "r" + i, i == 7 ? "throws" : TEXT, 1_000));
            }
            Extractor moody = new Named(EMBEDDED.id(), EMBEDDED) {
                @Override
                public ExtractionOutcome extract(Review review) {
                    if (review.text().equals("throws")) {
                        throw new UnsupportedOperationException("no");
                    }
                    return super.extract(review);
                }
            };
            BatchExtraction atOnce = new BatchExtraction(
                    new MessageReader(new ReviewCheck(Clock.systemUTC()), new PersonalData("US")),
                    moody,
                    new Grounding(),
                    store,
                    arrivals -> Set.of(),
                    figures -> {},
                    executor);

            assertThat(atOnce.failuresOf(messages)).containsExactly("m7");
            assertThat(store.scan()).hasSize(9).allSatisfy(row -> assertThat(row.motivations())
                    .isNotEmpty());
        } finally {
            executor.shutdown();
            executor.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void personalData_ofAReview_isInNoPartOfItsRow() {
        handle(message("m1", "r1", TEXT + " Write to jane@example.org or @jane_d, it is easy to adjust.", 1_000));

        ReviewMotivations row = store.find("r1").orElseThrow();
        assertThat(row.toString()).doesNotContain("jane", "example");
        assertThat(row.review().text()).contains("Write to **************** or *******, it is easy");
        assertThat(row.motivations()).isNotEmpty().allSatisfy(motivation -> assertThat(
                        row.review().text().startsWith(motivation.evidence(), motivation.start()))
                .isTrue());
    }

    @Test
    void emptyBatch_isDone() {
        assertThat(handle()).isEmpty();
    }

    /** However often, in whatever order and batches revisions are delivered: the latest of each review is stored. */
    @Test
    void anyDelivery_ofDistinctRevisions_endsInTheSameRows() {
        long seed = 99;
        Random random = new Random(seed);
        List<QueueMessage> sent = new ArrayList<>();
        Map<String, Long> latest = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            String review = "r" + random.nextInt(8);
            sent.add(message("m" + i, review, "Revision " + i + " works well and feels solid.", 1_000 + i));
            latest.put(review, 1_000L + i);
        }
        List<QueueMessage> delivered = new ArrayList<>(sent);
        for (int i = 0; i < 20; i++) {
            delivered.add(sent.get(random.nextInt(sent.size())));
        }
        Collections.shuffle(delivered, random);
        for (int from = 0; from < delivered.size(); ) {
            int to = Math.min(delivered.size(), from + 1 + random.nextInt(10));
            assertThat(batch(EMBEDDED).failuresOf(delivered.subList(from, to)))
                    .as("seed %d", seed)
                    .isEmpty();
            from = to;
        }

        Map<String, Long> stored =
                store.scan().collect(Collectors.toMap(ReviewMotivations::reviewId, ReviewMotivations::receivedAt));
        assertThat(stored).as("seed %d", seed).isEqualTo(latest);
    }

    private List<String> handle(QueueMessage... messages) {
        return batch(EMBEDDED).failuresOf(List.of(messages));
    }

    private BatchExtraction batch(Extractor extractor) {
        return new BatchExtraction(
                new MessageReader(new ReviewCheck(Clock.systemUTC()), new PersonalData("US")),
                extractor,
                new Grounding(),
                store,
                forgotten::among,
                figures::add,
                Runnable::run);
    }

    private static QueueMessage message(String messageId, String reviewId, String text, long sent) {
        try {
            String body = JSON.writeValueAsString(
                    new ReviewDraft(reviewId, "u1", "i1", 5.0, 1_600_000_000L, "", text, "test"));
            return new QueueMessage(messageId, body, Map.of("SentTimestamp", Long.toString(sent)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same extractor under another id. */
    private static class Named implements Extractor {

        private final ExtractorId id;
        private final Extractor extractor;

        Named(ExtractorId id, Extractor extractor) {
            this.id = id;
            this.extractor = extractor;
        }

        @Override
        public ExtractorId id() {
            return id;
        }

        @Override
        public ExtractionOutcome extract(Review review) {
            return extractor.extract(review);
        }
    }
}
