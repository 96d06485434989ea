package dev.lmmrec.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.local.mapping.Backoff;
import dev.lmmrec.local.probe.ProbeZip;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/** The whole deployment with the real servers and a real function process. */
class LocalDeploymentIT {

    private static final Duration IDLE_MAX = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static Path done;
    private static LocalDeployment deployment;

    @BeforeAll
    static void start() throws IOException {
        ProbeZip.write(folder);
        Path description = folder.resolve("deployment.json");
        try (var in = LocalDeploymentIT.class.getResourceAsStream("probe-deployment.json")) {
            Files.copy(in, description);
        }
        done = folder.resolve("done");
        Path repository = Path.of("").toAbsolutePath().getParent().getParent();
        Backoff quick = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
        deployment = LocalDeployment.start(LocalSettings.in(repository)
                .description(folder, description)
                .port(0)
                .state(folder.resolve("state"))
                .environment(Map.of("PROBE_FILE", done.toString()))
                .backoff(quick, quick)
                .build());
    }

    @AfterAll
    static void stop() {
        if (deployment == null) {
            return;
        }
        List<Long> pids = List.copyOf(deployment.pids().values());
        deployment.close();
        assertThat(pids).hasSizeGreaterThan(3).noneMatch(pid -> ProcessHandle.of(pid)
                .map(ProcessHandle::isAlive)
                .orElse(false));
    }

    @BeforeEach
    void forgetWhatWasDone() throws IOException {
        Files.deleteIfExists(done);
    }

    private static List<String> done() throws IOException {
        return Files.exists(done) ? Files.readAllLines(done) : List.of();
    }

    private static void send(String body) {
        deployment.clients().sqs().sendMessage(send -> send.queueUrl(
                        deployment.resources().queues().get("work").url())
                .messageBody(body));
    }

    private static List<Message> drain(String queue) {
        List<Message> messages = new ArrayList<>();
        String url = deployment.resources().queues().get(queue).url();
        while (true) {
            List<Message> some = deployment
                    .clients()
                    .sqs()
                    .receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(10))
                    .messages();
            if (some.isEmpty()) {
                return messages;
            }
            messages.addAll(some);
            some.forEach(message -> deployment.clients().sqs().deleteMessage(delete -> delete.queueUrl(url)
                    .receiptHandle(message.receiptHandle())));
        }
    }

    private static void put(String id, String text) {
        deployment.clients().dynamoDb().putItem(put -> put.tableName(
                        deployment.resources().tables().get("things"))
                .item(Map.of(
                        "id", AttributeValue.fromS(id),
                        "owner", AttributeValue.fromS("somebody"),
                        "text", AttributeValue.fromS(text))));
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(deployment.api() + path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void post_toQueueRoute_reachesTheFunction() throws Exception {
        HttpResponse<String> response = post("/v1/work", "{\"text\":\"id:posted\"}");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(response.body()).path("messageId").asText()).isNotEmpty();
        assertThat(deployment.awaitIdle(IDLE_MAX)).isTrue();
        assertThat(done()).containsExactly("id:posted");
    }

    @Test
    void batch_withPoison_endsInDeadLetterQueueAndTheRestIsDone() throws Exception {
        IntStream.range(0, 25).forEach(i -> send("id:m" + i));
        send("id:sick do:poison");
        send("id:late do:once");

        assertThat(deployment.awaitIdle(IDLE_MAX)).isTrue();

        assertThat(done())
                .containsExactlyInAnyOrderElementsOf(java.util.stream.Stream.concat(
                                IntStream.range(0, 25).mapToObj(i -> "id:m" + i), java.util.stream.Stream.of("id:late"))
                        .toList());
        assertThat(drain("work-dlq")).extracting(Message::body).containsExactly("id:sick do:poison");
    }

    @Test
    void batch_whoseProcessDies_isDeliveredAgain() throws Exception {
        long crashed = deployment.functionCounts().get("worker").crashed();
        send("id:first");
        send("id:deadly do:die");
        send("id:third");

        assertThat(deployment.awaitIdle(IDLE_MAX)).isTrue();

        assertThat(done()).contains("id:first", "id:deadly", "id:third");
        assertThat(deployment.functionCounts().get("worker").crashed()).isGreaterThan(crashed);
        assertThat(drain("work-dlq")).isEmpty();
    }

    @Test
    void batch_whoseEnvironmentIsKilledFromOutside_isDeliveredAgain() throws Exception {
        send("id:held do:pause");
        while (deployment.functionCounts().get("worker").running() == 0) {
            Thread.sleep(10);
        }
        assertThat(deployment.killOneEnvironment("worker")).isPresent();

        assertThat(deployment.awaitIdle(IDLE_MAX)).isTrue();
        assertThat(done()).containsExactly("id:held");
    }

    @Test
    void batch_whoseFunctionThrowsOrTakesTooLong_endsInDeadLetterQueue() throws Exception {
        long timedOut = deployment.functionCounts().get("worker").timedOut();
        send("do:sleep");
        assertThat(deployment.awaitIdle(IDLE_MAX)).isTrue();
        send("do:throw");
        assertThat(deployment.awaitIdle(IDLE_MAX)).isTrue();

        assertThat(deployment.functionCounts().get("worker").timedOut()).isEqualTo(timedOut + 3);
        assertThat(drain("work-dlq")).extracting(Message::body).containsExactlyInAnyOrder("do:sleep", "do:throw");
    }

    @Test
    void stream_changes_arriveInOrderAndFiltered() throws Exception {
        for (int i = 0; i < 30; i++) {
            put("order", "id:v" + i);
        }
        deployment.clients().dynamoDb().putItem(put -> put.tableName(
                        deployment.resources().tables().get("things"))
                .item(Map.of(
                        "id", AttributeValue.fromS("order"),
                        "text", AttributeValue.fromS("id:hidden"),
                        "vectors", AttributeValue.fromM(Map.of("encoderId", AttributeValue.fromS("any"))))));

        assertThat(deployment.awaitIdle(IDLE_MAX)).isTrue();

        assertThat(done())
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(i -> "id:v" + i).toList());
    }

    @Test
    void stream_withPoison_goesOnAndTellsTheFailureQueue() throws Exception {
        put("a", "id:before");
        put("b", "id:sick do:poison");
        put("c", "id:after");
        put("d", "id:twice do:once");
        put("e", "id:last");

        assertThat(deployment.awaitIdle(IDLE_MAX)).isTrue();

        assertThat(done())
                .contains("id:before", "id:after", "id:twice", "id:last")
                .doesNotContain("id:sick");
        List<Message> told = drain("given-up");
        assertThat(told).hasSize(1);
        JsonNode message = JSON.readTree(told.get(0).body());
        assertThat(message.at("/requestContext/condition").asText()).isEqualTo("RetryAttemptsExhausted");
        assertThat(message.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
        assertThat(message.at("/DDBStreamBatchInfo/batchSize").asInt()).isEqualTo(1);
        assertThat(message.at("/DDBStreamBatchInfo/startSequenceNumber"))
                .isEqualTo(message.at("/DDBStreamBatchInfo/endSequenceNumber"));
        assertThat(message.at("/DDBStreamBatchInfo/streamArn").asText())
                .isEqualTo(deployment.resources().streams().get("things"));
    }

    @Test
    void function_seesLambdasEnvironment() throws Exception {
        JsonNode answer = JSON.readTree(post("/v1/web", "do:environment").body());

        assertThat(answer.path("name").asText()).isEqualTo("probe-web");
        assertThat(answer.path("memory").asInt()).isEqualTo(256);
        assertThat(answer.path("arn").asText()).endsWith(":function:probe-web");
        assertThat(answer.path("remaining").asInt()).isBetween(1, 2000);
        assertThat(answer.path("folder").asText()).endsWith("/functions/web");
        assertThat(answer.path("table").asText()).isEqualTo("probe-things");
    }

    @Test
    void get_withRoute_givesFunctionAPayload2Event() throws Exception {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(deployment.api() + "/v1/web/a%2Fb%20c/part?k=1&k=2&q=%C3%A4"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        JsonNode event = JSON.readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(event.path("version").asText()).isEqualTo("2.0");
        assertThat(event.at("/pathParameters/thing").asText()).isEqualTo("a/b c");
        assertThat(event.at("/queryStringParameters/k").asText()).isEqualTo("1,2");
        assertThat(event.at("/queryStringParameters/q").asText()).isEqualTo("ä");
    }

    @Test
    void post_toFunctionThatFails_answersGatewayErrors() throws Exception {
        assertThat(post("/v1/web", "do:throw").statusCode()).isEqualTo(502);
        assertThat(post("/v1/web", "do:exit").statusCode()).isEqualTo(502);
        assertThat(post("/v1/web", "do:sleep").statusCode()).isEqualTo(504);
        assertThat(post("/v1/web", "do:answer[{\"statusCode\":9000}]end").statusCode())
                .isEqualTo(502);
        assertThat(post("/v1/web", "do:answer[{\"statusCode\":418,\"body\":\"tea\"}]end")
                        .statusCode())
                .isEqualTo(418);
        assertThat(post("/v1/nowhere", "x").statusCode()).isEqualTo(404);
        assertThat(post("/v1/work", "").statusCode()).isEqualTo(400);
        assertThat(post("/v1/web", "x".repeat(7 * 1024 * 1024)).statusCode()).isEqualTo(413);
    }

    @Test
    void environment_givenToOthers_reachesTheBucket() {
        assertThat(deployment.environment())
                .containsKeys("AWS_ENDPOINT_URL_S3", "AWS_REGION", "PROBE_WORK_QUEUE_URL", "PROBE_API_URL")
                .containsEntry("PROBE_THINGS_TABLE", "probe-things")
                .containsEntry("PROBE_FILES_BUCKET", "probe-files");
        var s3 = deployment.clients().s3();
        byte[] bytes = new byte[3 * 1024 * 1024];
        new java.util.Random(7).nextBytes(bytes);
        s3.putObject(put -> put.bucket("probe-files").key("some/file"), RequestBody.fromBytes(bytes));
        assertThat(s3.getObjectAsBytes(get -> get.bucket("probe-files").key("some/file"))
                        .asByteArray())
                .isEqualTo(bytes);
    }
}
