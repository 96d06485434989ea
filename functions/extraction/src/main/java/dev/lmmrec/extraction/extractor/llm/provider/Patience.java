package dev.lmmrec.extraction.extractor.llm.provider;

import java.time.Duration;

/**
 * How long and how often an endpoint is tried.
 *
 * @param timeout the most one call may take
 * @param retriesMax how often a call is tried again that failed for a reason that may pass
 * @param retryPause the wait before the first of them; it doubles
 * @param circuitCalls of so many calls half must fail for the endpoint to be left alone
 * @param circuitPause how long it is left alone then
 */
public record Patience(Duration timeout, int retriesMax, Duration retryPause, int circuitCalls, Duration circuitPause) {

    private static final Duration RETRY_PAUSE = Duration.ofMillis(400);
    private static final int CIRCUIT_CALLS = 8;
    private static final Duration CIRCUIT_PAUSE = Duration.ofSeconds(30);

    /**
     * The usual patience.
     *
     * @param timeout the most one call may take
     * @param retriesMax how often a call is tried again
     * @return patience with pauses that fit a function
     */
    public static Patience of(Duration timeout, int retriesMax) {
        return new Patience(timeout, retriesMax, RETRY_PAUSE, CIRCUIT_CALLS, CIRCUIT_PAUSE);
    }
}
