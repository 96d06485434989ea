package dev.lmmrec.local.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.local.description.Mapping;
import dev.lmmrec.local.runtime.LambdaFunction;
import dev.lmmrec.local.runtime.Outcome;
import dev.lmmrec.local.server.Resources.QueueAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Messages of a queue for a function, by as many threads as invocations may run at the same time.
 *
 * <p>On AWS a message of a failed batch comes back when its visibility timeout ends, six function timeouts or more
 * later. Here its visibility is set to a short backoff after the failure, so that nobody waits minutes for a retry; how
 * often it is received before the dead-letter queue gets it is the same.
 */
public final class QueueSource implements EventSource {

    private static final int RECEIVE_MAX = 10;
    private static final int WAIT_SECONDS = 1;
    private static final long PAUSE_AFTER_ERROR_MILLIS = 500;
    private static final long STOP_MILLIS_MAX = 3_000;
    private static final Duration THROTTLE_MAX = Duration.ofSeconds(60);

    private final String name;
    private final Mapping.FromQueue mapping;
    private final QueueAddress queue;
    private final int receiveCountMax;
    private final SqsClient sqs;
    private final LambdaFunction function;
    private final Backoff backoff;
    private final Consumer<String> problems;
    private final ObjectMapper json = new ObjectMapper();
    private final Tally tally = new Tally();
    private final AtomicInteger working = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * Connects a queue to a function.
     *
     * @param name the mapping's name
     * @param mapping as described
     * @param queue the queue
     * @param receiveCountMax how often the queue gives out a message before it goes to the dead-letter queue
     * @param sqs the client, owned by the caller
     * @param function the function, owned by the caller
     * @param backoff how long failed messages stay hidden
     * @param problems is told when the server cannot be reached
     */
    public QueueSource(
            String name,
            Mapping.FromQueue mapping,
            QueueAddress queue,
            int receiveCountMax,
            SqsClient sqs,
            LambdaFunction function,
            Backoff backoff,
            Consumer<String> problems) {
        this.name = name;
        this.mapping = mapping;
        this.queue = queue;
        this.receiveCountMax = receiveCountMax;
        this.sqs = sqs;
        this.function = function;
        this.backoff = backoff;
        this.problems = problems;
    }

    @Override
    public void start() {
        for (int i = 0; i < mapping.maximumConcurrency(); i++) {
            Thread thread = new Thread(this::run, name + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run() {
        while (!stopped) {
            try {
                List<Message> batch = gather();
                if (!batch.isEmpty()) {
                    working.incrementAndGet();
                    try {
                        deliver(batch);
                    } finally {
                        working.decrementAndGet();
                    }
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | JsonProcessingException e) {
                if (stopped || pauseAfter(e)) {
                    return;
                }
            }
        }
    }

    private boolean pauseAfter(Exception e) {
        problems.accept(name + ": " + e.getMessage());
        try {
            Thread.sleep(PAUSE_AFTER_ERROR_MILLIS);
            return false;
        } catch (InterruptedException interrupted) {
            return true;
        }
    }

    private List<Message> gather() {
        List<Message> batch = new ArrayList<>(receive(mapping.batchSize()));
        long end =
                System.nanoTime() + Duration.ofSeconds(mapping.windowSeconds()).toNanos();
        while (!batch.isEmpty() && batch.size() < mapping.batchSize() && System.nanoTime() < end && !stopped) {
            batch.addAll(receive(mapping.batchSize() - batch.size()));
        }
        return batch;
    }

    private List<Message> receive(int countMax) {
        return sqs.receiveMessage(receive -> receive.queueUrl(queue.url())
                        .maxNumberOfMessages(Math.min(RECEIVE_MAX, countMax))
                        .waitTimeSeconds(WAIT_SECONDS)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
    }

    private void deliver(List<Message> batch) throws InterruptedException, JsonProcessingException {
        Map<String, Message> byId = new LinkedHashMap<>();
        batch.forEach(message -> byId.put(message.messageId(), message));
        byte[] event = json.writeValueAsBytes(
                QueueEvent.of(batch, queue.arn(), function.settings().region(), json));
        tally.batches.incrementAndGet();
        tally.delivered.addAndGet(batch.size());
        Outcome outcome = function.invoke(event, THROTTLE_MAX);
        if (outcome instanceof Outcome.Failed failed) {
            problems.accept(name + ": " + failed.type() + ": " + failed.message());
        }
        BatchResponse response = BatchResponse.read(
                outcome, mapping.reportBatchItemFailures(), new LinkedHashSet<>(byId.keySet()), json);
        QueueSettlement settlement = QueueSettlement.of(List.copyOf(byId.keySet()), response);
        delete(settlement.delete().stream().map(byId::get).toList());
        keep(settlement.keep().stream().map(byId::get).toList());
    }

    private void delete(List<Message> done) {
        tally.succeeded.addAndGet(done.size());
        if (done.isEmpty()) {
            return;
        }
        var failed = sqs.deleteMessageBatch(delete -> delete.queueUrl(queue.url())
                        .entries(done.stream()
                                .map(message -> DeleteMessageBatchRequestEntry.builder()
                                        .id(Integer.toString(done.indexOf(message)))
                                        .receiptHandle(message.receiptHandle())
                                        .build())
                                .toList()))
                .failed();
        if (!failed.isEmpty()) {
            problems.accept(name + ": " + failed.size() + " done messages could not be deleted and will come again: "
                    + failed.get(0).message());
        }
    }

    private void keep(List<Message> failed) {
        tally.failed.addAndGet(failed.size());
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (Message message : failed) {
            int received = receiveCount(message);
            if (received >= receiveCountMax) {
                tally.deadLettered.incrementAndGet();
            } else {
                tally.retried.incrementAndGet();
            }
            // a message out of receives moves to the dead-letter queue when it would be received again
            Duration hidden = received >= receiveCountMax ? Duration.ZERO : backoff.before(received);
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(message.receiptHandle())
                    .visibilityTimeout((int) Math.ceil(hidden.toMillis() / 1000.0))
                    .build());
        }
        if (!entries.isEmpty()) {
            sqs.changeMessageVisibilityBatch(
                    change -> change.queueUrl(queue.url()).entries(entries));
        }
    }

    private static int receiveCount(Message message) {
        String count = message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
        return count == null ? 1 : Integer.parseInt(count);
    }

    @Override
    public MappingCounts counts() {
        return tally.counts(0, 0);
    }

    /** A queue is asked for what it holds; here only whether a batch is being worked on. */
    @Override
    public boolean idleSince(long nanoTime) {
        return working.get() == 0;
    }

    @Override
    public void close() {
        stopped = true;
        long end = System.nanoTime() + Duration.ofMillis(STOP_MILLIS_MAX).toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(
                        Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }
    }
}
