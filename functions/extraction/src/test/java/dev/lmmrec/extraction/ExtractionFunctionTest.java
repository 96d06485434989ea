package dev.lmmrec.extraction;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;

import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.testing.DynamoDbLocal;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** The handler as Lambda calls it, with the events as Lambda sends them, and nothing of a model configured. */
@QuarkusTest
@QuarkusTestResource(MotivationsTable.class)
class ExtractionFunctionTest {

    @Test
    void batch_ofTheQueue_arrivesWholeAndIsExtracted() {
        String first = record("m1", """
                {"reviewId":"f1","userId":"u1","itemId":"i1","rating":5,"time":1600000000,\
                "text":"Very easy to clean and it lasts for years."}""");
        String second = record("m2", """
                {"reviewId":"f2","userId":"u1","itemId":"i2","rating":1,"time":1600000000,\
                "text":"The zipper broke after a week."}""");

        send(first, second).body("batchItemFailures", hasSize(0));

        var rows = new MotivationStore(DynamoDbLocal.shared().client(), MotivationsTable.NAME);
        assertThat(rows.find("f1").orElseThrow().receivedAt()).isEqualTo(1_523_232_000_000L);
        assertThat(rows.find("f2").orElseThrow().motivations()).isNotEmpty();
    }

    @Test
    void batch_withPoison_namesOnlyThePoison() {
        String good = record("good", """
                {"reviewId":"f3","userId":"u1","itemId":"i1","rating":4,"time":1600000000,"text":"Sounds great."}""");

        send(record("bad", "poison"), good).body("batchItemFailures.itemIdentifier", contains("bad"));

        assertThat(new MotivationStore(DynamoDbLocal.shared().client(), MotivationsTable.NAME).find("f3"))
                .isPresent();
    }

    @Test
    void event_withoutRecords_isAnEmptyBatch() {
        send().body("batchItemFailures", hasSize(0));
    }

    private static ValidatableResponse send(String... records) {
        return given().contentType("application/json")
                .body("{\"Records\": [" + String.join(",", records) + "]}")
                .when()
                .post("/")
                .then()
                .statusCode(200);
    }

    private static String record(String messageId, String body) {
        return """
                {"messageId": "%s", "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a", "body": "%s",
                 "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1523232000000",
                   "SenderId": "123456789012", "ApproximateFirstReceiveTimestamp": "1523232000001"},
                 "messageAttributes": {}, "md5OfBody": "7b270e59b47ff90a553787216d55d91d",
                 "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:reviews",
                 "awsRegion": "us-east-1"}""".formatted(messageId, body.replace("\"", "\\\""));
    }
}
