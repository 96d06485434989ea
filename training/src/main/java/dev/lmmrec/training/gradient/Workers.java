package dev.lmmrec.training.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that share the rows of a matrix. Each row is computed by one thread alone, so results do not depend on how
 * many there are. Idle threads end by themselves.
 */
public final class Workers {

    private static final long IDLE_SECONDS = 5;

    private final int threads;
    private final ThreadPoolExecutor others;

    /**
     * Sets the number of threads; they start with the first task.
     *
     * @param threads from 1, the caller's own included
     */
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("rows need at least 1 thread, got " + threads);
        }
        this.threads = threads;
        int helpers = Math.max(1, threads - 1);
        others = new ThreadPoolExecutor(
                helpers, helpers, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "rows");
                    thread.setDaemon(true);
                    return thread;
                });
        others.allowCoreThreadTimeOut(true);
    }

    /** What is done with a range of rows. */
    @FunctionalInterface
    public interface Range {

        /**
         * Computes rows.
         *
         * @param from the first row
         * @param to the row after the last
         */
        void rows(int from, int to);
    }

    /**
     * How many threads there are.
     *
     * @return the caller's own included
     */
    public int threads() {
        return threads;
    }

    /**
     * Computes all rows and waits.
     *
     * @param bounds where each range begins, and where the last ends
     * @param range computes a range; must write nothing that another range touches
     */
    public void run(int[] bounds, Range range) {
        List<Future<?>> running = new ArrayList<>();
        if (threads > 1) {
            for (int i = 1; i < bounds.length - 1; i++) {
                int from = bounds[i];
                int to = bounds[i + 1];
                running.add(others.submit(() -> range.rows(from, to)));
            }
            range.rows(bounds[0], bounds[1]);
            running.forEach(Workers::await);
        } else {
            range.rows(bounds[0], bounds[bounds.length - 1]);
        }
    }

    /**
     * Computes all rows, the same number of them in each range.
     *
     * @param rows how many
     * @param range computes a range
     */
    public void run(int rows, Range range) {
        int[] bounds = new int[threads + 1];
        for (int i = 0; i <= threads; i++) {
            bounds[i] = (int) ((long) rows * i / threads);
        }
        run(bounds, range);
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("rows could not be computed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows were computed", e);
        }
    }
}
