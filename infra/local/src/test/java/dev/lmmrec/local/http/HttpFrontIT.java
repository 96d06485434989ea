package dev.lmmrec.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.local.description.Api;
import dev.lmmrec.local.description.Route;
import dev.lmmrec.local.probe.ProbeZip;
import dev.lmmrec.local.process.LeashJar;
import dev.lmmrec.local.runtime.FunctionSettings;
import dev.lmmrec.local.runtime.FunctionZip;
import dev.lmmrec.local.runtime.LambdaFunction;
import dev.lmmrec.local.runtime.RuntimeLibrary;
import dev.lmmrec.local.server.AwsClients;
import dev.lmmrec.local.token.TestIssuer;
import dev.lmmrec.local.token.TokenCheck;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the front lets through to a real function process, and what it refuses. */
class HttpFrontIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int BODY_MAX = 2_048;

    private static final Map<String, Route> ROUTES = Map.of(
            "GET /v1/open", new Route.ToFunction("web"),
            "GET /v1/mine", new Route.ToFunction("web"),
            "GET /v1/scarce", new Route.ToFunction("web"),
            "POST /v1/mine", new Route.ToFunction("web"),
            "POST /v1/work", new Route.ToFunction("web"));

    private static final Api API = new Api(
            new Api.Authorizer(Set.of("GET /v1/open"), Map.of("POST /v1/work", List.of("probe/worker"))),
            new Api.Limits(1_000, 1_000, BODY_MAX),
            Map.of("GET /v1/scarce", new Api.Limits(1, 3, BODY_MAX)));

    @TempDir
    private static Path folder;

    private static final ConcurrentLinkedQueue<String> PROBLEMS = new ConcurrentLinkedQueue<>();
    private static TestIssuer issuer;
    private static LambdaFunction function;
    private static HttpFront open;
    private static HttpFront guarded;

    @BeforeAll
    static void start() throws Exception {
        Path task = folder.resolve("task");
        FunctionZip.unpack(ProbeZip.write(folder), task);
        Path servers = Path.of("servers").toAbsolutePath();
        function = new LambdaFunction(new FunctionSettings(
                "probe-web",
                AwsClients.REGION,
                ProbeZip.HANDLER,
                task,
                RuntimeLibrary.unpack(
                        servers.resolve("runtime").resolve("target").resolve("lib"), folder),
                Files.createDirectories(folder.resolve("tmp")),
                LeashJar.write(folder),
                folder.resolve("web.log"),
                256,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                1,
                Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto")));
        issuer = new TestIssuer();
        open = front(Optional.empty());
        guarded = front(Optional.of(TokenCheck.of(issuer.settings(folder))));
    }

    private static HttpFront front(Optional<TokenCheck> tokens) {
        // none of the routes leads to a queue, so there is no client to send with
        HttpFront front = new HttpFront(
                HttpFront.bind(0), ROUTES, API, tokens, Map.of("web", function), Map.of(), null, PROBLEMS::add);
        front.start();
        return front;
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
        function.close();
    }

    private static HttpRequest.Builder to(HttpFront front, String path) {
        return HttpRequest.newBuilder(front.address().resolve(path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder withToken(HttpRequest.Builder request, String scope) throws Exception {
        return request.header(
                "authorization",
                "Bearer "
                        + issuer.token(
                                TestIssuer.claims("u013").claim("scope", scope).build()));
    }

    @Test
    void frontThatAsksForTokens_answersNobodyWithoutOne_exceptOnOpenRoutes() throws Exception {
        HttpResponse<String> refused = send(to(guarded, "/v1/mine"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(refused.body())).isEqualTo(JSON.readTree("{\"message\":\"Unauthorized\"}"));
        assertThat(refused.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(send(to(guarded, "/v1/mine").header("authorization", "Bearer x.y.z"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(to(guarded, "/v1/open")).statusCode()).isEqualTo(200);
        assertThat(send(to(guarded, "/")).statusCode()).as("the page itself").isEqualTo(200);
        assertThat(send(to(open, "/v1/mine")).statusCode()).isEqualTo(200);
    }

    @Test
    void token_reachesTheFunctionAsClaims() throws Exception {
        HttpResponse<String> response = send(withToken(to(guarded, "/v1/mine"), "openid"));

        JsonNode jwt = JSON.readTree(response.body()).at("/requestContext/authorizer/jwt");
        assertThat(jwt.at("/claims/sub").asText()).isEqualTo("u013");
        assertThat(jwt.at("/claims/scope").asText()).isEqualTo("openid");
        assertThat(JSON.readTree(send(to(open, "/v1/mine")).body())
                        .at("/requestContext/authorizer")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void routeThatAsksForAScope_refusesTokensWithoutIt() throws Exception {
        assertThat(send(withToken(to(guarded, "/v1/work"), "openid").POST(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(withToken(to(guarded, "/v1/work"), "openid probe/worker")
                                .POST(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void requestsOverARoutesRate_areTurnedAway_andOtherRoutesAreNot() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            statuses.add(send(to(open, "/v1/scarce")).statusCode());
        }

        assertThat(statuses.subList(0, 3)).containsOnly(200);
        assertThat(statuses).contains(429).containsOnly(200, 429);
        assertThat(send(to(open, "/v1/open")).statusCode()).isEqualTo(200);
    }

    @Test
    void bodyOverTheLimit_isRefused_andOneAtTheLimitIsNot() throws Exception {
        assertThat(send(to(open, "/v1/mine").POST(BodyPublishers.ofString("x".repeat(BODY_MAX))))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused =
                send(to(open, "/v1/mine").POST(BodyPublishers.ofString("x".repeat(BODY_MAX + 1))));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(send(to(open, "/v1/mine").POST(BodyPublishers.ofString("x".repeat(3_000_000))))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void functionThatFails_tellsTheCallerNothingOfItsInside() throws Exception {
        HttpResponse<String> response = send(
                to(open, "/v1/mine").header("content-type", "text/plain").POST(BodyPublishers.ofString("do:throw")));

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(JSON.readTree(response.body())).isEqualTo(JSON.readTree("{\"message\":\"Bad Gateway\"}"));
        assertThat(PROBLEMS).as("what the operator is told").anyMatch(problem -> problem.contains("asked to throw"));
    }

    @Test
    void requestOfAnotherPlacesPage_isRefused() throws Exception {
        assertThat(send(to(open, "/v1/mine")
                                .header("origin", "https://shop.example")
                                .POST(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(raw("GET /v1/open HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void requestThatIsNotEncodedRight_isTheCallersFault() throws Exception {
        assertThat(raw("GET /v1/open?q=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("\tat ", "java.");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", open.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
