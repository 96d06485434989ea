package dev.lmmrec.training.job;

/**
 * SIGTERM. While this is open the process ends with {@link ExitCode#INTERRUPTED} after the answer, however the rest of
 * the program is getting on.
 */
final class Interruption {

    private final Thread hook;

    /**
     * Listens from now on.
     *
     * @param answer what there is to do; must end by itself in time
     */
    Interruption(Runnable answer) {
        this.hook = new Thread(
                () -> {
                    try {
                        answer.run();
                    } finally {
                        // the engine's own hooks would take native memory from under the training that still runs
                        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
                    }
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Listens no longer; while an answer is being given, waits for the end of the process. */
    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already, and the hook decides how
            while (true) {
                try {
                    hook.join();
                } catch (InterruptedException again) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
