package dev.lmmrec.scoring.api;

import static io.restassured.RestAssured.given;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                .body("detail", containsString("item#nothing"));
    }

    /** The tables, on the real server. */
    public static final class Tables implements QuarkusTestResourceLifecycleManager {

        static final String PROFILES = "scoring-http-profiles";
        private static final String FEEDBACK = "scoring-http-feedback";

        @Override
        public Map<String, String> start() {
            DynamoDbLocal server = DynamoDbLocal.shared();
            server.createTable(PROFILES, "key");
            Map<String, String> settings = server.quarkusSettings();
            settings.put("lmmrec.profiles-table", PROFILES);
            server.createTable(FEEDBACK, "userId");
            settings.put("lmmrec.feedback-table", FEEDBACK);
            return settings;
        }

        @Override
        public void stop() {}
    }
}
