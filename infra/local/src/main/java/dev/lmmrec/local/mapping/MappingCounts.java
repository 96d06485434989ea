package dev.lmmrec.local.mapping;

/**
 * What an event source mapping has done since the deployment started.
 *
 * @param batches invocations
 * @param delivered records handed to the function, repeats included
 * @param succeeded records the function has done
 * @param failed records that failed in an invocation, repeats included; of a stream batch only the lowest is known to
 *     have failed, yet all from it on count
 * @param retried failed records that are to be tried again, repeats included
 * @param deadLettered records given up: left to the queue's dead-letter queue, or told to the on-failure queue
 * @param filtered stream records that matched no filter
 * @param pending stream records fetched and not yet done
 * @param lagMillis age of the oldest pending stream record, 0 without one
 */
public record MappingCounts(
        long batches,
        long delivered,
        long succeeded,
        long failed,
        long retried,
        long deadLettered,
        long filtered,
        long pending,
        long lagMillis) {}
