package dev.lmmrec.local.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lmmrec.local.description.Mapping;
import dev.lmmrec.local.runtime.LambdaFunction;
import dev.lmmrec.local.runtime.Outcome;
import dev.lmmrec.local.server.Resources.QueueAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Changes of a table for a function, shard by shard from the oldest record on, by one thread. A shard is opened when
 * the one it came from is done, so that the changes of one key stay in order.
 */
public final class StreamSource implements EventSource {

    private static final int FETCH_RECORDS_MAX = 1000;
    private static final int EVENT_BYTES_MAX = 6 * 1024 * 1024 - 64 * 1024;
    private static final Duration POLL_PAUSE = Duration.ofMillis(100);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(500);
    private static final Duration SHARD_CHECK_PAUSE = Duration.ofSeconds(2);
    private static final Duration THROTTLE_MAX = Duration.ofMinutes(5);
    private static final long STOP_MILLIS_MAX = 3_000;

    private final String name;
    private final Mapping.FromStream mapping;
    private final List<FilterPattern> filters;
    private final String streamArn;
    private final QueueAddress onFailure;
    private final DynamoDbStreamsClient streams;
    private final SqsClient sqs;
    private final LambdaFunction function;
    private final Backoff backoff;
    private final Consumer<String> problems;
    private final ObjectMapper json = new ObjectMapper();
    private final Tally tally = new Tally();
    private final Map<String, OpenShard> open = new LinkedHashMap<>();
    private final Set<String> finished = new HashSet<>();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile long pending;
    private volatile Instant oldestPending;
    private volatile long emptySinceNanos = Long.MIN_VALUE;
    private volatile boolean foundEmpty;

    private static final class OpenShard {
        private final String id;
        private final Deque<StreamRecord> fetched = new ArrayDeque<>();
        private String iterator;
        private String lastFetched;
        private long firstFetchedNanos;
        private boolean sawRecords;

        private OpenShard(String id) {
            this.id = id;
        }
    }

    /**
     * Connects a table's stream to a function.
     *
     * @param name the mapping's name
     * @param mapping as described
     * @param streamArn the stream
     * @param onFailure the queue that is told of records given up
     * @param streams the client, owned by the caller
     * @param sqs the client, owned by the caller
     * @param function the function, owned by the caller
     * @param backoff the waits between tries
     * @param problems is told when the server cannot be reached
     * @throws IllegalArgumentException if a filter is not understood
     */
    public StreamSource(
            String name,
            Mapping.FromStream mapping,
            String streamArn,
            QueueAddress onFailure,
            DynamoDbStreamsClient streams,
            SqsClient sqs,
            LambdaFunction function,
            Backoff backoff,
            Consumer<String> problems) {
        this.name = name;
        this.mapping = mapping;
        this.filters = mapping.filters().stream().map(FilterPattern::parse).toList();
        this.streamArn = streamArn;
        this.onFailure = onFailure;
        this.streams = streams;
        this.sqs = sqs;
        this.function = function;
        this.backoff = backoff;
        this.problems = problems;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        long shardsCheckedNanos = 0;
        boolean first = true;
        while (!stopped) {
            try {
                long begin = System.nanoTime();
                if (first || begin - shardsCheckedNanos > SHARD_CHECK_PAUSE.toNanos()) {
                    openShards();
                    shardsCheckedNanos = begin;
                    first = false;
                }
                boolean found = false;
                for (OpenShard shard : List.copyOf(open.values())) {
                    found |= work(shard);
                }
                if (!found) {
                    emptySinceNanos = begin;
                    foundEmpty = true;
                    Thread.sleep(POLL_PAUSE.toMillis());
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | JsonProcessingException e) {
                if (stopped) {
                    return;
                }
                problems.accept(name + ": " + e.getMessage());
                try {
                    Thread.sleep(PAUSE_AFTER_ERROR.toMillis());
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void openShards() {
        List<Shard> shards = new ArrayList<>();
        String last = null;
        do {
            String after = last;
            var described = streams.describeStream(
                            describe -> describe.streamArn(streamArn).exclusiveStartShardId(after))
                    .streamDescription();
            shards.addAll(described.shards());
            last = described.lastEvaluatedShardId();
        } while (last != null);
        Set<String> known = new HashSet<>();
        shards.forEach(shard -> known.add(shard.shardId()));
        finished.retainAll(known);
        for (Shard shard : shards) {
            String parent = shard.parentShardId();
            boolean due = parent == null || finished.contains(parent) || !known.contains(parent);
            if (due && !finished.contains(shard.shardId())) {
                open.computeIfAbsent(shard.shardId(), OpenShard::new);
            }
        }
    }

    /** Fetches from a shard and delivers a batch if one is due; true if there was or still is anything. */
    private boolean work(OpenShard shard) throws InterruptedException, JsonProcessingException {
        boolean atEnd = false;
        if (shard.fetched.size() < mapping.batchSize()) {
            atEnd = !fetch(shard);
        }
        if (shard.fetched.isEmpty()) {
            if (atEnd) {
                open.remove(shard.id);
                finished.add(shard.id);
                openShards();
                return true;
            }
            // after records that were all filtered out there may be more at once
            return shard.sawRecords;
        }
        boolean due = atEnd
                || shard.fetched.size() >= mapping.batchSize()
                || System.nanoTime() - shard.firstFetchedNanos
                        >= Duration.ofSeconds(mapping.windowSeconds()).toNanos();
        if (due) {
            deliver(shard);
        } else {
            Thread.sleep(POLL_PAUSE.toMillis());
        }
        return true;
    }

    /** Fetches the next records; false if the shard is closed and read to its end. */
    private boolean fetch(OpenShard shard) throws JsonProcessingException {
        if (shard.iterator == null) {
            shard.iterator = streams.getShardIterator(get -> {
                        get.streamArn(streamArn).shardId(shard.id);
                        if (shard.lastFetched == null) {
                            get.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
                        } else {
                            get.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                    .sequenceNumber(shard.lastFetched);
                        }
                    })
                    .shardIterator();
        }
        GetRecordsResponse response;
        try {
            response = streams.getRecords(get -> get.shardIterator(shard.iterator)
                    .limit(Math.min(FETCH_RECORDS_MAX, Math.max(1, mapping.batchSize()))));
        } catch (ExpiredIteratorException e) {
            shard.iterator = null;
            return true;
        } catch (TrimmedDataAccessException e) {
            problems.accept(name + ": records of shard " + shard.id + " were trimmed before they were read");
            shard.iterator = null;
            shard.lastFetched = null;
            return true;
        }
        List<StreamRecord> records = new ArrayList<>();
        for (var source : response.records()) {
            records.add(
                    StreamEvent.record(source, streamArn, function.settings().region(), json));
        }
        shard.sawRecords = !records.isEmpty();
        for (StreamRecord record : records) {
            shard.lastFetched = record.sequenceNumber();
            if (passes(record)) {
                if (shard.fetched.isEmpty()) {
                    shard.firstFetchedNanos = System.nanoTime();
                }
                shard.fetched.add(record);
            } else {
                tally.filtered.incrementAndGet();
            }
        }
        shard.iterator = response.nextShardIterator();
        notePending();
        return shard.iterator != null;
    }

    private boolean passes(StreamRecord record) {
        return filters.isEmpty() || filters.stream().anyMatch(filter -> filter.matches(record.event()));
    }

    private void deliver(OpenShard shard) throws InterruptedException {
        List<StreamRecord> batch = new ArrayList<>();
        int bytes = 0;
        for (StreamRecord record : shard.fetched) {
            bytes += record.bytes() + 1;
            if (batch.size() == mapping.batchSize() || (!batch.isEmpty() && bytes > EVENT_BYTES_MAX)) {
                break;
            }
            batch.add(record);
        }
        ShardDelivery.Policy policy = new ShardDelivery.Policy(
                mapping.bisectBatchOnFunctionError(),
                mapping.maximumRetryAttempts(),
                Duration.ofSeconds(mapping.maximumRecordAgeSeconds()),
                backoff);
        new ShardDelivery(
                        policy,
                        new FunctionTarget(shard.id),
                        InstantSource.system(),
                        span -> Thread.sleep(span.toMillis()))
                .deliver(batch);
        batch.forEach(done -> shard.fetched.poll());
        shard.firstFetchedNanos = System.nanoTime();
        notePending();
    }

    private void notePending() {
        long count = 0;
        Instant oldest = null;
        for (OpenShard shard : open.values()) {
            count += shard.fetched.size();
            StreamRecord head = shard.fetched.peek();
            if (head != null && (oldest == null || head.at().isBefore(oldest))) {
                oldest = head.at();
            }
        }
        oldestPending = oldest;
        pending = count;
    }

    private final class FunctionTarget implements ShardDelivery.Target {

        private final String shard;
        private Outcome lastOutcome;

        private FunctionTarget(String shard) {
            this.shard = shard;
        }

        @Override
        public OptionalInt invoke(List<StreamRecord> batch) throws InterruptedException {
            Map<String, Integer> places = new HashMap<>();
            for (StreamRecord record : batch) {
                places.put(record.sequenceNumber(), places.size());
            }
            byte[] event;
            try {
                event = json.writeValueAsBytes(StreamEvent.of(batch, json));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("what was read as JSON cannot be written as JSON", e);
            }
            tally.batches.incrementAndGet();
            tally.delivered.addAndGet(batch.size());
            lastOutcome = function.invoke(event, THROTTLE_MAX);
            if (lastOutcome instanceof Outcome.Failed failed) {
                problems.accept(name + ": " + failed.type() + ": " + failed.message());
            }
            BatchResponse response = BatchResponse.read(
                    lastOutcome, mapping.reportBatchItemFailures(), new LinkedHashSet<>(places.keySet()), json);
            OptionalInt lowest;
            if (response instanceof BatchResponse.PartlyFailed partly) {
                lowest = partly.ids().stream().mapToInt(places::get).min();
            } else if (response instanceof BatchResponse.Failed) {
                lowest = OptionalInt.of(0);
            } else {
                lowest = OptionalInt.empty();
            }
            int done = lowest.orElse(batch.size());
            tally.succeeded.addAndGet(done);
            tally.failed.addAndGet(batch.size() - done);
            return lowest;
        }

        @Override
        public void retrying(List<StreamRecord> batch) {
            tally.retried.addAndGet(batch.size());
        }

        /** Tells the on-failure queue where the records are, in Lambda's words; the records are not in the message. */
        @Override
        public void giveUp(List<StreamRecord> batch, String condition, int invocations) {
            StreamRecord first = batch.get(0);
            StreamRecord last = batch.get(batch.size() - 1);
            ObjectNode message = json.createObjectNode();
            message.putObject("requestContext")
                    .put("requestId", requestId())
                    .put("functionArn", function.settings().arn())
                    .put("condition", condition)
                    .put("approximateInvokeCount", invocations);
            if (lastOutcome instanceof Outcome.Failed failed) {
                message.putObject("responseContext")
                        .put("statusCode", 200)
                        .put("executedVersion", "$LATEST")
                        .put("functionError", failed.reason() == Outcome.Reason.THREW ? "Unhandled" : failed.type());
            } else if (lastOutcome != null) {
                message.putObject("responseContext")
                        .put("statusCode", 200)
                        .put("executedVersion", "$LATEST")
                        .putNull("functionError");
            }
            message.put("version", "1.0");
            message.put(
                    "timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
            message.putObject("DDBStreamBatchInfo")
                    .put("shardId", shard)
                    .put("startSequenceNumber", first.sequenceNumber())
                    .put("endSequenceNumber", last.sequenceNumber())
                    .put("approximateArrivalOfFirstRecord", first.at().toString())
                    .put("approximateArrivalOfLastRecord", last.at().toString())
                    .put("batchSize", batch.size())
                    .put("streamArn", streamArn);
            sqs.sendMessage(send -> send.queueUrl(onFailure.url()).messageBody(message.toString()));
            tally.deadLettered.addAndGet(batch.size());
        }

        private String requestId() {
            if (lastOutcome instanceof Outcome.Failed failed) {
                return failed.requestId();
            }
            return lastOutcome instanceof Outcome.Answered answered
                    ? answered.requestId()
                    : UUID.randomUUID().toString();
        }
    }

    @Override
    public MappingCounts counts() {
        Instant oldest = oldestPending;
        long lag = oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, Instant.now()).toMillis());
        return tally.counts(pending, lag);
    }

    @Override
    public boolean idleSince(long nanoTime) {
        return foundEmpty && pending == 0 && emptySinceNanos - nanoTime > 0;
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
