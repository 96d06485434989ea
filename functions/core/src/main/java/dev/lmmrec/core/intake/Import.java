package dev.lmmrec.core.intake;

import dev.lmmrec.core.intake.ReadLine.Rejected;
import dev.lmmrec.core.review.CheckedReview;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Leads the reviews of a file to the queue. Run again after a failure it sends the same reviews under the same ids,
 * which is harmless.
 */
public final class Import {

    /** How many of the first problems an outcome lists. */
    public static final int PROBLEMS_LISTED_MAX = 10;

    private static final int SENT_AT_ONCE_MAX = 100;

    private final ReviewCheck check;
    private final Consumer<List<Review>> queue;

    /**
     * Makes an import.
     *
     * @param check decides what is a review
     * @param queue takes reviews, at most 100 at once, and throws if it cannot; one that does nothing makes a dry run
     */
    public Import(ReviewCheck check, Consumer<List<Review>> queue) {
        this.check = check;
        this.queue = queue;
    }

    /**
     * Imports one file.
     *
     * @param file where it is
     * @param format how it is written
     * @param rejectsFile where refused lines go
     * @param progress is told how far reading is
     * @return what became of the lines
     * @throws java.io.UncheckedIOException if the file cannot be read or the rejects not written
     */
    public Outcome run(Path file, ReviewFormat format, Path rejectsFile, Progress progress) {
        try (Rejects rejects = new Rejects(rejectsFile)) {
            Run run = new Run(rejects);
            Optional<ReviewFormat> read = new ReviewFile(file, format, check).read(run, progress);
            run.flush();
            return new Outcome(
                    read,
                    run.lines,
                    run.accepted,
                    run.noted,
                    run.rejected,
                    run.sent,
                    run.firstNotes,
                    run.firstProblems);
        }
    }

    /**
     * What became of a file.
     *
     * @param format the format the lines were read in; empty if it was to be decided and no line fitted any
     * @param lines lines that were not blank
     * @param accepted reviews that passed the check
     * @param noted those of them that were changed to fit, such as a text that was cut
     * @param rejected lines, or reviews of a line's list, that were refused
     * @param sent reviews the queue took
     * @param firstNotes the first notes, at most {@link #PROBLEMS_LISTED_MAX}
     * @param firstProblems the first refused lines, at most {@link #PROBLEMS_LISTED_MAX}
     */
    public record Outcome(
            Optional<ReviewFormat> format,
            long lines,
            long accepted,
            long noted,
            long rejected,
            long sent,
            List<String> firstNotes,
            List<Rejected> firstProblems) {

        /** Copies the lists. */
        public Outcome {
            firstNotes = List.copyOf(firstNotes);
            firstProblems = List.copyOf(firstProblems);
        }
    }

    /** The counts of one run. */
    private final class Run implements Consumer<ReadLine> {

        private final Rejects rejects;
        private final List<Review> waiting = new ArrayList<>();
        private final List<String> firstNotes = new ArrayList<>();
        private final List<Rejected> firstProblems = new ArrayList<>();
        private long lines;
        private long accepted;
        private long noted;
        private long rejected;
        private long sent;

        Run(Rejects rejects) {
            this.rejects = rejects;
        }

        @Override
        public void accept(ReadLine line) {
            lines++;
            if (line instanceof Rejected refused) {
                reject(refused);
            } else if (line instanceof ReadLine.Reviews reviews) {
                reviews.rejected().forEach(this::reject);
                reviews.accepted().forEach(review -> take(line.line(), review));
            }
        }

        private void reject(Rejected refused) {
            rejected++;
            rejects.write(refused);
            if (firstProblems.size() < PROBLEMS_LISTED_MAX) {
                firstProblems.add(refused);
            }
        }

        private void take(long line, CheckedReview.Accepted review) {
            accepted++;
            if (!review.notes().isEmpty()) {
                noted++;
                if (firstNotes.size() < PROBLEMS_LISTED_MAX) {
                    firstNotes.add("line " + line + ": " + review.notes().get(0));
                }
            }
            waiting.add(review.review());
            if (waiting.size() == SENT_AT_ONCE_MAX) {
                flush();
            }
        }

        void flush() {
            if (!waiting.isEmpty()) {
                queue.accept(List.copyOf(waiting));
                sent += waiting.size();
                waiting.clear();
            }
        }
    }
}
