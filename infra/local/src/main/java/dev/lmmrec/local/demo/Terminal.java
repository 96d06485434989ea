package dev.lmmrec.local.demo;

import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One line a stage on standard output, and a progress bar on standard error where there is a terminal. */
final class Terminal {

    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintWriter out;
    private final boolean bars;

    Terminal(PrintWriter out) {
        this.out = out;
        this.bars = hasTerminal();
    }

    /** From JDK 22 on there is a console without a terminal too, unless told otherwise. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void stage(String name, String what, long startedNanos) {
        line(String.format(
                Locale.ROOT, "%-10s %s (%.1f s)", name, what, (System.nanoTime() - startedNanos) / NANOS_PER_SECOND));
    }

    /** A bar that is invisible without a terminal; close it before the stage's line. */
    ProgressBar bar(String name, long max) {
        ProgressBarBuilder builder =
                new ProgressBarBuilder().setTaskName(name).setInitialMax(max).setStyle(ProgressBarStyle.ASCII);
        if (!bars) {
            builder.setConsumer(new Silence());
        }
        return builder.build();
    }

    private static final class Silence implements me.tongfei.progressbar.ProgressBarConsumer {

        @Override
        public int getMaxRenderedLength() {
            return 0;
        }

        @Override
        public void accept(String rendered) {
            // no terminal
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
