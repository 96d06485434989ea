package dev.lmmrec.scoring.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.scoring.Profiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Statuses, media types and JSON, through the Lambda handler; there is no artefact to be had here. */
@QuarkusTest
@QuarkusTestResource(value = ScoringHttpTest.Tables.class, restrictToAnnotatedClass = true)
class ScoringHttpTest {

    @Test
    void health_withoutArtefact_saysSo() {
        given().when().get("/v1/health").then().statusCode(200).body("status", equalTo("no-artefact"));
    }

    @Test
    void recommendations_withoutArtefact_areAProblemThatSaysWhatToDo() {
        given().when()
                .get("/v1/users/alice/recommendations")
                .then()
                .statusCode(503)
                .contentType(containsString("application/problem+json"))
                .body("status", equalTo(503))
                .body("detail", containsString("promote"));
    }

    @Test
    void count_thatIsNone_isAProblemThatNamesTheField() {
        given().when()
                .get("/v1/users/alice/recommendations?k=many")
                .then()
                .statusCode(400)
                .contentType(containsString("application/problem+json"))
                .body("field", equalTo("k"))
                .body("detail", containsString("many"));
    }

    @Test
    void id_overTheLimit_isAProblemThatNamesTheField() {
        given().when()
                .get("/v1/items/" + "x".repeat(257) + "/profile")
                .then()
                .statusCode(400)
                .body("field", equalTo("itemId"));
    }

    @Test
    void profile_isShownWithQuotesAndWithoutVectors() {
        new ProfileStore(DynamoDbLocal.shared().client(), Tables.PROFILES)
                .save(Profiles.profile(
                        ProfileKey.user("a b/ü"),
                        List.of("tent"),
                        Profiles.vector(1),
                        Profiles.motivation(
                                Side.USER, Facet.PRICE, Polarity.NEUTRAL, "is short of money", "a b/ü", null)));

        given().when()
                .get("/v1/users/{id}/profile", "a b/ü")
                .then()
                .statusCode(200)
                .body("id", equalTo("a b/ü"))
                .body("motivations[0].facet", equalTo("price"))
                .body("motivations[0].quotes[0].text", containsString("short of money"))
                .body("interactions[0].counterpart", equalTo("tent"))
                .body("$", not(hasKey("textVector")));
    }

    @Test
    void profile_thatIsNotThere_isNotFound() {
        given().when()
                .get("/v1/items/nothing/profile")
                .then()
                .statusCode(404)
                .contentType(containsString("application/problem+json"))
                .body("detail", equalTo("there is no profile of item 'nothing'"));
    }

    @Test
    void endUsersToken_isForItsSubjectAlone() {
        saveProfile("token-alice");
        saveProfile("token-bob");

        asCaller("GET", "/v1/users/token-alice/profile", "token-alice", "openid")
                .body("statusCode", equalTo(200));
        asCaller("GET", "/v1/users/token-bob/profile", "token-alice", "openid")
                .body("statusCode", equalTo(403))
                .body("body", containsString("\"field\":\"userId\""))
                .body("body", not(containsString("token-bob")));
        asCaller("GET", "/v1/users", "token-alice", "openid").body("statusCode", equalTo(403));
    }

    @Test
    void servicesToken_isForEverybody() {
        saveProfile("token-bob");

        asCaller("GET", "/v1/users/token-bob/profile", "a-service", "openid lmmrec/service")
                .body("statusCode", equalTo(200));
    }

    @Test
    void eventOfTheGateway_isReadAsLenientlyAsEver_whileBodiesAreNot() {
        given().contentType(ContentType.JSON)
                .body("{\"version\": 2.0, \"rawPath\": \"/v1/health\", \"rawPath\": \"/v1/health\", \"aNewField\": 1,"
                        + " \"rawQueryString\": \"\", \"headers\": {\"host\": \"api.test\", \"x-count\": 3},"
                        + " \"isBase64Encoded\": \"false\","
                        + " \"requestContext\": {\"timeEpoch\": \"1\", \"http\": {\"method\": \"GET\"}}} {}")
                .post("/_lambda_")
                .then()
                .statusCode(200)
                .body("statusCode", equalTo(200));
    }

    private static void saveProfile(String userId) {
        ProfileStore store = new ProfileStore(DynamoDbLocal.shared().client(), Tables.PROFILES);
        if (store.find(ProfileKey.user(userId)).isEmpty()) {
            store.save(Profiles.profile(ProfileKey.user(userId), List.of("tent"), Profiles.vector(1)));
        }
    }

    /** The event as an API with a JWT authorizer makes it, straight into the handler. */
    private static ValidatableResponse asCaller(String method, String path, String subject, String scope) {
        return given().contentType(ContentType.JSON)
                .body(Map.of(
                        "version",
                        "2.0",
                        "rawPath",
                        path,
                        "rawQueryString",
                        "",
                        "headers",
                        Map.of("host", "api.test", "accept", "application/json"),
                        "isBase64Encoded",
                        false,
                        "requestContext",
                        Map.of(
                                "http",
                                Map.of("method", method, "path", path),
                                "authorizer",
                                Map.of("jwt", Map.of("claims", Map.of("sub", subject, "scope", scope))))))
                .post("/_lambda_")
                .then()
                .statusCode(200);
    }

    @Test
    void bodyOverTheLimit_isRefused() {
        given().contentType(ContentType.JSON)
                .body("{\"userId\":\"" + "x".repeat(1_100_000) + "\"}")
                .post("/v1/score")
                .then()
                .statusCode(413)
                .contentType(containsString("application/problem+json"))
                .body("detail", containsString("1048576"));
    }

    @Test
    void faultOfOurs_isToldByANumber_andNothingOfItsInside() {
        DynamoDbLocal.shared().client().putItem(put -> put.tableName(Tables.PROFILES)
                .item(Map.of(
                        "key", AttributeValue.fromS("user#broken"),
                        "reviewCount", AttributeValue.fromS("many"))));

        given().when()
                .get("/v1/users/broken/profile")
                .then()
                .statusCode(500)
                .contentType(containsString("application/problem+json"))
                .body("detail", containsString("fault "))
                .body(not(containsString("Exception")))
                .body(not(containsString("dev.lmmrec")))
                .body(not(containsString("at ")));
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/nothing", "GET, /nothing", "GET, /q/health", "PUT, /v1/health", "GET, /v1/users//profile"})
    void whatIsNotThere_isTold_withoutAnythingOfTheInside(String method, String path) {
        given().urlEncodingEnabled(false)
                .when()
                .request(method, path)
                .then()
                .statusCode(anyOf(equalTo(404), equalTo(405)))
                .body(not(containsString("Exception")))
                .body(not(containsString("<html")))
                .body(not(containsString("RESTEasy")));
    }

    /** The tables, on the real server. */
    public static final class Tables implements QuarkusTestResourceLifecycleManager {

        static final String PROFILES = "scoring-http-profiles";
        private static final String FEEDBACK = "scoring-http-feedback";
        private static final String ARRIVALS = "scoring-http-arrivals";

        @Override
        public Map<String, String> start() {
            DynamoDbLocal server = DynamoDbLocal.shared();
            server.createTable(PROFILES, "key");
            Map<String, String> settings = server.quarkusSettings();
            settings.put("lmmrec.profiles-table", PROFILES);
            server.createTable(FEEDBACK, "userId");
            settings.put("lmmrec.feedback-table", FEEDBACK);
            server.createTable(ARRIVALS, "slot");
            settings.put("lmmrec.arrivals-table", ARRIVALS);
            return settings;
        }

        @Override
        public void stop() {}
    }
}
