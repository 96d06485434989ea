package dev.lmmrec.local.mapping;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * Delivers the records of one shard in their order, each until it is done or given up. A failed record holds up those
 * behind it and no others.
 *
 * <p>After a partial failure, delivery goes on from the lowest failed record, as on Lambda. A batch that fails at its
 * first record (or as a whole) is halved if the mapping bisects, and counts as tried when it is down to one record;
 * otherwise it is tried again as it is, up to the limit. The halves of a batch go one after the other, so that order
 * holds.
 */
final class ShardDelivery {

    private final Policy policy;
    private final Target target;
    private final InstantSource clock;
    private final Pause pause;

    /**
     * How long to go on.
     *
     * @param bisect whether a failed batch is halved
     * @param retryAttemptsMax how often a batch is tried again
     * @param recordAgeMax how old a record may be to be tried
     * @param backoff the waits between tries
     */
    public record Policy(boolean bisect, int retryAttemptsMax, Duration recordAgeMax, Backoff backoff) {}

    /** Where batches go. */
    public interface Target {

        /**
         * Invokes the function.
         *
         * @param batch records in order, never empty
         * @return the index of the lowest failed record, or empty if all are done
         * @throws InterruptedException if delivery is to end
         */
        OptionalInt invoke(List<StreamRecord> batch) throws InterruptedException;

        /**
         * Gives records up.
         *
         * @param batch the records, never empty
         * @param condition {@code RetryAttemptsExhausted} or {@code RecordAgeExceeded}
         * @param invocations how often they were tried
         */
        void giveUp(List<StreamRecord> batch, String condition, int invocations);

        /**
         * Notes that records will be tried again.
         *
         * @param batch the records, never empty
         */
        void retrying(List<StreamRecord> batch);
    }

    /** Waits between tries. */
    public interface Pause {

        /**
         * Waits.
         *
         * @param span how long
         * @throws InterruptedException if delivery is to end
         */
        void sleep(Duration span) throws InterruptedException;
    }

    private record Attempt(List<StreamRecord> batch, int tries) {}

    /**
     * Prepares delivery.
     *
     * @param policy how long to go on
     * @param target where batches go
     * @param clock tells the age of records
     * @param pause waits
     */
    public ShardDelivery(Policy policy, Target target, InstantSource clock, Pause pause) {
        this.policy = policy;
        this.target = target;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Delivers a batch until each of its records is done or given up.
     *
     * @param records in the shard's order
     * @throws InterruptedException if delivery is to end; nothing is known of the records then
     */
    public void deliver(List<StreamRecord> records) throws InterruptedException {
        Deque<Attempt> ahead = new ArrayDeque<>();
        ahead.push(new Attempt(records, 0));
        int failuresInRow = 0;
        while (!ahead.isEmpty()) {
            Attempt attempt = withoutOld(ahead.pop());
            List<StreamRecord> batch = attempt.batch();
            if (batch.isEmpty()) {
                continue;
            }
            OptionalInt failedAt = target.invoke(batch);
            if (failedAt.isEmpty()) {
                failuresInRow = 0;
                continue;
            }
            int lowest = failedAt.getAsInt();
            List<StreamRecord> rest = batch.subList(lowest, batch.size());
            // what was reached behind some success is a batch of its own, not tried before as such
            int tries = lowest == 0 ? attempt.tries() + 1 : 1;
            if (lowest == 0 && policy.bisect() && rest.size() > 1) {
                int half = rest.size() / 2;
                ahead.push(new Attempt(rest.subList(half, rest.size()), 0));
                ahead.push(new Attempt(rest.subList(0, half), 0));
            } else if (tries > policy.retryAttemptsMax()) {
                if (lowest > 0 && rest.size() > 1) {
                    // only without retries: the failed record alone is known to have failed
                    ahead.push(new Attempt(rest.subList(1, rest.size()), 0));
                    rest = rest.subList(0, 1);
                }
                target.giveUp(rest, "RetryAttemptsExhausted", tries);
                failuresInRow = 0;
                continue;
            } else {
                ahead.push(new Attempt(rest, tries));
            }
            target.retrying(rest);
            failuresInRow++;
            pause.sleep(policy.backoff().before(failuresInRow));
        }
    }

    /** Old records are a prefix, for the shard is ordered by time. */
    private Attempt withoutOld(Attempt attempt) {
        Instant oldest = clock.instant().minus(policy.recordAgeMax());
        List<StreamRecord> batch = attempt.batch();
        int old = 0;
        while (old < batch.size() && batch.get(old).at().isBefore(oldest)) {
            old++;
        }
        if (old > 0) {
            target.giveUp(batch.subList(0, old), "RecordAgeExceeded", attempt.tries());
        }
        return new Attempt(batch.subList(old, batch.size()), attempt.tries());
    }
}
