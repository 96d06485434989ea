package dev.lmmrec.embedding;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.testing.DynamoDbLocal;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The handler as Lambda calls it, with the event as Lambda sends it. */
@QuarkusTest
@QuarkusTestResource(EmbedFunctionTest.Tables.class)
class EmbedFunctionTest {

    @Test
    void streamRecord_ofANewReview_updatesTheProfilesAndReportsNoFailure() {
        var dynamoDb = DynamoDbLocal.shared().client();
        new MotivationStore(dynamoDb, Tables.MOTIVATIONS).put(Rows.row("r1", "u1", "i1", "packs down to nothing", 1));

        given().contentType("application/json")
                .body("""
                        {"Records": [{
                          "eventID": "1", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb",
                          "awsRegion": "us-east-1",
                          "dynamodb": {
                            "ApproximateCreationDateTime": 1700000000,
                            "Keys": {"reviewId": {"S": "r1"}},
                            "NewImage": {
                              "reviewId": {"S": "r1"}, "receivedAt": {"N": "1"}, "motivations": {"L": []},
                              "review": {"M": {"userId": {"S": "u1"}}}},
                            "SequenceNumber": "100000000000000000001", "SizeBytes": 59,
                            "StreamViewType": "NEW_AND_OLD_IMAGES"},
                          "eventSourceARN": "arn:aws:dynamodb:us-east-1:000000000000:table/motivations/stream/1"}]}
                        """)
                .when()
                .post("/")
                .then()
                .statusCode(200)
                .body("batchItemFailures", hasSize(0));

        assertThat(new ProfileStore(dynamoDb, Tables.PROFILES).find(ProfileKey.item("i1")))
                .isPresent();
    }

    /** The tables, on the real server. */
    public static final class Tables implements QuarkusTestResourceLifecycleManager {

        static final String MOTIVATIONS = "embed-function-motivations";
        static final String PROFILES = "embed-function-profiles";
        private static final String ARRIVALS = "embed-function-arrivals";

        @Override
        public Map<String, String> start() {
            DynamoDbLocal server = DynamoDbLocal.shared();
            server.createTable(MOTIVATIONS, "reviewId");
            server.createTable(PROFILES, "key");
            Map<String, String> settings = server.quarkusSettings();
            settings.put("lmmrec.motivations-table", MOTIVATIONS);
            settings.put("lmmrec.profiles-table", PROFILES);
            server.createTable(ARRIVALS, "slot");
            settings.put("lmmrec.arrivals-table", ARRIVALS);
            return settings;
        }

        @Override
        public void stop() {}
    }
}
