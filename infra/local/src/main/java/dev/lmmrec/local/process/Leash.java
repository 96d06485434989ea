package dev.lmmrec.local.process;

import java.io.IOException;

/**
 * A Java agent that ends its process when its standard input ends. The starting process holds the other end of that
 * pipe, and the operating system closes it even when the starting process is killed, so that no child outlives it.
 * Loaded from a jar that holds nothing else: the program beside it sees its own class path only.
 */
public final class Leash {

    private static final int STATUS_PARENT_GONE = 143;

    private Leash() {}

    /**
     * Called by the JVM before the program's main method.
     *
     * @param options none
     */
    public static void premain(String options) {
        Thread watch = new Thread(Leash::waitForEnd, "leash");
        watch.setDaemon(true);
        watch.start();
    }

    private static void waitForEnd() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever sent
            }
        } catch (IOException e) {
            // the pipe is broken: the same as its end
        }
        Runtime.getRuntime().halt(STATUS_PARENT_GONE);
    }
}
