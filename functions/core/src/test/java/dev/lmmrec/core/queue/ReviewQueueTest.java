package dev.lmmrec.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lmmrec.core.intake.Import;
import dev.lmmrec.core.intake.Progress;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.core.testing.ElasticMq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

class ReviewQueueTest {

    private final SqsClient sqs = ElasticMq.shared().client();
    private final String url = ElasticMq.shared().createQueue();

    @TempDir
    private Path folder;

    @Test
    void reviews_any_arriveAsTheyWere() throws IOException {
        List<Review> reviews = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            reviews.add(review("r" + i, "Text \u0001 \uFFFF \uD83D\uDE00 \"quoted\" & <b>ü</b>\n" + i));
        }
        new ReviewQueue(sqs, url).send(reviews);
        assertThat(received()).containsExactlyInAnyOrderElementsOf(reviews);
    }

    @Test
    void reviews_none_sendNothing() throws IOException {
        new ReviewQueue(sqs, url).send(List.of());
        assertThat(received()).isEmpty();
    }

    @Test
    void reviews_longestPossible_staySmallEnoughForARequest() throws IOException {
        // 20,000 characters that take six bytes each as they are written
        List<Review> reviews = IntStream.range(0, 12)
                .mapToObj(i -> review("r" + i, "\u4e2d".repeat(ReviewCheck.TEXT_LENGTH_MAX)))
                .toList();
        new ReviewQueue(sqs, url).send(reviews);
        assertThat(received()).containsExactlyInAnyOrderElementsOf(reviews);
    }

    @Test
    void import_bundledSample_arrivesWhole() throws IOException {
        Import.Outcome outcome = new Import(new ReviewCheck(Clock.systemUTC()), new ReviewQueue(sqs, url)::send)
                .run(
                        DynamoDbLocal.repositoryRoot().resolve("models/sample/reviews.jsonl"),
                        ReviewFormat.LMMREC,
                        folder.resolve("rejects.jsonl"),
                        Progress.SILENT);
        assertThat(received().stream().map(Review::reviewId).collect(Collectors.toSet()))
                .hasSize((int) outcome.sent())
                .contains("s0001");
    }

    @Test
    void queue_missing_isNamedWithTheCount() {
        String missing = url + "-gone";
        List<Review> reviews =
                IntStream.range(0, 25).mapToObj(i -> review("r" + i, "x")).toList();
        assertThatThrownBy(() -> new ReviewQueue(sqs, missing).send(reviews))
                .isInstanceOfSatisfying(ReviewsNotSentException.class, e -> assertThat(e.count())
                        .isEqualTo(25))
                .hasMessageStartingWith("25 reviews were not sent to " + missing + ": ");
    }

    @Test
    void entries_failedOnce_areOfferedAgainAlone() throws IOException {
        try (Answers answers = new Answers(batch -> batch == 0 ? List.of("1", "3") : List.of(), false)) {
            new ReviewQueue(answers.client(), url)
                    .send(IntStream.range(0, 5)
                            .mapToObj(i -> review("r" + i, "x"))
                            .toList());
            assertThat(answers.offered).containsExactly(List.of("0", "1", "2", "3", "4"), List.of("1", "3"));
        }
    }

    @Test
    void entries_failingForever_areGivenUpWithTheCount() throws IOException {
        try (Answers answers = new Answers(batch -> List.of("2"), false)) {
            assertThatThrownBy(() -> new ReviewQueue(answers.client(), url)
                            .send(IntStream.range(0, 13)
                                    .mapToObj(i -> review("r" + i, "x"))
                                    .toList()))
                    .isInstanceOfSatisfying(ReviewsNotSentException.class, e -> assertThat(e.isSenderFault())
                            .isFalse())
                    .hasMessageStartingWith("4 reviews were not sent to " + url + ": InternalError")
                    .hasMessageContaining("after 6 attempts");
            assertThat(answers.offered).hasSize(ReviewQueue.ATTEMPTS_MAX);
        }
    }

    @Test
    void entries_refusedForTheirContent_areNotOfferedAgain() throws IOException {
        try (Answers answers = new Answers(batch -> List.of("0"), true)) {
            assertThatThrownBy(() -> new ReviewQueue(answers.client(), url).send(List.of(review("r", "x"))))
                    .isInstanceOfSatisfying(ReviewsNotSentException.class, e -> assertThat(e.isSenderFault())
                            .isTrue())
                    .hasMessageStartingWith("1 review was not sent");
            assertThat(answers.offered).hasSize(1);
        }
    }

    private static Review review(String id, String text) {
        return new Review(id, "u", "i", 4.5, 1_700_000_000, "title", text, "test");
    }

    private List<Review> received() throws IOException {
        List<Review> received = new ArrayList<>();
        JsonMapper json = JsonMapper.builder().build();
        while (true) {
            List<Message> messages = sqs.receiveMessage(
                            receive -> receive.queueUrl(url).maxNumberOfMessages(10))
                    .messages();
            if (messages.isEmpty()) {
                return received;
            }
            for (Message message : messages) {
                received.add(json.readValue(message.body(), Review.class));
            }
            sqs.deleteMessageBatch(delete -> delete.queueUrl(url)
                    .entries(messages.stream()
                            .map(message -> DeleteMessageBatchRequestEntry.builder()
                                    .id(message.messageId())
                                    .receiptHandle(message.receiptHandle())
                                    .build())
                            .toList()));
        }
    }

    /** An SQS that fails chosen entries, which ElasticMQ never does. */
    private static final class Answers implements AutoCloseable {

        private static final Pattern ID = Pattern.compile("\"Id\":\"(\\d+)\"");

        private final HttpServer server;
        private final Function<Integer, List<String>> failing;
        private final boolean senderFault;
        private final List<List<String>> offered = new CopyOnWriteArrayList<>();

        Answers(Function<Integer, List<String>> failing, boolean senderFault) throws IOException {
            this.failing = failing;
            this.senderFault = senderFault;
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        SqsClient client() {
            return SqsClient.builder()
                    .endpointOverride(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                    .region(Region.US_EAST_1)
                    .checksumValidationEnabled(false)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                    .httpClient(UrlConnectionHttpClient.create())
                    .build();
        }

        private void answer(HttpExchange exchange) {
            try (exchange) {
                String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                List<String> ids = ID.matcher(request)
                        .results()
                        .map(match -> match.group(1))
                        .toList();
                List<String> failed = failing.apply(offered.size()).stream()
                        .filter(ids::contains)
                        .toList();
                offered.add(ids);
                String successful = ids.stream()
                        .filter(id -> !failed.contains(id))
                        .map(id -> "{\"Id\":\"" + id + "\",\"MessageId\":\"m\",\"MD5OfMessageBody\":\"\"}")
                        .collect(Collectors.joining(","));
                String refused = failed.stream()
                        .map(id -> "{\"Id\":\"" + id + "\",\"SenderFault\":" + senderFault
                                + ",\"Code\":\"InternalError\",\"Message\":\"busy\"}")
                        .collect(Collectors.joining(","));
                byte[] body = ("{\"Successful\":[" + successful + "],\"Failed\":[" + refused + "]}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
