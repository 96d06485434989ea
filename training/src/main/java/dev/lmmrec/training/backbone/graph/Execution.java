package dev.lmmrec.training.backbone.graph;

import ai.djl.ndarray.NDManager;

/**
 * How products with the graph are computed.
 *
 * @param path by which code
 * @param threads of the rows path, the caller's own included
 */
public record Execution(Path path, int threads) {

    /** Which code multiplies. */
    public enum Path {
        /** Rows on the CPU, the engine on a GPU. */
        BY_DEVICE,
        /** Plain Java over compressed rows, differentiated by hand. */
        ROWS,
        /** Sparse products of the engine, differentiated by the engine. */
        ENGINE
    }

    private static final int THREADS_MAX = 256;

    /** The path by device, on two threads. */
    public static final Execution DEFAULT = new Execution(Path.BY_DEVICE, 2);

    /**
     * Checks the number of threads.
     *
     * @throws IllegalArgumentException if it is not 1 to 256
     */
    public Execution {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException("threads is " + threads + ", must be 1 to " + THREADS_MAX);
        }
    }

    /** Whether the engine multiplies on this manager's device. */
    boolean byEngine(NDManager manager) {
        return switch (path) {
            case BY_DEVICE -> manager.getDevice().isGpu();
            case ROWS -> false;
            case ENGINE -> true;
        };
    }
}
