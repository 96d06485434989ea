package dev.lmmrec.local;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C or SIGTERM, waited for; the process ends only after this is closed, so that what is open can be closed first.
 */
public final class EndSignal implements AutoCloseable {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private EndSignal() {}

    /**
     * Listens from now on.
     *
     * @return the signal
     */
    public static EndSignal listen() {
        EndSignal signal = new EndSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::holdBack, "end"));
        return signal;
    }

    private void holdBack() {
        asked.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until the process is asked to end.
     *
     * @throws InterruptedException if the caller is interrupted
     */
    public void await() throws InterruptedException {
        asked.await();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
