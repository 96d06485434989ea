package dev.lmmrec.core.backfill;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Holds work to a rate: who takes many at once waits longer before the next. For one thread. */
public final class Pace {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final LongSupplier nanoTime;
    private final Sleep sleep;
    private long free;

    /** Waits. */
    @FunctionalInterface
    public interface Sleep {

        /** On the clock. */
        Sleep REAL = TimeUnit.NANOSECONDS::sleep;

        /**
         * Waits.
         *
         * @param nanos how long
         * @throws InterruptedException if the thread is told to stop
         */
        void nanos(long nanos) throws InterruptedException;
    }

    /**
     * Sets a pace.
     *
     * @param perSecond how many a second at most; 0 for as many as go
     * @param nanoTime a clock without leaps, as {@link System#nanoTime()}
     * @param sleep waits on that clock
     * @throws IllegalArgumentException if the rate is negative or no number
     */
    public Pace(double perSecond, LongSupplier nanoTime, Sleep sleep) {
        if (!(perSecond >= 0)) {
            throw new IllegalArgumentException("the rate is " + perSecond + " a second, must be 0 or more");
        }
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.sleep = sleep;
        this.free = nanoTime.getAsLong();
    }

    /**
     * Waits until so many may be done. What was not used before is not saved up.
     *
     * @param count how many
     * @throws InterruptedException if the thread is told to stop
     */
    public void await(int count) throws InterruptedException {
        if (perSecond == 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (free - now > 0) {
            sleep.nanos(free - now);
            now = nanoTime.getAsLong();
        }
        free = Math.max(free, now) + (long) (count / perSecond * NANOS_PER_SECOND);
    }
}
