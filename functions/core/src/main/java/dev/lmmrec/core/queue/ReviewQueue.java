package dev.lmmrec.core.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.review.Review;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Sends reviews to the queue, many a request. A review may arrive more than once and out of order; its id is the key,
 * so that does no harm.
 */
public final class ReviewQueue {

    /** The most messages in one request, which is SQS's own limit. */
    public static final int BATCH_REVIEWS_MAX = 10;

    /** The most bytes in one request: 64 KiB below SQS's limit of 1 MiB, for what is around the bodies. */
    public static final int BATCH_BYTES_MAX = (1 << 20) - (1 << 16);

    /** How often a message is offered before giving up. */
    public static final int ATTEMPTS_MAX = 6;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final SqsClient sqs;
    private final String queueUrl;

    // every character SQS refuses in a body (such as U+FFFF) is escaped, and one character is one byte
    private final ObjectMapper json =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /**
     * Opens the queue.
     *
     * @param sqs the client, owned by the caller
     * @param queueUrl the queue's URL
     */
    public ReviewQueue(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /**
     * Sends reviews.
     *
     * @param reviews any number
     * @throws ReviewsNotSentException if the queue does not take some, after retries; the others of the same request
     *     were sent, those after it were not
     */
    public void send(List<Review> reviews) {
        List<SendMessageBatchRequestEntry> batch = new ArrayList<>(BATCH_REVIEWS_MAX);
        int batchBytes = 0;
        for (int i = 0; i < reviews.size(); i++) {
            String body = body(reviews.get(i));
            if (batch.size() == BATCH_REVIEWS_MAX || (batchBytes + body.length() > BATCH_BYTES_MAX && batchBytes > 0)) {
                sendBatch(batch, reviews.size() - i);
                batch.clear();
                batchBytes = 0;
            }
            batch.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(batch.size()))
                    .messageBody(body)
                    .build());
            batchBytes += body.length();
        }
        if (!batch.isEmpty()) {
            sendBatch(batch, 0);
        }
    }

    /**
     * How many reviews wait in the queue or are being worked on.
     *
     * @return about so many
     */
    public long waiting() {
        var attributes = sqs.getQueueAttributes(get -> get.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return attributes.values().stream().mapToLong(Long::parseLong).sum();
    }

    private void sendBatch(List<SendMessageBatchRequestEntry> batch, int waiting) {
        List<SendMessageBatchRequestEntry> pending = List.copyOf(batch);
        for (int attempt = 1; ; attempt++) {
            List<BatchResultErrorEntry> failed = offer(pending, waiting);
            if (failed.isEmpty()) {
                return;
            }
            boolean senderFault = failed.stream().anyMatch(BatchResultErrorEntry::senderFault);
            if (attempt == ATTEMPTS_MAX || senderFault) {
                BatchResultErrorEntry first = failed.get(0);
                throw new ReviewsNotSentException(
                        failed.size() + waiting,
                        queueUrl,
                        first.code() + " " + first.message() + " after " + attempt + " attempts",
                        senderFault,
                        null);
            }
            Set<String> failedIds =
                    failed.stream().map(BatchResultErrorEntry::id).collect(Collectors.toSet());
            pending = pending.stream()
                    .filter(entry -> failedIds.contains(entry.id()))
                    .toList();
            pause(PAUSE.multipliedBy(1L << attempt), pending.size() + waiting);
        }
    }

    private List<BatchResultErrorEntry> offer(List<SendMessageBatchRequestEntry> pending, int waiting) {
        try {
            SendMessageBatchResponse response =
                    sqs.sendMessageBatch(send -> send.queueUrl(queueUrl).entries(pending));
            return response.failed();
        } catch (SdkException e) {
            // the client has already retried what can be retried
            throw new ReviewsNotSentException(pending.size() + waiting, queueUrl, e.getMessage(), false, e);
        }
    }

    private String body(Review review) {
        try {
            return json.writeValueAsString(review);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every review can be written as JSON", e);
        }
    }

    private void pause(Duration pause, int unsent) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReviewsNotSentException(unsent, queueUrl, "interrupted while waiting to retry", false, e);
        }
    }
}
