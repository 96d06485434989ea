package dev.lmmrec.bench.search;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How fast this machine reads memory, and so how long a search that reads everything takes at the very least. */
final class MemoryFloor {

    private static final int TRIES = 15;
    private static final int LONG_BYTES = 8;

    private MemoryFloor() {}

    /**
     * Reads so many bytes again and again, by the JDK's comparison of arrays, which is written for whole registers.
     *
     * @param bytes how many
     * @param threads how many read at the same time, each its share
     * @return the fewest nanoseconds that one reading took
     */
    static long nanos(long bytes, int threads) {
        int numbers = (int) Math.max(1, bytes / LONG_BYTES / 2 / threads);
        long[][] some = new long[threads][numbers];
        long[][] others = new long[threads][numbers];
        long best = Long.MAX_VALUE;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            long start = System.nanoTime();
            long differing = IntStream.range(0, threads)
                    .parallel()
                    .filter(thread -> Arrays.mismatch(some[thread], others[thread]) >= 0)
                    .count();
            best = Math.min(best, System.nanoTime() - start + differing);
        }
        return best;
    }
}
