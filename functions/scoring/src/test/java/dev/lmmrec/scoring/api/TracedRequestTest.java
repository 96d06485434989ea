package dev.lmmrec.scoring.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans as a receiver of OTLP gets them, through the Lambda handler with real servers. */
@QuarkusTest
@QuarkusTestResource(value = TracedRequestTest.Traced.class, restrictToAnnotatedClass = true)
class TracedRequestTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    /** Not injected: the other tests' applications have no endpoint, and would not start for want of one. */
    private final String receiver = ConfigProvider.getConfig().getValue("lmmrec.traces-endpoint", String.class);

    @BeforeEach
    void forget() {
        given().delete(receiver + "/received").then().statusCode(200);
    }

    @Test
    void requestOfATracedCaller_goesOnInItsTrace_withASpanForEachStage() {
        given().header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                .get("/v1/users/alice/recommendations?k=2")
                .then()
                .statusCode(200);

        List<Sent> spans = spans();
        assertThat(spans).allSatisfy(span -> assertThat(span.trace).isEqualTo(TRACE));
        assertThat(spans)
                .extracting(span -> span.name)
                .contains("artefact", "arrivals", "profile", "ranking", "reasons");
        assertThat(spans)
                .filteredOn(span -> span.parent.equals(CALLER))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.name).isEqualTo("recommendations");
                    assertThat(spans)
                            .filteredOn(span -> !span.equals(request))
                            .allSatisfy(span -> assertThat(span.parent).isEqualTo(request.id));
                });
        assertThat(received().stream().map(TracedRequestTest::text))
                .isNotEmpty()
                .noneMatch(body -> body.contains("alice") || body.contains("wants it light"))
                .anyMatch(body -> body.contains("lmmrec-scoring"));
    }

    @Test
    void requestOfAnUntracedCaller_beginsATraceOfItsOwn() {
        given().get("/v1/users/alice/recommendations?k=2").then().statusCode(200);

        assertThat(spans())
                .filteredOn(span -> span.parent.isEmpty())
                .singleElement()
                .satisfies(request -> assertThat(request.trace).hasSize(32).isNotEqualTo(TRACE));
    }

    @Test
    void tracesThatAreRefused_costNoRequest() {
        given().post(receiver + "/answer/503").then().statusCode(200);
        try {
            given().get("/v1/users/alice/recommendations?k=2").then().statusCode(200);
            assertThat(received()).isNotEmpty();
        } finally {
            given().post(receiver + "/answer/200").then().statusCode(200);
        }
    }

    private List<byte[]> received() {
        return given().get(receiver + "/received")
                .asString()
                .lines()
                .map(Base64.getDecoder()::decode)
                .toList();
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    private record Sent(String trace, String id, String parent, String name) {}

    /** ExportTraceServiceRequest → resource_spans (1) → scope_spans (2) → spans (2). */
    private List<Sent> spans() {
        return received().stream()
                .map(TracedRequestTest::message)
                .flatMap(request -> inside(request, 1))
                .flatMap(resource -> inside(resource, 2))
                .flatMap(scope -> inside(scope, 2))
                .map(span -> new Sent(
                        hex(span, 1), hex(span, 2), hex(span, 4), first(span, 5).toStringUtf8()))
                .toList();
    }

    private static Stream<UnknownFieldSet> inside(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream().map(bytes -> message(bytes.toByteArray()));
    }

    private static UnknownFieldSet message(byte[] bytes) {
        try {
            return UnknownFieldSet.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteString first(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .findFirst()
                .orElse(ByteString.EMPTY);
    }

    private static String hex(UnknownFieldSet message, int field) {
        return HexFormat.of().formatHex(first(message, field).toByteArray());
    }

    /** The contract test's servers, and a receiver of traces that the test asks over HTTP what it got. */
    public static final class Traced implements QuarkusTestResourceLifecycleManager {

        private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
        private final AtomicInteger answer = new AtomicInteger(200);
        private final ContractTest.Deployment deployment = new ContractTest.Deployment();
        private HttpServer receiver;

        @Override
        public Map<String, String> start() {
            try {
                receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            receiver.createContext("/v1/traces", exchange -> {
                bodies.add(Base64.getEncoder()
                        .encodeToString(exchange.getRequestBody().readAllBytes()));
                answer(exchange, answer.get(), "");
            });
            receiver.createContext("/received", exchange -> {
                String all = String.join("\n", bodies);
                if (exchange.getRequestMethod().equals("DELETE")) {
                    bodies.clear();
                }
                answer(exchange, 200, all);
            });
            receiver.createContext("/answer/", exchange -> {
                String path = exchange.getRequestURI().getPath();
                answer.set(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
                answer(exchange, 200, "");
            });
            receiver.start();
            Map<String, String> settings = deployment.start();
            settings.put(
                    "lmmrec.traces-endpoint",
                    "http://127.0.0.1:" + receiver.getAddress().getPort());
            return settings;
        }

        private static void answer(HttpExchange exchange, int status, String text) throws IOException {
            byte[] body = text.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("content-type", "text/plain");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        @Override
        public void stop() {
            deployment.stop();
            receiver.stop(0);
        }
    }
}
