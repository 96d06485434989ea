package dev.lmmrec.local.mapping;

/** A running event source mapping. */
public interface EventSource extends AutoCloseable {

    /** Begins to read. */
    void start();

    /**
     * What it has done.
     *
     * @return the counts now
     */
    MappingCounts counts();

    /**
     * Whether it has looked for work since a moment and found none, and has none.
     *
     * @param nanoTime the moment, by {@link System#nanoTime()}
     * @return true if there was nothing to do after that moment
     */
    boolean idleSince(long nanoTime);

    /** Ends reading; what is not settled stays with its source. */
    @Override
    void close();
}
