package dev.lmmrec.extraction.extractor.ladder;

import java.time.Duration;
import java.util.function.LongSupplier;

/** What one review may still cost, shared by all rungs that are asked for it. For one thread. */
public final class Allowance {

    private final LongSupplier nanoTime;
    private final long endNanos;
    private int tokensLeft;

    /**
     * Makes an allowance that begins now.
     *
     * @param tokens the most that all answers to this review may take together
     * @param time the most that all rungs may take together
     * @param nanoTime a clock without leaps, as {@link System#nanoTime()}
     */
    public Allowance(int tokens, Duration time, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.endNanos = nanoTime.getAsLong() + time.toNanos();
        this.tokensLeft = tokens;
    }

    /**
     * Whether something that may take so long would end in time.
     *
     * @param longest the most it takes
     * @return false if it must not be begun
     */
    public boolean hasTime(Duration longest) {
        return endNanos - nanoTime.getAsLong() >= longest.toNanos();
    }

    /**
     * Whether something that may take so many tokens is within the allowance.
     *
     * @param most the most it takes
     * @return false if it must not be begun
     */
    public boolean hasTokens(int most) {
        return tokensLeft >= most;
    }

    /**
     * Takes tokens off.
     *
     * @param tokens what was used
     */
    public void use(int tokens) {
        tokensLeft -= tokens;
    }
}
