package dev.lmmrec.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.local.description.Route;
import dev.lmmrec.local.token.Admission;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadV2Test {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PayloadV2 PAYLOAD = new PayloadV2(JSON);
    private static final Instant AT = Instant.parse("2026-03-12T19:03:58.390Z");

    private static final RouteTable ROUTES = new RouteTable(new LinkedHashMap<>(Map.of(
            "GET /v1/users/{userId}/profile", new Route.ToFunction("a"),
            "GET /v1/users/me/profile", new Route.ToFunction("b"),
            "POST /v1/reviews", new Route.ToQueue("q"))));

    private static JsonNode event(
            String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
        HttpRequest request = new HttpRequest(method, path, query, headers, body, "127.0.0.1");
        return PAYLOAD.event(request, ROUTES.find(method, path).orElseThrow(), Optional.empty(), "request-1", AT);
    }

    @Test
    void event_ofACallerWithAToken_tellsItsClaims() throws Exception {
        HttpRequest request = new HttpRequest("GET", "/v1/users/me/profile", "", Map.of(), new byte[0], "127.0.0.1");
        RouteTable.Match match = ROUTES.find("GET", "/v1/users/me/profile").orElseThrow();

        JsonNode plain = PAYLOAD.event(
                request, match, Optional.of(new Admission.Admitted(Map.of("sub", "u1"), List.of())), "request-1", AT);
        JsonNode scoped = PAYLOAD.event(
                request,
                match,
                Optional.of(new Admission.Admitted(Map.of("sub", "u1"), List.of("a/b"))),
                "request-1",
                AT);

        assertThat(plain.at("/requestContext/authorizer"))
                .isEqualTo(JSON.readTree("{\"jwt\":{\"claims\":{\"sub\":\"u1\"},\"scopes\":null}}"));
        assertThat(scoped.at("/requestContext/authorizer/jwt/scopes/0").asText())
                .isEqualTo("a/b");
    }

    @Test
    void event_ofGet_hasTheFieldsOfFormat2() throws Exception {
        JsonNode event = event(
                "GET",
                "/v1/users/J%C3%BCrgen%2F7+8/profile",
                "k=5&tag=a&tag=b%26c&empty=&bare",
                Map.of(
                        "host", List.of("localhost:8080"),
                        "user-agent", List.of("tester"),
                        "x-many", List.of("1", "2"),
                        "cookie", List.of("a=1; b=2", "c=3")),
                new byte[0]);

        assertThat(event).isEqualTo(JSON.readTree("""
                {"version":"2.0","routeKey":"GET /v1/users/{userId}/profile",
                 "rawPath":"/v1/users/J%C3%BCrgen%2F7+8/profile","rawQueryString":"k=5&tag=a&tag=b%26c&empty=&bare",
                 "cookies":["a=1","b=2","c=3"],
                 "headers":{"host":"localhost:8080","user-agent":"tester","x-many":"1,2"},
                 "queryStringParameters":{"k":"5","tag":"a,b&c","empty":"","bare":""},
                 "pathParameters":{"userId":"Jürgen/7+8"},
                 "requestContext":{"accountId":"000000000000","apiId":"local","domainName":"localhost:8080",
                   "domainPrefix":"local",
                   "http":{"method":"GET","path":"/v1/users/J%C3%BCrgen%2F7+8/profile","protocol":"HTTP/1.1",
                     "sourceIp":"127.0.0.1","userAgent":"tester"},
                   "requestId":"request-1","routeKey":"GET /v1/users/{userId}/profile","stage":"$default",
                   "time":"12/Mar/2026:19:03:58 +0000","timeEpoch":1773342238390},
                 "isBase64Encoded":false}
                """));
    }

    @Test
    void event_withText_holdsItAsItIs() {
        JsonNode event = event(
                "POST",
                "/v1/reviews",
                "",
                Map.of("content-type", List.of("application/json; charset=utf-8")),
                "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(event.path("body").asText()).isEqualTo("{\"a\":\"ü\"}");
        assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
        assertThat(event.has("queryStringParameters")).isFalse();
        assertThat(event.has("pathParameters")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "", "application/json"})
    void event_withBytesThatAreNoText_holdsThemAsBase64(String type) {
        byte[] bytes = {(byte) 0xff, 0, 1};

        JsonNode event = event("POST", "/v1/reviews", "", Map.of("content-type", List.of(type)), bytes);

        assertThat(event.path("body").asText()).isEqualTo("/wAB");
        assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    }

    private static Optional<HttpResponse> response(String answer) {
        return PAYLOAD.response(answer.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void response_withStatusCode_isTakenApart() {
        HttpResponse response = response(
                        "{\"statusCode\":201,\"headers\":{\"X-One\":\"1\",\"Content-Type\":\"text/html\"},"
                                + "\"cookies\":[\"a=1\",\"b=2\"],\"body\":\"AAH/\",\"isBase64Encoded\":true}")
                .orElseThrow();

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers()).containsOnly(Map.entry("x-one", "1"), Map.entry("content-type", "text/html"));
        assertThat(response.cookies()).containsExactly("a=1", "b=2");
        assertThat(response.body()).containsExactly(0, 1, 0xff);
    }

    @Test
    void response_withoutStatusCode_isTheBodyOfA200() {
        HttpResponse response = response("{\"items\":[1]}").orElseThrow();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("{\"items\":[1]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "{\"statusCode\":\"many\"}",
                "{\"statusCode\":9000}",
                "{\"statusCode\":null}",
                "{\"statusCode\":200,\"body\":\"*\",\"isBase64Encoded\":true}"
            })
    void response_thatIsNone_isRefused(String answer) {
        assertThat(response(answer)).isEmpty();
    }

    @Test
    void routes_literalPart_goesBeforeAParameter() {
        assertThat(ROUTES.find("GET", "/v1/users/me/profile").orElseThrow().route())
                .isEqualTo(new Route.ToFunction("b"));
        assertThat(ROUTES.find("GET", "/v1/users/you/profile").orElseThrow().route())
                .isEqualTo(new Route.ToFunction("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/users//profile", "/v1/users/x", "/v1/users/x/profile/", "/", "/v1/reviews"})
    void routes_otherPaths_haveNone(String path) {
        assertThat(ROUTES.find("GET", path)).isEmpty();
    }
}
