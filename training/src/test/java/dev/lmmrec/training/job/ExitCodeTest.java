package dev.lmmrec.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.lmmrec.core.queue.ReviewQueue;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.run.PromotionRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;

class ExitCodeTest {

    private static final int RULES_MAX = 5;

    @Test
    void failures_areToldApartByTheirCauses() {
        assertThat(ExitCode.of(new RefusedInputException("no rows"))).isEqualTo(ExitCode.REFUSED);
        assertThat(ExitCode.of(new PromotionRefusedException("worse"))).isEqualTo(ExitCode.GATE);
        assertThat(ExitCode.of(new NoSuchFileException("rows.jsonl"))).isEqualTo(ExitCode.REFUSED);
        assertThat(ExitCode.of(new UncheckedIOException(new NoSuchFileException("rows.jsonl"))))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(ExitCode.of(new IOException("No space left on device"))).isEqualTo(ExitCode.FAILED);
        assertThat(ExitCode.of(new IllegalStateException("the loss is NaN"))).isEqualTo(ExitCode.FAILED);
        assertThat(ExitCode.of(new IOException("cannot read", SdkClientException.create("no route"))))
                .isEqualTo(ExitCode.TEMPORARY);
        assertThat(ExitCode.of(new IllegalStateException(new ConnectException("refused"))))
                .isEqualTo(ExitCode.TEMPORARY);
    }

    @Test
    void serviceAnswers_areTemporaryOnlyIfTheServiceIsToBlame() {
        assertThat(ExitCode.of(answer(503, "SlowDown"))).isEqualTo(ExitCode.TEMPORARY);
        assertThat(ExitCode.of(answer(500, "InternalError"))).isEqualTo(ExitCode.TEMPORARY);
        assertThat(ExitCode.of(answer(400, "ThrottlingException"))).isEqualTo(ExitCode.TEMPORARY);
        assertThat(ExitCode.of(answer(403, "AccessDenied"))).isEqualTo(ExitCode.REFUSED);
        assertThat(ExitCode.of(new IOException("cannot write", answer(404, "NoSuchBucket"))))
                .isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void reviewsThatAQueueDidNotTake_areTemporaryUnlessTheyAreToBlame() throws Exception {
        assertThat(ExitCode.of(notSent(false))).isEqualTo(ExitCode.TEMPORARY);
        assertThat(ExitCode.of(notSent(true))).isEqualTo(ExitCode.REFUSED);
    }

    /** By a queue that fails every entry. */
    private static Throwable notSent(boolean senderFault) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                byte[] body = ("{\"Failed\":[{\"Id\":\"0\",\"SenderFault\":" + senderFault
                                + ",\"Code\":\"InternalError\",\"Message\":\"busy\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try (SqsClient sqs = SqsClient.builder()
                .endpointOverride(URI.create(url))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            ReviewQueue queue = new ReviewQueue(sqs, url + "/queue");
            return catchThrowable(
                    () -> queue.send(List.of(new Review("r", "u", "i", 4.5, 1, "title", "text", "test"))));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void documentedTable_isTheCode() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^\\| (\\d+) \\| ([A-Z]+) \\| .* \\| (yes|no) \\|$")
                .matcher(document());
        while (row.find()) {
            documented.put(row.group(2), row.group(1) + " " + row.group(3));
        }
        Map<String, String> actual = new TreeMap<>();
        for (ExitCode code : ExitCode.values()) {
            actual.put(code.name(), code.number() + " " + (code.retried() ? "yes" : "no"));
        }

        assertThat(documented).isEqualTo(actual);
    }

    @Test
    void documentedRules_tryAgainWhatTheCodeWantsTriedAgain() throws Exception {
        JsonNode rules = documentedRules();
        assertThat(rules.size()).as("as many as Batch allows").isBetween(1, RULES_MAX);

        for (ExitCode code : ExitCode.values()) {
            if (code != ExitCode.DONE) {
                assertThat(isTriedAgain(rules, code.number(), "Essential container in task exited", ""))
                        .as(code.name())
                        .isEqualTo(code.retried());
            }
        }
        String taken = "Host EC2 (instance i-0123456789abcdef0) terminated.";
        assertThat(isTriedAgain(rules, 137, taken, "")).isTrue();
        assertThat(isTriedAgain(rules, 1, taken, "")).isTrue();
        String container = "Essential container in task exited";
        assertThat(isTriedAgain(rules, 137, container, "OutOfMemoryError: Container killed due to memory usage"))
                .isFalse();
        assertThat(isTriedAgain(rules, 134, container, ""))
                .as("a crash of the engine")
                .isFalse();
    }

    /** The first rule of which all conditions match counts; what no rule matches is tried again. */
    private static boolean isTriedAgain(JsonNode rules, int exitCode, String statusReason, String reason) {
        for (JsonNode rule : rules) {
            if (matches(rule, "onExitCode", Integer.toString(exitCode))
                    && matches(rule, "onStatusReason", statusReason)
                    && matches(rule, "onReason", reason)) {
                return rule.get("action").asText().equals("RETRY");
            }
        }
        return true;
    }

    private static boolean matches(JsonNode rule, String condition, String value) {
        if (!rule.has(condition)) {
            return true;
        }
        String pattern = rule.get(condition).asText();
        return pattern.endsWith("*")
                ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                : value.equals(pattern);
    }

    private static JsonNode documentedRules() throws IOException {
        Matcher block =
                Pattern.compile("(?s)```json\n(\\{.*?\"evaluateOnExit\".*?)```").matcher(document());
        assertThat(block.find()).as("docs/batch.md has the rules").isTrue();
        return new ObjectMapper().readTree(block.group(1)).get("evaluateOnExit");
    }

    private static String document() throws IOException {
        return Files.readString(DynamoDbLocal.repositoryRoot().resolve("docs/batch.md"));
    }

    private static Exception answer(int status, String code) {
        return S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }
}
