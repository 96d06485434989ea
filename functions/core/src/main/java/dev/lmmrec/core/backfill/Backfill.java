package dev.lmmrec.core.backfill;

import dev.lmmrec.core.backfill.Checkpoint.Counts;
import dev.lmmrec.core.backfill.Checkpoint.Spent;
import dev.lmmrec.core.intake.ReadLine;
import dev.lmmrec.core.intake.ReadLine.Rejected;
import dev.lmmrec.core.intake.Rejects;
import dev.lmmrec.core.intake.ReviewFile;
import dev.lmmrec.core.intake.ReviewFile.Position;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.review.CheckedReview;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Leads a large file of reviews to the queue. After each group of reviews that the queue took it writes down how far it
 * is; a run that was stopped goes on there, and sends at most one group twice, which its ids make harmless. It holds
 * one group and the fingerprints of the reviews sent last, whatever the size of the file.
 */
public final class Backfill {

    /** From how many reviews on a group is sent. */
    public static final int GROUP_REVIEWS = 100;

    /** How many reviews are remembered to see when one is repeated: some 50 MB. */
    static final int REMEMBERED_MAX = 400_000;

    private static final Duration LOOK_PAUSE = Duration.ofSeconds(5);
    private static final int GROUPS_PER_LOOK = 10;

    private final ReviewCheck check;
    private final Consumer<List<Review>> queue;
    private final LongSupplier waiting;
    private final long waitingMax;
    private final Function<List<Review>, Set<Review>> known;
    private final Pace pace;
    private final Pace.Sleep sleep;

    /**
     * Makes a backfill.
     *
     * @param check decides what is a review
     * @param queue takes reviews, and throws if it cannot
     * @param waiting tells how many reviews are in the queue
     * @param waitingMax from how many on it waits: what lies in a queue longer than the queue keeps it is lost
     * @param known tells which of some reviews need not be sent
     * @param pace how fast reviews are sent
     * @param sleep waits
     */
    public Backfill(
            ReviewCheck check,
            Consumer<List<Review>> queue,
            LongSupplier waiting,
            long waitingMax,
            Function<List<Review>, Set<Review>> known,
            Pace pace,
            Pace.Sleep sleep) {
        this.check = check;
        this.queue = queue;
        this.waiting = waiting;
        this.waitingMax = waitingMax;
        this.known = known;
        this.pace = pace;
        this.sleep = sleep;
    }

    /** Is told how far a backfill is. */
    @FunctionalInterface
    public interface Watch {

        /**
         * A group was sent, or it waits for the queue.
         *
         * @param checkpoint how far it is
         * @param readBytes bytes of the file read so far, of a gzip file its packed bytes
         * @param sizeBytes the file's size
         * @param waitingReviews reviews in the queue when it was looked at last
         */
        void at(Checkpoint checkpoint, long readBytes, long sizeBytes, long waitingReviews);
    }

    /**
     * Sends the reviews of a file, from where the checkpoint says.
     *
     * @param file the reviews
     * @param format how they are written
     * @param rejectsFile where refused lines go; those of a run before stay
     * @param checkpointFile where it is written down how far it is
     * @param spent what extraction has spent so far
     * @param startedAt now, epoch milliseconds
     * @param watch is told how far it is
     * @return the last checkpoint
     * @throws IllegalStateException if the checkpoint is about another file
     * @throws java.io.UncheckedIOException if a file cannot be read or written
     * @throws InterruptedException if the thread is told to stop; the next run goes on
     */
    public Checkpoint run(
            Path file,
            ReviewFormat format,
            Path rejectsFile,
            Path checkpointFile,
            Spent spent,
            long startedAt,
            Watch watch)
            throws InterruptedException {
        String input = Checkpoint.fingerprint(file);
        Optional<Checkpoint> before = Checkpoint.read(checkpointFile);
        if (before.isPresent() && !before.get().input().equals(input)) {
            throw new IllegalStateException(checkpointFile + " is about another file than " + file
                    + " is now: its size or its beginning differ; delete it to begin anew");
        }
        if (before.filter(Checkpoint::done).isPresent()) {
            return before.get();
        }
        Checkpoint start = before.orElseGet(
                () -> new Checkpoint(input, format.toString(), 0, 0, Counts.NONE, spent, startedAt, false));
        try (Rejects rejects = new Rejects(rejectsFile, before.isPresent())) {
            Run run = new Run(start, new ReviewFile(file, ReviewFormat.named(start.format()), check), rejects);
            return run.run(checkpointFile, watch);
        } catch (Stopped e) {
            throw (InterruptedException) e.getCause();
        }
    }

    /** Carries an interruption out of the reading of a file. */
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped(InterruptedException cause) {
            super(cause);
        }
    }

    /**
     * What a run knows of an id.
     *
     * @param content of the review that the file had last under it, in 64 bits of its hash; with the id's 32 bits two
     *     reviews share it about once in 10^28 pairs
     * @param sent whether a review went to the queue under it
     */
    private record Seen(long content, boolean sent) {

        static Seen of(Review review, boolean sent) {
            return new Seen(Long.parseUnsignedLong(review.contentHash().substring(0, 16), 16), sent);
        }
    }

    /** One run. */
    private final class Run {

        private final Checkpoint start;
        private final ReviewFile file;
        private final Rejects rejects;
        private final List<Review> group = new ArrayList<>();
        private final Map<Integer, Seen> remembered = new LinkedHashMap<>(1 << 10, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Seen> eldest) {
                return size() > REMEMBERED_MAX;
            }
        };
        private long lines;
        private long accepted;
        private long noted;
        private long rejected;
        private long repeated;
        private long knownReviews;
        private long sent;
        private long readBytes;
        private long sizeBytes;
        private long waitingReviews;
        private int groups;

        Run(Checkpoint start, ReviewFile file, Rejects rejects) {
            this.start = start;
            this.file = file;
            this.rejects = rejects;
            Counts counts = start.counts();
            lines = counts.lines();
            accepted = counts.accepted();
            noted = counts.noted();
            rejected = counts.rejected();
            repeated = counts.repeated();
            knownReviews = counts.known();
            sent = counts.sent();
        }

        Checkpoint run(Path checkpointFile, Watch watch) {
            file.read(
                    new Position(start.offset(), start.line()),
                    line -> {
                        take(line);
                        if (group.size() >= GROUP_REVIEWS) {
                            send(checkpointFile, watch);
                        }
                    },
                    (bytes, bytesMax) -> {
                        readBytes = bytes;
                        sizeBytes = bytesMax;
                    });
            flush(watch);
            Checkpoint last = at(file.reached(), true);
            last.write(checkpointFile);
            watch.at(last, readBytes, sizeBytes, waitingReviews);
            return last;
        }

        private void take(ReadLine line) {
            lines++;
            if (line instanceof Rejected refused) {
                reject(refused);
            } else if (line instanceof ReadLine.Reviews reviews) {
                reviews.rejected().forEach(this::reject);
                reviews.accepted().forEach(this::take);
            }
        }

        private void reject(Rejected refused) {
            rejected++;
            rejects.write(refused);
        }

        private void take(CheckedReview.Accepted review) {
            accepted++;
            noted += review.notes().isEmpty() ? 0 : 1;
            Seen before = seen(review.review());
            Seen now = Seen.of(review.review(), anEarlierOneWent(review.review()));
            remembered.put(review.review().reviewId().hashCode(), now);
            // only what the id had last: a review that takes back a revision counts as much as that did
            if (now.equals(before)) {
                repeated++;
            } else {
                group.add(review.review());
            }
        }

        private Seen seen(Review review) {
            return remembered.get(review.reviewId().hashCode());
        }

        private void send(Path checkpointFile, Watch watch) {
            flush(watch);
            Checkpoint reached = at(file.reached(), false);
            reached.write(checkpointFile);
            watch.at(reached, readBytes, sizeBytes, waitingReviews);
        }

        private void flush(Watch watch) {
            Set<Review> there = group.isEmpty() ? Set.of() : known.apply(List.copyOf(group));
            List<Review> left = new ArrayList<>();
            for (Review review : group) {
                if (there.contains(review) && !anEarlierOneWent(review)) {
                    knownReviews++;
                } else {
                    left.add(review);
                    remembered.put(review.reviewId().hashCode(), Seen.of(review, true));
                }
            }
            group.clear();
            if (!left.isEmpty()) {
                try {
                    awaitRoom(watch);
                    pace.await(left.size());
                } catch (InterruptedException e) {
                    throw new Stopped(e);
                }
                queue.accept(List.copyOf(left));
                sent += left.size();
            }
            // before the checkpoint: a refused line may be written twice, but none is lost
            rejects.flush();
        }

        /** Whether this run sent something under the id: that is about to replace what the table holds of it. */
        private boolean anEarlierOneWent(Review review) {
            Seen seen = seen(review);
            return seen != null && seen.sent();
        }

        private void awaitRoom(Watch watch) throws InterruptedException {
            if (groups++ % GROUPS_PER_LOOK == 0) {
                waitingReviews = waiting.getAsLong();
                while (waitingReviews >= waitingMax) {
                    watch.at(at(file.reached(), false), readBytes, sizeBytes, waitingReviews);
                    sleep.nanos(LOOK_PAUSE.toNanos());
                    waitingReviews = waiting.getAsLong();
                }
            }
        }

        private Checkpoint at(Position position, boolean done) {
            return new Checkpoint(
                    start.input(),
                    // as decided, not as asked for: a run that goes on must not decide by another line
                    file.format().map(ReviewFormat::toString).orElse(start.format()),
                    position.offset(),
                    position.lines(),
                    new Counts(lines, accepted, noted, rejected, repeated, knownReviews, sent),
                    start.spent(),
                    start.startedAt(),
                    done);
        }
    }
}
