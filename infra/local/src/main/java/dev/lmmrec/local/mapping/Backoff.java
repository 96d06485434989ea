package dev.lmmrec.local.mapping;

import java.time.Duration;

/**
 * How long to wait before trying again: doubling, up to a limit.
 *
 * @param first the wait before the first retry
 * @param max the longest wait
 */
public record Backoff(Duration first, Duration max) {

    private static final int DOUBLINGS_MAX = 30;

    /**
     * The wait before a retry.
     *
     * @param retry 1 for the first
     * @return the wait
     */
    public Duration before(int retry) {
        Duration wait = first.multipliedBy(1L << Math.min(DOUBLINGS_MAX, Math.max(0, retry - 1)));
        return wait.compareTo(max) > 0 ? max : wait;
    }
}
