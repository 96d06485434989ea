package dev.lmmrec.local.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A model's endpoint that can be down or slow; otherwise it finds the same quote in every review. */
final class StubModel implements AutoCloseable {

    static final String QUOTE = "folds flat in a moment";
    static final int TOKENS_IN = 4_000;
    static final int TOKENS_OUT = 1_000;

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger failuresLeft;
    private final long delayMillis;
    private final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    StubModel(int failures, long delayMillis) throws IOException {
        this.failuresLeft = new AtomicInteger(failures);
        this.delayMillis = delayMillis;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    int asked() {
        return asked.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            asked.incrementAndGet();
            if (failuresLeft.getAndDecrement() > 0) {
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
                return;
            }
            Thread.sleep(delayMillis);
            byte[] body = json.writeValueAsBytes(completion());
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(OK, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> completion() throws IOException {
        Map<String, Object> motivation = Map.of(
                "side", "ITEM",
                "facet", "convenience",
                "otherFacet", "",
                "polarity", "POSITIVE",
                "statement", "quick to fold",
                "evidence", QUOTE,
                "strength", 0.8,
                "confidence", 0.9);
        String content = json.writeValueAsString(Map.of(
                "observations", List.of("travels"),
                "candidates", List.of(Map.of("side", "ITEM", "idea", "folds")),
                "checks", List.of(Map.of("idea", "folds", "quote", QUOTE, "shown", true)),
                "motivations", List.of(motivation),
                "kind", List.of("chair")));
        return Map.of(
                "id",
                "stub",
                "model",
                "stub",
                "choices",
                List.of(Map.of(
                        "index",
                        0,
                        "finish_reason",
                        "stop",
                        "message",
                        Map.of("role", "assistant", "content", content))),
                "usage",
                Map.of(
                        "prompt_tokens", TOKENS_IN,
                        "completion_tokens", TOKENS_OUT,
                        "total_tokens", TOKENS_IN + TOKENS_OUT));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
