package dev.lmmrec.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardDeliveryTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofMillis(400));

    private static List<StreamRecord> records(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new StreamRecord(Integer.toString(i), NOW, JsonNodeFactory.instance.objectNode(), 1))
                .toList();
    }

    private static List<String> numbers(List<StreamRecord> records) {
        return records.stream().map(StreamRecord::sequenceNumber).toList();
    }

    /** Answers as told and keeps what happened. */
    private abstract static class Recorder implements ShardDelivery.Target {
        final List<List<String>> batches = new ArrayList<>();
        final List<String> givenUp = new ArrayList<>();
        final List<String> conditions = new ArrayList<>();
        final List<Integer> invocations = new ArrayList<>();
        final List<Duration> pauses = new ArrayList<>();

        abstract OptionalInt answer(List<StreamRecord> batch);

        @Override
        public OptionalInt invoke(List<StreamRecord> batch) {
            batches.add(numbers(batch));
            return answer(batch);
        }

        @Override
        public void giveUp(List<StreamRecord> batch, String condition, int tries) {
            givenUp.addAll(numbers(batch));
            conditions.add(condition);
            invocations.add(tries);
        }

        @Override
        public void retrying(List<StreamRecord> batch) {}

        void deliver(boolean bisect, int retriesMax, List<StreamRecord> records) throws InterruptedException {
            new ShardDelivery(
                            new ShardDelivery.Policy(bisect, retriesMax, Duration.ofHours(1), BACKOFF),
                            this,
                            InstantSource.fixed(NOW),
                            pauses::add)
                    .deliver(records);
        }
    }

    @Test
    void deliver_partialFailure_goesOnFromTheLowestFailed() throws InterruptedException {
        Recorder target = new Recorder() {
            @Override
            OptionalInt answer(List<StreamRecord> batch) {
                return batches.size() == 1 ? OptionalInt.of(2) : OptionalInt.empty();
            }
        };

        target.deliver(true, 3, records(5));

        assertThat(target.batches).containsExactly(List.of("0", "1", "2", "3", "4"), List.of("2", "3", "4"));
        assertThat(target.givenUp).isEmpty();
    }

    @Test
    void deliver_wholeFailureWithBisect_halvesTheBatchAndFindsThePoison() throws InterruptedException {
        Recorder target = new Recorder() {
            @Override
            OptionalInt answer(List<StreamRecord> batch) {
                return numbers(batch).contains("1") ? OptionalInt.of(0) : OptionalInt.empty();
            }
        };

        target.deliver(true, 2, records(4));

        assertThat(target.batches)
                .containsExactly(
                        List.of("0", "1", "2", "3"),
                        List.of("0", "1"),
                        List.of("0"),
                        List.of("1"),
                        List.of("1"),
                        List.of("1"),
                        List.of("2", "3"));
        assertThat(target.givenUp).containsExactly("1");
        assertThat(target.conditions).containsExactly("RetryAttemptsExhausted");
        assertThat(target.invocations).containsExactly(3);
    }

    @Test
    void deliver_wholeFailureWithoutBisect_givesTheWholeBatchUp() throws InterruptedException {
        Recorder target = new Recorder() {
            @Override
            OptionalInt answer(List<StreamRecord> batch) {
                return OptionalInt.of(0);
            }
        };

        target.deliver(false, 2, records(3));

        assertThat(target.batches).hasSize(3).allMatch(batch -> batch.size() == 3);
        assertThat(target.givenUp).containsExactly("0", "1", "2");
    }

    @Test
    void deliver_failures_waitLongerUpToTheLimit() throws InterruptedException {
        Recorder target = new Recorder() {
            @Override
            OptionalInt answer(List<StreamRecord> batch) {
                return OptionalInt.of(0);
            }
        };

        target.deliver(false, 4, records(1));

        assertThat(target.pauses)
                .containsExactly(
                        Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(400));
    }

    @Test
    void deliver_oldRecords_areGivenUpUntried() throws InterruptedException {
        Recorder target = new Recorder() {
            @Override
            OptionalInt answer(List<StreamRecord> batch) {
                return OptionalInt.empty();
            }
        };
        List<StreamRecord> records = new ArrayList<>(records(3));
        records.set(0, new StreamRecord("0", NOW.minus(Duration.ofHours(2)), JsonNodeFactory.instance.objectNode(), 1));

        target.deliver(true, 2, records);

        assertThat(target.batches).containsExactly(List.of("1", "2"));
        assertThat(target.givenUp).containsExactly("0");
        assertThat(target.conditions).containsExactly("RecordAgeExceeded");
    }

    /** A function that fails in every way at random; poison always fails. */
    private static final class Flaky extends Recorder {
        private final Random random;
        private final Set<String> poison = new HashSet<>();
        private final List<String> processed = new ArrayList<>();
        private final double failureRate;

        private Flaky(Random random, int count) {
            this.random = random;
            this.failureRate = random.nextDouble() * 0.6;
            for (int i = 0; i < count; i++) {
                if (random.nextInt(12) == 0) {
                    poison.add(Integer.toString(i));
                }
            }
        }

        @Override
        OptionalInt answer(List<StreamRecord> batch) {
            int wholeFailureAt = random.nextDouble() < failureRate ? random.nextInt(batch.size() + 1) : -1;
            int lowest = -1;
            for (int i = 0; i < batch.size(); i++) {
                if (i == wholeFailureAt) {
                    return OptionalInt.of(0); // it crashed after some were processed: nothing is reported
                }
                String number = batch.get(i).sequenceNumber();
                if (poison.contains(number) || random.nextDouble() < failureRate / 4) {
                    if (lowest < 0) {
                        lowest = i;
                    }
                } else if (lowest < 0) {
                    processed.add(number);
                }
            }
            return lowest < 0 ? OptionalInt.empty() : OptionalInt.of(lowest);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deliver_whateverFails_everyRecordIsProcessedOrGivenUpInOrder(boolean bisect) throws InterruptedException {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            int count = 1 + random.nextInt(60);
            int retriesMax = random.nextInt(5);
            Flaky target = new Flaky(random, count);

            target.deliver(bisect, retriesMax, records(count));

            Set<String> reached = new HashSet<>(target.processed);
            reached.addAll(target.givenUp);
            assertThat(reached).as("seed %d", seed).hasSize(count);
            assertThat(target.processed).as("seed %d", seed).noneMatch(target.poison::contains);
            assertThat(target.givenUp).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(firstSeen(target)).as("seed %d", seed).isSorted();
            assertThat(replaysNeverSkip(target.batches)).as("seed %d", seed).isTrue();
            if (bisect) {
                // no innocent is given up for a neighbour
                assertThat(target.invocations).as("seed %d", seed).hasSameSizeAs(target.givenUp);
            }
        }
    }

    /** The first time each record is handed to the function or given up must follow the shard's order. */
    private static List<Integer> firstSeen(Flaky target) {
        Map<String, Integer> seen = new HashMap<>();
        List<Integer> order = new ArrayList<>();
        for (List<String> batch : target.batches) {
            for (String number : batch) {
                if (seen.putIfAbsent(number, order.size()) == null) {
                    order.add(Integer.parseInt(number));
                }
            }
        }
        return order;
    }

    /** A batch never starts before one that was already settled: the checkpoint only moves on. */
    private static boolean replaysNeverSkip(List<List<String>> batches) {
        int start = 0;
        for (List<String> batch : batches) {
            int first = Integer.parseInt(batch.get(0));
            if (first < start) {
                return false;
            }
            start = first;
        }
        return true;
    }
}
