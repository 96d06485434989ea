package dev.lmmrec.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers questions about labelled reviews with their labels, in OpenAI's form; others it refuses. */
public final class ReplayServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNPROCESSABLE = 422;
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int THREADS = 8;

    private final ObjectMapper json = new ObjectMapper();
    private final LabelledReviews labels;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unlabelled = new AtomicInteger();

    private ReplayServer(LabelledReviews labels, HttpServer server) {
        this.labels = labels;
        this.server = server;
    }

    /**
     * Starts on any free port of this machine.
     *
     * @param reviews one review a line, {@code user, item, title, text}, plain or gzipped
     * @param labels one review's labels a line, {@code user, item, motives}, plain or gzipped
     * @return the server, to be closed
     * @throws IOException if no port is free
     */
    public static ReplayServer start(Path reviews, Path labels) throws IOException {
        LabelledReviews read = LabelledReviews.read(reviews, labels);
        ReplayServer replay = new ReplayServer(
                read, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        replay.server.createContext("/v1/chat/completions", replay::handle);
        replay.server.setExecutor(replay.threads);
        replay.server.start();
        return replay;
    }

    /**
     * The variables that make extraction ask this server, and the embedded extractor where it has no answer.
     *
     * @return by name
     */
    public Map<String, String> environment() {
        return Map.of(
                "LMMREC_EXTRACTOR",
                "openai,embedded",
                "LMMREC_OPENAI_URL",
                "http://localhost:" + server.getAddress().getPort() + "/v1",
                "LMMREC_OPENAI_MODEL",
                "replay",
                // answers that cost nothing are not to run into the cap
                "LMMREC_LLM_TOKENS_PER_DAY",
                "1000000000000");
    }

    /**
     * How many reviews have labels.
     *
     * @return a count
     */
    public int labelled() {
        return labels.size();
    }

    /**
     * How many questions were answered with labels.
     *
     * @return a count
     */
    public int answered() {
        return answered.get();
    }

    /**
     * How many questions were refused, since nobody labelled the review.
     *
     * @return a count
     */
    public int unlabelled() {
        return unlabelled.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = json.readTree(exchange.getRequestBody());
            String question = request.at("/messages/1/content").asText();
            Optional<JsonNode> motives =
                    Question.of(question).flatMap(asked -> labels.find(asked.title(), asked.text()));
            (motives.isPresent() ? answered : unlabelled).incrementAndGet();
            if (motives.isPresent()) {
                respond(exchange, OK, completion(request, json.writeValueAsString(answer(motives.get()))));
            } else {
                ObjectNode refusal = json.createObjectNode();
                refusal.putObject("error")
                        .put("message", "nobody labelled this review")
                        .put("type", "unlabelled");
                respond(exchange, UNPROCESSABLE, refusal);
            }
        }
    }

    private void respond(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** The labels' own thoughts were not written down; what stands here says so. */
    private ObjectNode answer(JsonNode motives) {
        ObjectNode answer = json.createObjectNode();
        answer.putArray("observations").add("replayed");
        ArrayNode candidates = answer.putArray("candidates");
        ArrayNode checks = answer.putArray("checks");
        ArrayNode motivations = answer.putArray("motivations");
        for (JsonNode motive : motives) {
            candidates
                    .addObject()
                    .put("side", motive.path("side").asText())
                    .put("idea", motive.path("statement").asText());
            checks.addObject()
                    .put("idea", motive.path("statement").asText())
                    .put("quote", motive.path("evidence").asText())
                    .put("shown", true);
            ObjectNode written = motivations.addObject();
            for (String field : new String[] {"side", "facet", "polarity", "statement", "evidence"}) {
                written.put(field, motive.path(field).asText());
            }
            written.put("otherFacet", "")
                    .put("strength", motive.path("strength").asDouble())
                    .put("confidence", motive.path("confidence").asDouble());
        }
        answer.putArray("kind");
        return answer;
    }

    private ObjectNode completion(JsonNode request, String content) {
        int in = request.path("messages").toString().length() / CHARACTERS_PER_TOKEN;
        int out = content.length() / CHARACTERS_PER_TOKEN;
        ObjectNode completion = json.createObjectNode();
        completion.put("id", "replay").put("object", "chat.completion").put("created", 0);
        completion.put("model", request.path("model").asText());
        ObjectNode choice = completion.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", content);
        completion
                .putObject("usage")
                .put("prompt_tokens", in)
                .put("completion_tokens", out)
                .put("total_tokens", in + out);
        return completion;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    /**
     * The review in a question: it ends with a line, the title, the line, the text, and the line again.
     *
     * @param title the review's title
     * @param text the review's text
     */
    record Question(String title, String text) {

        static Optional<Question> of(String content) {
            int last = content.lastIndexOf('\n');
            String line = "\n" + content.substring(last + 1) + "\n";
            int middle = last < 0 ? -1 : content.lastIndexOf(line, last - 1);
            int first = middle < 0 ? -1 : content.lastIndexOf(line, middle - 1);
            if (first < 0) {
                return Optional.empty();
            }
            int titleStart = Math.min(middle, first + line.length());
            return Optional.of(new Question(
                    content.substring(titleStart, middle),
                    content.substring(Math.min(last, middle + line.length()), last)));
        }
    }
}
