package dev.lmmrec.extraction.extractor.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An endpoint with a model that does whatever a review asks of it: it answers as told, and has no secrets. In the
 * answer {@code {{system}}} stands for its instructions, {@code {{system:from:to}}} for a part of them,
 * {@code {{base64}}} for their beginning encoded, and {@code {{boundary}}} for the line around the review.
 */
final class TalkedIntoModel implements AutoCloseable {

    private static final Pattern PART = Pattern.compile("\\{\\{system:(-?\\d+):(-?\\d+)}}");
    private static final int OK = 200;

    private final HttpServer server;
    private final AtomicReference<String> victim = new AtomicReference<>("");
    private final AtomicReference<String> answer = new AtomicReference<>("");
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

    TalkedIntoModel() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** From now on a question that holds the mark is answered so, any other honestly. */
    void talkInto(String mark, String wanted) {
        victim.set(mark);
        answer.set(wanted);
        requests.clear();
    }

    /** What it was asked since then. */
    List<JsonNode> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonNode request = WireForm.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        String question = WireForm.OPENAI.question(request);
        String content = question.contains(victim.get()) ? obeyed(request, question) : Answers.of("honest words");
        byte[] body = WireForm.OPENAI.answer(content, false).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(OK, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String obeyed(JsonNode request, String question) {
        String system = request.at("/messages/0/content").asText().replace('\n', ' ');
        String boundary = question.substring(question.lastIndexOf('\n') + 1);
        String parts = PART.matcher(answer.get())
                .replaceAll(part -> Matcher.quoteReplacement(
                        quoted(part(system, Integer.parseInt(part.group(1)), Integer.parseInt(part.group(2))))));
        return parts.replace("{{system}}", system)
                .replace(
                        "{{base64}}",
                        Base64.getEncoder().encodeToString(part(system, 0, 90).getBytes(StandardCharsets.UTF_8)))
                .replace("{{boundary}}", boundary);
    }

    private static String part(String system, int from, int to) {
        return system.substring(from < 0 ? system.length() + from : from, to < 0 ? system.length() + to : to);
    }

    /** As it must be written inside a JSON string. */
    private static String quoted(String text) {
        String json = WireForm.json(text);
        return json.substring(1, json.length() - 1);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
