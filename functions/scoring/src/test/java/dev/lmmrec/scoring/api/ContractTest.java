package dev.lmmrec.scoring.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.restassured.OpenApiValidationFilter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.models.ArtefactRepository;
import dev.lmmrec.models.S3Objects;
import dev.lmmrec.models.testing.S3Local;
import dev.lmmrec.scoring.HandMadeArtefact;
import dev.lmmrec.scoring.Profiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The running function against its OpenAPI document: every answer must be what the document says. */
@QuarkusTest
@QuarkusTestResource(value = ContractTest.Deployment.class, restrictToAnnotatedClass = true)
class ContractTest {

    private static final Path DOCUMENT = Path.of("../../docs/openapi.yaml");

    /** What a request breaks on purpose is not to be complained about; every answer is checked. */
    private static final OpenApiInteractionValidator VALIDATOR = OpenApiInteractionValidator.createFor(
                    DOCUMENT.toAbsolutePath().normalize().toString())
            .withLevelResolver(LevelResolver.create()
                    .withLevel("validation.request", ValidationReport.Level.IGNORE)
                    .build())
            .build();

    private static RequestSpecification checked() {
        return given().filter(new OpenApiValidationFilter(VALIDATOR)).contentType(ContentType.JSON);
    }

    @Test
    void document_describesTheRoutesOfTheDeployment() throws Exception {
        JsonNode routes = new ObjectMapper()
                .readTree(Path.of("../../infra/deployment.json").toFile())
                .get("routes");
        TreeSet<String> deployed = new TreeSet<>();
        routes.fieldNames().forEachRemaining(deployed::add);
        TreeSet<String> described = new TreeSet<>();
        new OpenAPIV3Parser().read(DOCUMENT.toString()).getPaths().forEach((path, item) -> item.readOperationsMap()
                .keySet()
                .forEach(method -> described.add(method + " " + path)));

        assertThat(described).isEqualTo(deployed);
    }

    @Test
    void recommendations_fulfilTheirConditionsAndTheDocument() {
        checked()
                .get("/v1/users/alice/recommendations?k=3&diversity=0.2&excludeItems=mug,lamp&includeSeen=true")
                .then()
                .statusCode(200)
                .body("items.itemId", hasItems("tent", "stove"))
                .body("items", hasSize(2))
                .body("strategy", equalTo("personal"))
                .body("items[0].reasons[0].sentence", containsString("matches what you wrote"));
        checked()
                .get("/v1/users/alice/recommendations?kinds=camping&facet=design&minScore=-5&includeSeen=true")
                .then()
                .statusCode(200)
                .body("items.itemId", equalTo(List.of("tent", "stove")));
        checked().get("/v1/users/nobody/recommendations").then().statusCode(200).body("strategy", equalTo("popular"));
    }

    @Test
    void users_arePagedAsTheDocumentSays() {
        checked()
                .get("/v1/users?k=1")
                .then()
                .statusCode(200)
                .body("userIds", equalTo(List.of("alice")))
                .body("next", equalTo("alice"));
        checked().get("/v1/users?after=alice").then().statusCode(200).body("userIds", equalTo(List.of("bob")));
        checked().get("/v1/users?k=0").then().statusCode(400).body("field", equalTo("k"));
    }

    @Test
    void batch_answersEveryUserInOrder() {
        checked()
                .body(Map.of("userIds", List.of("bob", "nobody", "alice"), "k", 2, "diversity", 0.5))
                .post("/v1/recommendations")
                .then()
                .statusCode(200)
                .body("results.userId", equalTo(List.of("bob", "nobody", "alice")))
                .body("results.strategy", equalTo(List.of("personal", "popular", "personal")));
    }

    @Test
    void motives_thatAreLeftOut_doNotCount() {
        String motive = checked()
                .get("/v1/users/alice/profile")
                .then()
                .statusCode(200)
                .extract()
                .path("motivations[0].id");
        checked()
                .get("/v1/users/alice/recommendations?k=1&withoutMotivations=x&withoutMotivations=y," + motive)
                .then()
                .statusCode(200)
                .body("items[0].parts.motives", equalTo(0.0f));
        checked()
                .body(Map.of("userIds", List.of("alice"), "k", 1, "withoutMotivations", List.of(motive)))
                .post("/v1/recommendations")
                .then()
                .statusCode(200)
                .body("results[0].items[0].parts.motives", equalTo(0.0f));
        checked()
                .body(Map.of("userId", "alice", "itemIds", List.of("tent"), "withoutMotivations", List.of(motive)))
                .post("/v1/score")
                .then()
                .statusCode(200)
                .body("items[0].parts.motives", equalTo(0.0f));
    }

    @Test
    void itemsThatSpeakForAFacet_comeStrongestFirst_pageByPage() {
        checked()
                .get("/v1/motivations/design/items?k=2")
                .then()
                .statusCode(200)
                .body("total", equalTo(3))
                .body("items.itemId", equalTo(List.of("lamp", "tent")))
                .body("items[1].said[0].statement", equalTo("weighs nothing"));
        checked()
                .get("/v1/motivations/design/items?k=2&offset=2")
                .then()
                .statusCode(200)
                .body("items.itemId", equalTo(List.of("mug")))
                .body("items.rank", equalTo(List.of(3)));
        checked().get("/v1/motivations/novelty/items").then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void itemsLikeWhatAUserSaid_areNearestFirst() {
        String motive = checked().get("/v1/users/alice/profile").path("motivations[0].id");

        checked()
                .get("/v1/motivations/design/items?k=2&user=alice&motive=" + motive)
                .then()
                .statusCode(200)
                .body("total", equalTo(3))
                .body("items.itemId", equalTo(List.of("tent", "lamp")))
                .body("items.nearness", hasSize(2))
                .body("items[0].nearness", equalTo(1f));
        checked()
                .get("/v1/motivations/design/items?offset=2&user=alice&motive=" + motive)
                .then()
                .statusCode(200)
                .body("items.itemId", equalTo(List.of("mug")))
                .body("items[0].rank", equalTo(3));
        checked()
                .get("/v1/motivations/price/items?user=alice&motive=" + motive)
                .then()
                .statusCode(400)
                .body("field", equalTo("motive"));
    }

    @Test
    void feedback_countsOnce_andFromTheNextRankingOn() {
        Map<String, Object> event =
                Map.of("eventId", "e1", "userId", "dora", "kind", "bought", "itemIds", List.of("tent", "sword"));
        checked().get("/v1/users/dora/recommendations").then().body("strategy", equalTo("popular"));
        for (boolean counted : List.of(true, false)) {
            checked()
                    .body(event)
                    .post("/v1/feedback")
                    .then()
                    .statusCode(200)
                    .body("eventId", equalTo("e1"))
                    .body("counted", equalTo(counted));
        }
        checked()
                .get("/v1/users/dora/recommendations")
                .then()
                .statusCode(200)
                .body("strategy", equalTo("history"))
                .body("items.itemId", not(hasItem("tent")));
        checked()
                .body(Map.of("userIds", List.of("dora", "nobody")))
                .post("/v1/recommendations")
                .then()
                .body("results.strategy", equalTo(List.of("history", "popular")));
        checked()
                .body(Map.of("eventId", "e2", "userId", "dora", "kind", "shown", "itemIds", List.of("mug")))
                .post("/v1/feedback")
                .then()
                .statusCode(200);
    }

    @Test
    void candidates_areScored_andUnknownOnesNamed() {
        checked()
                .body(Map.of("userId", "alice", "itemIds", List.of("mug", "sword", "tent")))
                .post("/v1/score")
                .then()
                .statusCode(200)
                .body("items.itemId", equalTo(List.of("tent", "mug")))
                .body("unknownItemIds", equalTo(List.of("sword")));
    }

    @Test
    void similarItems_profilesHealthAndModel_areAsTheDocumentSays() {
        checked().get("/v1/items/tent/similar?k=1").then().statusCode(200).body("items[0].itemId", equalTo("stove"));
        checked().get("/v1/users/alice/profile").then().statusCode(200);
        checked().get("/v1/items/tent/profile").then().statusCode(200);
        checked().get("/v1/health").then().statusCode(200).body("status", equalTo("ready"));
        checked().get("/v1/model").then().statusCode(200).body("modelVersion", equalTo("v1"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/users/a/recommendations?k=0, 400, k",
        "/v1/users/a/recommendations?includeSeen=maybe, 400, includeSeen",
        "/v1/users/a/recommendations?diversity=1.5, 400, diversity",
        "/v1/users/a/recommendations?diversity=NaN, 400, diversity",
        "/v1/users/a/recommendations?minScore=high, 400, minScore",
        "/v1/users/a/recommendations?facet=No%20Facet, 400, facet",
        "/v1/users/a/recommendations?items=a%2C%2Cb, 400, items",
        "/v1/users/a/recommendations?withoutMotivations=a%2C%2Cb, 400, withoutMotivations",
        "/v1/users/%20/recommendations, 400, userId",
        "/v1/users/a%00b/recommendations, 400, userId",
        "/v1/users/a%0Ab/profile, 400, userId",
        "/v1/users/a/recommendations?kinds=a%07b, 400, kinds",
        "/v1/users?prefix=%01, 400, prefix",
        "/v1/users/alice;x=1/recommendations, 400, userId",
        "/v1/users/alice;x/profile, 400, userId",
        "/v1/items/tent;v=2/similar, 400, itemId",
        "/v1/items/tent;/profile, 400, itemId",
        "/v1/motivations/design;x/items, 400, facet",
        "/v1/health;x, 400, path",
        "/v1/users/a/recommendations?items=&k=2, 400, items",
        "/v1/users/a/recommendations?items, 400, items",
        "/v1/users/a/recommendations?kinds=, 400, kinds",
        "/v1/users/a/recommendations?excludeItems=, 400, excludeItems",
        "/v1/users/a/recommendations?excludeKinds=a&excludeKinds=, 400, excludeKinds",
        "/v1/users/a/recommendations?withoutMotivations=, 400, withoutMotivations",
        "/v1/users/a/recommendations?facet=, 400, facet",
        "/v1/users/a/recommendations?minScore=, 400, minScore",
        "/v1/users/a/recommendations?K=2, 400, K",
        "/v1/users/a/recommendations?exclude=tent, 400, exclude",
        "/v1/items/tent/similar?includeSeen=true, 400, includeSeen",
        "/v1/users?page=2, 400, page",
        "/v1/users?after=, 400, after",
        "/v1/motivations/price/items?users=alice, 400, users",
        "/v1/users/alice/profile?k=2, 400, k",
        "/v1/health?verbose, 400, verbose",
        "/v1/model?k=1, 400, k",
        "/v1/motivations/No%20Facet/items, 400, facet",
        "/v1/motivations/price/items?k=101, 400, k",
        "/v1/motivations/price/items?offset=-1, 400, offset",
        "/v1/motivations/price/items?user=alice, 400, motive",
        "/v1/motivations/price/items?motive=0123456789abcdef, 400, user",
        "/v1/items/unknown/similar, 404,",
        "/v1/items/unknown/profile, 404,",
    })
    void wrongQuestion_isAProblemThatNamesTheField(String path, int status, String field) {
        checked()
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(status)
                .contentType(containsString("application/problem+json"))
                .body("status", equalTo(status))
                .body("field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/recommendations | {} | userIds",
                "/v1/recommendations | {\"userIds\": []} | userIds",
                "/v1/recommendations | {\"userIds\": [\"a\", \"\"]} | userIds[1]",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"k\": \"many\"} | k",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"kk\": 3} | kk",
                "/v1/recommendations | {\"userIds\": [\"a\", | userIds[1]",
                "/v1/score | {\"itemIds\": [\"a\"]} | userId",
                "/v1/score | {\"userId\": \"a\", \"itemIds\": \"tent\"} | itemIds",
                "/v1/score | {\"userId\": \"a\", \"itemIds\": [\"b\"], \"withoutMotivations\": [\"\"]} | withoutMotivations[0]",
                "/v1/score | {\"userId\": \"a\", \"itemIds\": [\"b\"], \"withoutMotivations\": [null]} | withoutMotivations[0]",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"items\": [null]} | items[0]",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"excludeItems\": [\"b\", \"\"]} | excludeItems[1]",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"kinds\": [null]} | kinds[0]",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"excludeKinds\": [null]} | excludeKinds[0]",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"withoutMotivations\": [null]} | withoutMotivations[0]",
                "/v1/feedback | {\"userId\": \"a\", \"kind\": \"clicked\", \"itemIds\": [\"b\"]} | eventId",
                "/v1/feedback | {\"eventId\": \"e\", \"kind\": \"clicked\", \"itemIds\": [\"b\"]} | userId",
                "/v1/feedback | {\"eventId\": \"e\", \"userId\": \"a\", \"itemIds\": [\"b\"]} | kind",
                "/v1/feedback | {\"eventId\": \"e\", \"userId\": \"a\", \"kind\": \"stolen\"} | kind",
                "/v1/feedback | {\"eventId\": \"e\", \"userId\": \"a\", \"kind\": \"bought\"} | itemIds",
                "/v1/feedback | {\"eventId\": \"e\", \"userId\": \"a\", \"kind\": \"not-for-this-reason\"} | motivationId",
                "/v1/feedback | {\"eventId\": \"e\", \"userId\": \"a\", \"kind\": \"shown\", \"itemIds\": [\"b\"], \"motivationId\": \"m\"} | motivationId",
                "/v1/feedback | '' | body",
                "/v1/feedback | {\"eventId\": \"a\\u0000\", \"userId\": \"a\", \"kind\": \"clicked\", \"itemIds\": [\"b\"]} | eventId",
                "/v1/feedback | {\"eventId\": \"e\", \"userId\": \"a\\ud800\", \"kind\": \"clicked\", \"itemIds\": [\"b\"]} | userId",
                "/v1/feedback | {\"eventId\": \"e\", \"userId\": \"a\", \"kind\": \"clicked\", \"itemIds\": [\"b\", \"c\\u0007\"]} | itemIds[1]",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"items\": []} | items",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"kinds\": []} | kinds",
                "/v1/recommendations?k=3 | {\"userIds\": [\"a\"]} | k",
                "/v1/score | 7 | body",
                "/v1/score | no json | body",
                "/v1/score | '' | body",
            })
    void wrongBody_isAProblemThatNamesTheField(String path, String body, String field) {
        checked()
                .body(body)
                .post(path)
                .then()
                .statusCode(400)
                .contentType(containsString("application/problem+json"))
                .body("field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/feedback | {\"eventId\": \"e\", \"userId\": \"a\", \"kind\": \"stolen\"} | kind | must be shown, clicked, bought or not-for-this-reason",
                "/v1/score | {\"userId\": \"a\", \"itemIds\": \"tent\"} | itemIds | must be a list",
                "/v1/score | {\"userId\": \"a\", \"itemIds\": [{}]} | itemIds[0] | must be a text",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"k\": \"many\"} | k | must be a whole number",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"k\": 99999999999} | k | must be a whole number",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"diversity\": \"high\"} | diversity | must be a number",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"includeSeen\": \"maybe\"} | includeSeen | must be true or false",
                "/v1/feedback | {\"eventId\": \"e\", \"userId\": \"a\", \"kind\": 2, \"itemIds\": [\"b\"]} | kind | must be shown, clicked",
                "/v1/feedback | {\"eventId\": \"e\", \"userId\": \"a\", \"kind\": \"2\", \"itemIds\": [\"b\"]} | kind | must be shown, clicked",
                "/v1/feedback | {\"eventId\": 7, \"userId\": \"a\", \"kind\": \"clicked\", \"itemIds\": [\"b\"]} | eventId | must be a text",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"k\": 3.7} | k | must be a whole number",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"k\": \"3\"} | k | must be a whole number",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"k\": \"\"} | k | must be a whole number",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"k\": \" \"} | k | must be a whole number",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"k\": true} | k | must be a whole number",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"includeSeen\": 1} | includeSeen | must be true or false",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"includeSeen\": \"true\"} | includeSeen | must be true or false",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"includeSeen\": \"\"} | includeSeen | must be true or false",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"minScore\": \"1\"} | minScore | must be a number",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"diversity\": \"\"} | diversity | must be a number",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"diversity\": false} | diversity | must be a number",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"facet\": 5} | facet | must be a text",
                "/v1/recommendations | {\"userIds\": [5, true]} | userIds[0] | must be a text",
                "/v1/recommendations | {\"userIds\": [\"5\", true]} | userIds[1] | must be a text",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"items\": [0.5]} | items[0] | must be a text",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"k\": 1, \"k\": 2} | k | is there twice",
                "/v1/score | {\"userId\": \"a\", \"itemIds\": [\"b\"]} {} | body | has more behind",
                "/v1/score | {\"userId\": \"a\", \"itemIds\": [\"b\"]}] | body | is no JSON at line 1",
                "/v1/recommendations | {\"userIds\": [\"a\"], \"includeSeen\": \"maybe\"} | includeSeen | must be true or false",
                "/v1/recommendations | {\"userIds\": [\"a\", | userIds[1] | is no JSON at line 1",
                "/v1/score | 7 | body | must be a JSON object",
                "/v1/score | no json | body | is no JSON at line 1",
            })
    void bodyOfAnotherKind_isToldInWordsOfTheApi_withoutAnythingOfTheInside(
            String path, String body, String field, String detail) {
        checked()
                .body(body)
                .post(path)
                .then()
                .statusCode(400)
                .body("field", equalTo(field))
                .body("detail", containsString(detail))
                .body("detail", not(containsString("lmmrec")))
                .body("detail", not(containsString("java")))
                .body("detail", not(containsString("Source")));
    }

    @Test
    void wholeNumber_isAlsoANumber() {
        checked()
                .body("{\"userIds\": [\"alice\"], \"diversity\": 1, \"minScore\": -5, \"includeSeen\": true}")
                .post("/v1/recommendations")
                .then()
                .statusCode(200)
                .body("results[0].items", hasSize(4));
    }

    @Test
    void bodyOfNumbersOrNamesWithoutEnd_isToldSo() {
        for (String more : List.of("\"k\": " + "7".repeat(2_000), "\"" + "k".repeat(60_000) + "\": 1")) {
            checked()
                    .body("{\"userIds\": [\"a\"], " + more + "}")
                    .post("/v1/recommendations")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("body"))
                    .body("detail", containsString("a name or number in it is too long"));
        }
        checked()
                .body("[".repeat(2_000) + "]".repeat(2_000))
                .post("/v1/recommendations")
                .then()
                .statusCode(400)
                .body("field", equalTo("body"))
                .body("detail", containsString("must be a JSON object"));
    }

    @Test
    void mediaTypeThatThereIsNot_isRefused_asTheDocumentSays() {
        int status = given().accept("image/png").get("/v1/health").statusCode();

        assertThat(status).isEqualTo(406);
        assertThat(new OpenAPIV3Parser().read(DOCUMENT.toString()).getInfo().getDescription())
                .containsPattern("statuses are [\\d, ]*406");
    }

    @Test
    void headAndOptions_areAnsweredAsEver() {
        given().head("/v1/users/alice/recommendations?k=2").then().statusCode(200);
        given().options("/v1/users/alice/recommendations").then().statusCode(200);
    }

    @Test
    void everyParameterOfTheDocument_isTaken() {
        Map<String, String> values = Map.of(
                "includeSeen", "true",
                "facet", "design",
                "diversity", "0.5",
                "minScore", "-9",
                "offset", "1",
                "user", "alice",
                "motive", "0123456789abcdef");
        new OpenAPIV3Parser()
                .read(DOCUMENT.toString())
                .getPaths()
                .forEach((path, item) -> item.readOperations().stream()
                        .filter(operation -> operation.getParameters() != null)
                        .flatMap(operation -> operation.getParameters().stream())
                        .filter(parameter -> "query".equals(parameter.getIn()))
                        .forEach(parameter -> given().urlEncodingEnabled(false)
                                .get(path.replace("{userId}", "alice")
                                                .replace("{itemId}", "tent")
                                                .replace("{facet}", "design")
                                        + "?" + parameter.getName() + "="
                                        + values.getOrDefault(parameter.getName(), "3"))
                                .then()
                                .body("detail", not(containsString("is unknown")))));
    }

    @Test
    void emptyListOfWhatIsExcluded_excludesNothing() {
        checked()
                .body(Map.of("userIds", List.of("bob"), "excludeItems", List.of(), "excludeKinds", List.of()))
                .post("/v1/recommendations")
                .then()
                .statusCode(200)
                .body("results[0].items", hasSize(3));
    }

    @Test
    void semicolonInAnId_isWrittenAsItsCode() {
        checked()
                .urlEncodingEnabled(false)
                .get("/v1/items/a%3Bb/profile")
                .then()
                .statusCode(404)
                .body("detail", containsString("'a;b'"));
    }

    @Test
    void idThatIsBlank_isMissing() {
        checked()
                .body("{\"userId\": \" \", \"itemIds\": [\"a\"]}")
                .post("/v1/score")
                .then()
                .statusCode(400)
                .body("field", equalTo("userId"))
                .body("detail", equalTo("is missing"));
    }

    @Test
    void commaInAList_isPartOfTheId_inABodyAlone() {
        checked()
                .body(Map.of("userIds", List.of("alice"), "items", List.of("tent,stove")))
                .post("/v1/recommendations")
                .then()
                .statusCode(200)
                .body("results[0].items", hasSize(0));
        checked()
                .body(Map.of("userIds", List.of("alice"), "items", List.of("tent", "stove"), "includeSeen", true))
                .post("/v1/recommendations")
                .then()
                .statusCode(200)
                .body("results[0].items", hasSize(2));
        checked()
                .get("/v1/users/alice/recommendations?items=tent,stove&includeSeen=true")
                .then()
                .statusCode(200)
                .body("items", hasSize(2));
    }

    @Test
    void tooManyItemsOverAllUsers_areRefused() {
        List<String> users = IntStream.range(0, 100).mapToObj(i -> "u" + i).toList();
        checked()
                .body(Map.of("userIds", users, "k", 11))
                .post("/v1/recommendations")
                .then()
                .statusCode(400)
                .body("field", equalTo("k"))
                .body("detail", containsString("1000"));
    }

    @Test
    void unknownPathsAndMethods_areProblemDocuments() {
        given().get("/v1/nothing")
                .then()
                .statusCode(404)
                .contentType(containsString("application/problem+json"))
                .body("status", equalTo(404));
        given().delete("/v1/health").then().statusCode(405).contentType(containsString("application/problem+json"));
    }

    /** The tables and the artefact, on real servers. */
    public static final class Deployment implements QuarkusTestResourceLifecycleManager {

        private static final String PROFILES = "scoring-contract-profiles";
        private static final String FEEDBACK = "scoring-contract-feedback";
        private static final String ARRIVALS = "scoring-contract-arrivals";
        private static final String BUCKET = "scoring-contract";

        private S3Local s3;

        @Override
        public Map<String, String> start() {
            DynamoDbLocal server = DynamoDbLocal.shared();
            server.createTable(PROFILES, "key");
            ProfileStore profiles = new ProfileStore(server.client(), PROFILES);
            profiles.save(Profiles.profile(
                    ProfileKey.user("alice"),
                    List.of("lamp"),
                    Profiles.vector(1, 0),
                    Profiles.motivation(
                            Side.USER, Facet.DESIGN, Polarity.NEUTRAL, "wants it light", "alice", Profiles.vector(1))));
            profiles.save(Profiles.profile(
                    ProfileKey.item("tent"),
                    List.of("bob"),
                    Profiles.vector(1, 0),
                    Profiles.motivation(
                            Side.ITEM, Facet.DESIGN, Polarity.POSITIVE, "weighs nothing", "bob", Profiles.vector(1))));
            Map<String, String> settings = server.quarkusSettings();
            settings.put("lmmrec.profiles-table", PROFILES);
            server.createTable(FEEDBACK, "userId");
            settings.put("lmmrec.feedback-table", FEEDBACK);
            server.createTable(ARRIVALS, "slot");
            settings.put("lmmrec.arrivals-table", ARRIVALS);
            settings.put("lmmrec.artefacts-bucket", BUCKET);
            try {
                Path folder = Files.createTempDirectory("scoring-contract");
                s3 = S3Local.in(folder);
                s3.client().createBucket(bucket -> bucket.bucket(BUCKET));
                ArtefactRepository repository =
                        new ArtefactRepository(new S3Objects(s3.client(), BUCKET), Clock.systemUTC());
                repository.publish(HandMadeArtefact.in(folder.resolve("v1"), "v1"));
                repository.promote("v1");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException("S3Proxy does not start", e);
            }
            settings.put("quarkus.s3.endpoint-override", s3.endpoint().toString());
            settings.put("quarkus.s3.path-style-access", "true");
            return settings;
        }

        @Override
        public void stop() {
            s3.close();
        }
    }
}
