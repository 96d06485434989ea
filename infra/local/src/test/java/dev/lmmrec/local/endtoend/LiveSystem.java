package dev.lmmrec.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.local.LocalDeployment;
import dev.lmmrec.local.LocalSettings;
import dev.lmmrec.local.RepositoryRoot;
import dev.lmmrec.local.mapping.Backoff;
import dev.lmmrec.local.process.Folders;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The deployment under test with everything a client or an operator does to it. */
final class LiveSystem implements AutoCloseable {

    /** Far more than anything takes, so that only something that never happens fails. */
    private static final Duration WAIT_MAX = Duration.ofMinutes(4);

    private static final long POLL_MILLIS = 20;
    private static final int SEND_BATCH_MAX = 10;
    private static final int DRAIN_LOOKS_MAX = 100;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalDeployment deployment;
    private final TrainingJar training;
    private final MotivationStore motivations;
    private final Path root;

    private LiveSystem(Path root, LocalDeployment deployment) {
        this.root = root;
        this.deployment = deployment;
        this.training = new TrainingJar(root, logs().resolve("training.log"), deployment.environment());
        this.motivations = new MotivationStore(
                deployment.clients().dynamoDb(), deployment.resources().tables().get("motivations"));
    }

    /** Starts with the described zips; logs stay under {@code target} after the test. */
    static LiveSystem start() throws IOException {
        return start("end-to-end", Map.of("LMMREC_ARTEFACT_LOOK_INTERVAL", "1S"));
    }

    /** The same with other variables for the functions, and a folder of its own. */
    static LiveSystem start(String folder, Map<String, String> environment) throws IOException {
        Path root = RepositoryRoot.above(Path.of("").toAbsolutePath());
        Path state = Path.of("target", folder).toAbsolutePath();
        Folders.delete(state);
        Backoff quick = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));
        return new LiveSystem(
                root,
                LocalDeployment.start(LocalSettings.in(root)
                        .port(0)
                        .state(state)
                        .environment(environment)
                        .backoff(quick, quick)
                        .build()));
    }

    LocalDeployment deployment() {
        return deployment;
    }

    Path logs() {
        return deployment.state().resolve("logs");
    }

    Path sampleFile() {
        return root.resolve("models").resolve("sample").resolve("reviews.jsonl");
    }

    void training(String... arguments) throws IOException, InterruptedException {
        training.run(arguments);
    }

    String log(String name) throws IOException {
        Path file = logs().resolve(name + ".log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    // ---- waiting

    /** What is looked at again and again. */
    @FunctionalInterface
    interface Look<T> {

        T now() throws IOException, InterruptedException;
    }

    /** Looks until it is as wanted; the failure says what was seen last and where to read on. */
    <T> T await(String what, Look<T> look, Predicate<T> wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        T seen = look.now();
        while (!wanted.test(seen)) {
            assertThat(System.nanoTime())
                    .as("waited %d s for %s; last seen: %s; %s", WAIT_MAX.toSeconds(), what, seen, situation())
                    .isLessThan(end);
            Thread.sleep(POLL_MILLIS);
            seen = look.now();
        }
        return seen;
    }

    void awaitIdle() throws InterruptedException {
        assertThat(deployment.awaitIdle(WAIT_MAX))
                .as("waited %d s until nothing is left to do; %s", WAIT_MAX.toSeconds(), situation())
                .isTrue();
    }

    private String situation() {
        return "functions " + deployment.functionCounts() + ", mappings " + deployment.mappingCounts()
                + ", messages in reviews " + deployment.queueDepth("reviews") + ", in reviews-dlq "
                + deployment.queueDepth("reviews-dlq") + ", in stream-failures "
                + deployment.queueDepth("stream-failures") + "; logs are in " + logs();
    }

    // ---- reviews in

    String body(Review review) {
        try {
            return json.writeValueAsString(review);
        } catch (IOException e) {
            throw new IllegalStateException("a review is JSON", e);
        }
    }

    void send(List<String> bodies) {
        String url = deployment.resources().queues().get("reviews").url();
        for (int from = 0; from < bodies.size(); from += SEND_BATCH_MAX) {
            List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
            for (String body : bodies.subList(from, Math.min(bodies.size(), from + SEND_BATCH_MAX))) {
                entries.add(SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .messageBody(body)
                        .build());
            }
            var response = deployment.clients().sqs().sendMessageBatch(batch -> batch.queueUrl(url)
                    .entries(entries));
            assertThat(response.failed()).isEmpty();
        }
    }

    void post(Review review) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(deployment.api().resolve("/v1/reviews"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body(review)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode())
                .as("POST /v1/reviews: %s", response.body())
                .isEqualTo(202);
    }

    // ---- what became of them

    MotivationStore motivations() {
        return motivations;
    }

    List<ReviewMotivations> allRows() {
        try (var rows = motivations.scan()) {
            return rows.toList();
        }
    }

    /** Ids of a user's rows as the index by user knows them. */
    List<String> rowsOfUser(String userId) {
        return deployment
                .clients()
                .dynamoDb()
                .query(query -> query.tableName(deployment.resources().tables().get("motivations"))
                        .indexName("by-user")
                        .keyConditionExpression("userId = :user")
                        .expressionAttributeValues(Map.of(":user", AttributeValue.fromS(userId))))
                .items()
                .stream()
                .map(item -> item.get("reviewId").s())
                .toList();
    }

    /** Takes everything out of a queue. */
    List<String> drain(String queue) {
        String url = deployment.resources().queues().get(queue).url();
        List<String> bodies = new ArrayList<>();
        for (int look = 0; look < DRAIN_LOOKS_MAX && deployment.queueDepth(queue) > 0; look++) {
            List<Message> messages = deployment
                    .clients()
                    .sqs()
                    .receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(SEND_BATCH_MAX))
                    .messages();
            messages.forEach(message -> {
                bodies.add(message.body());
                deployment.clients().sqs().deleteMessage(delete -> delete.queueUrl(url)
                        .receiptHandle(message.receiptHandle()));
            });
        }
        return bodies;
    }

    // ---- the API

    /** An answer of the API. */
    record Answer(int status, String mediaType, JsonNode body) {}

    Answer get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(deployment.api() + path))
                        .timeout(WAIT_MAX)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String type = response.headers().firstValue("content-type").orElse("");
        JsonNode body = type.contains("json") ? json.readTree(response.body()) : json.missingNode();
        return new Answer(response.statusCode(), type.replaceAll(";.*", ""), body);
    }

    JsonNode getOk(String path) throws IOException, InterruptedException {
        Answer answer = get(path);
        assertThat(answer.status())
                .as("status of GET %s, which answered %s; logs are in %s", path, answer.body(), logs())
                .isEqualTo(200);
        return answer.body();
    }

    JsonNode recommendations(String userId, int k) throws IOException, InterruptedException {
        return getOk("/v1/users/" + encode(userId) + "/recommendations?k=" + k);
    }

    JsonNode userProfile(String userId) throws IOException, InterruptedException {
        return getOk("/v1/users/" + encode(userId) + "/profile");
    }

    JsonNode itemProfile(String itemId) throws IOException, InterruptedException {
        return getOk("/v1/items/" + encode(itemId) + "/profile");
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    // ---- the bucket

    private String bucket() {
        return deployment.resources().buckets().get("artefacts");
    }

    byte[] object(String key) {
        return deployment
                .clients()
                .s3()
                .getObjectAsBytes(get -> get.bucket(bucket()).key(key))
                .asByteArray();
    }

    void overwrite(String key, byte[] content) {
        deployment
                .clients()
                .s3()
                .putObject(
                        put -> put.bucket(bucket()).key(key),
                        software.amazon.awssdk.core.sync.RequestBody.fromBytes(content));
    }

    JsonNode pointer() throws IOException {
        return json.readTree(object("current.json"));
    }

    /** Versions in the bucket. */
    List<String> versions() {
        return deployment.clients().s3().listObjectsV2Paginator(list -> list.bucket(bucket())).contents().stream()
                .map(object -> object.key())
                .filter(key -> key.endsWith("/manifest.json"))
                .map(key -> key.substring(0, key.indexOf('/')))
                .sorted()
                .collect(Collectors.toList());
    }

    ObjectMapper json() {
        return json;
    }

    @Override
    public void close() {
        deployment.close();
    }
}
