package dev.lmmrec.local.mapping;

import java.util.concurrent.atomic.AtomicLong;

/** Counters of one mapping, written by its threads. */
final class Tally {

    final AtomicLong batches = new AtomicLong();
    final AtomicLong delivered = new AtomicLong();
    final AtomicLong succeeded = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong retried = new AtomicLong();
    final AtomicLong deadLettered = new AtomicLong();
    final AtomicLong filtered = new AtomicLong();

    MappingCounts counts(long pending, long lagMillis) {
        return new MappingCounts(
                batches.get(),
                delivered.get(),
                succeeded.get(),
                failed.get(),
                retried.get(),
                deadLettered.get(),
                filtered.get(),
                pending,
                lagMillis);
    }
}
