package dev.lmmrec.training.cli;

import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.Figure;
import dev.lmmrec.training.run.Comparison.Row;
import dev.lmmrec.training.run.Listener;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Prints one line a stage, tables, and a progress bar on standard error where there is a terminal. */
final class Console implements Listener, AutoCloseable {

    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintWriter out;
    private final boolean terminal;
    private ProgressBar bar;
    private String barName = "";

    Console(PrintWriter out) {
        this.out = out;
        this.terminal = hasTerminal();
    }

    /** From JDK 22 on there is a console without a terminal too, unless told otherwise. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    @Override
    public void done(String name, String outcome, long startedNanos) {
        close();
        double seconds = (System.nanoTime() - startedNanos) / NANOS_PER_SECOND;
        // the first word is the stage, what follows says of what
        int end = name.indexOf(' ');
        String stage = end < 0 ? name : name.substring(0, end);
        String what = end < 0 ? outcome : name.substring(end + 1) + ": " + outcome;
        out.printf(Locale.ROOT, "%-10s %s (%.1f s)%n", stage, what, seconds);
        out.flush();
    }

    @Override
    public void progress(String name, int step, int stepsMax) {
        if (!terminal) {
            return;
        }
        if (!name.equals(barName)) {
            close();
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(stepsMax)
                    .setStyle(ProgressBarStyle.ASCII)
                    .build();
            barName = name;
        }
        bar.stepTo(step);
    }

    /** The same with words beside the bar. */
    void progress(String name, int step, int stepsMax, String beside) {
        progress(name, step, stepsMax);
        if (bar != null) {
            bar.setExtraMessage(" " + beside);
        }
    }

    boolean hasBar() {
        return terminal;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
            barName = "";
        }
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void notes(Map<String, String> notes) {
        notes.forEach((about, note) -> line(about + ": " + note));
    }

    /** Of a table's first column. */
    static int width(String title, Stream<String> labels) {
        return Math.max(title.length(), labels.mapToInt(String::length).max().orElse(0));
    }

    void table(List<Row> rows) {
        List<String> names = Stream.of(Figure.RECALL, Figure.NDCG)
                .flatMap(figure -> Evaluation.CUTOFFS.stream().map(figure::at))
                .toList();
        out.println();
        String title = "held-out test items";
        int width = width(title, rows.stream().map(Row::model));
        String head = "| %-" + width + "s |";
        out.printf(Locale.ROOT, head, title);
        names.forEach(name -> out.printf(Locale.ROOT, " %-9s |", name));
        out.println();
        out.print("|" + "-".repeat(width + 2) + "|");
        names.forEach(name -> out.print("-----------|"));
        out.println();
        for (Row row : rows) {
            out.printf(Locale.ROOT, head, row.model());
            names.forEach(name ->
                    out.printf(Locale.ROOT, " %-9.4f |", row.test().byName().get(name)));
            out.println();
        }
        out.println();
        out.flush();
    }
}
