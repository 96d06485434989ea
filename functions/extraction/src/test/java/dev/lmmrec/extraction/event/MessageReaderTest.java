package dev.lmmrec.extraction.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.extraction.event.QueueBatch.QueueMessage;
import dev.lmmrec.extraction.event.ReadMessage.RejectedMessage;
import dev.lmmrec.extraction.event.ReadMessage.ReviewMessage;
import dev.lmmrec.extraction.privacy.PersonalData;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    private final MessageReader reader = new MessageReader(new ReviewCheck(CLOCK), new PersonalData("US"));

    @Test
    void body_withFieldsNobodyKnows_isReadAllTheSame() {
        ReadMessage read = read("""
                {"reviewId":"r1","userId":"u1","itemId":"i1","rating":4,"time":1600000000,"text":"solid","colour":"red"}
                """);

        assertThat(read).isInstanceOfSatisfying(ReviewMessage.class, message -> {
            assertThat(message.review().text()).isEqualTo("solid");
            assertThat(message.review().title()).isEmpty();
            assertThat(message.receivedAt()).isEqualTo(1_699_999_999_123L);
        });
    }

    @Test
    void text_overTheLimit_isCutWithANote() {
        ReadMessage read = read("""
                {"reviewId":"r1","userId":"u1","itemId":"i1","rating":4,"time":1600000000,"text":"%s"}
                """.formatted("a".repeat(20_001)));

        assertThat(read).isInstanceOfSatisfying(ReviewMessage.class, message -> {
            assertThat(message.review().text()).hasSize(ReviewCheck.TEXT_LENGTH_MAX);
            assertThat(message.notes()).singleElement().satisfies(note -> assertThat(note.field())
                    .isEqualTo("text"));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"reviewId":"r1","userId":"u1","itemId":"i1","rating":9,"time":1,"text":"secret"} | rating: is 9.0
                    {"reviewId":"r1","userId":"u1","itemId":"i1","rating":5,"time":1,"text":" "}      | text: is empty
                    {"reviewId":"r1","userId":"u1","itemId":"i1","rating":5,"time":1700100000,"text":"secret"} | time: is 1700100000
                    {"reviewId":"r1","userId":"u1","itemId":"i1","rating":"secret","time":1,"text":"x"} | rating: has a value of the wrong type
                    {"reviewId":"r1","text":["secret"]}          | text: has a value of the wrong type
                    {"reviewId":"r1", secret                     | body: is not a review as a JSON object (line 1
                    secret                                       | body: is not a review as a JSON object
                    ["secret"]                                   | body: is not a review as a JSON object
                    null                                         | body: is null
                    {"reviewId":"r1"} "secret"                   | body: is not a review as a JSON object
                    """)
    void body_thatIsNoReview_isRejectedByFieldWithoutQuotingIt(String body, String reason) {
        assertThat(read(body)).isInstanceOfSatisfying(RejectedMessage.class, message -> {
            assertThat(message.messageId()).isEqualTo("m1");
            assertThat(message.reason()).startsWith(reason).doesNotContain("secret");
        });
    }

    @Test
    void body_thatIsEmptyOrMissing_isRejected() {
        assertThat(read("  ")).isEqualTo(new RejectedMessage("m1", "body: is empty"));
        assertThat(read(null)).isEqualTo(new RejectedMessage("m1", "body: is empty"));
    }

    @ParameterizedTest
    @CsvSource({"''", "yesterday", "-5", "99999999999999999999"})
    void sentTimestamp_thatIsNoTime_isRejected(String sent) {
        assertThat(reader.read(new QueueMessage("m1", "{}", Map.of("SentTimestamp", sent))))
                .isInstanceOfSatisfying(RejectedMessage.class, message -> assertThat(message.reason())
                        .startsWith("attributes.SentTimestamp:"));
    }

    private ReadMessage read(String body) {
        return reader.read(new QueueMessage("m1", body, Map.of("SentTimestamp", "1699999999123")));
    }
}
