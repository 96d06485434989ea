package dev.lmmrec.training.run;

/** Is told how a run goes on. */
public interface Listener {

    /**
     * A stage is done.
     *
     * @param name what was done
     * @param outcome its counts
     * @param startedNanos {@link System#nanoTime()} when it began
     */
    void done(String name, String outcome, long startedNanos);

    /**
     * A long stage goes on.
     *
     * @param name what is being done
     * @param step how many steps are done
     * @param stepsMax how many there are at most
     */
    void progress(String name, int step, int stepsMax);

    /** A listener that does not care. */
    Listener SILENT = new Listener() {
        @Override
        public void done(String name, String outcome, long startedNanos) {}

        @Override
        public void progress(String name, int step, int stepsMax) {}
    };
}
