package dev.lmmrec.training.cli;

import dev.lmmrec.core.backfill.Backfill;
import dev.lmmrec.core.backfill.Checkpoint;
import dev.lmmrec.core.backfill.Checkpoint.Counts;
import dev.lmmrec.core.backfill.Checkpoint.Spent;
import dev.lmmrec.core.backfill.Pace;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.queue.ReviewQueue;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.core.spend.SpendDays;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Option;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What {@code import --backfill} adds to {@code import}, and its run. */
final class BackfillOptions {

    private static final String SPEND = "LMMREC_SPEND_TABLE";
    private static final int PERCENT = 100;
    private static final double MILLION = 1e6;

    /** Fewer reviews say too little of what the next will cost. */
    private static final int REVIEWS_MEASURED_MIN = 20;

    private static final long LOOK_NANOS = 10_000_000_000L;

    @Option(
            names = "--backfill",
            description = "For very many reviews: at a limited rate, leaving out what is in the table already, and"
                    + " going on where a run before was stopped.")
    private boolean wanted;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "With --backfill: so many reviews a second at most, 0 for no limit (${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--waiting-max",
            paramLabel = "N",
            defaultValue = "50000",
            description = "With --backfill: wait while so many reviews are in the queue, which keeps them 4 days only"
                    + " (${DEFAULT-VALUE}).")
    private long waitingMax;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "With --backfill: where it is written down how far it is (default: FILE.backfill.json beside"
                    + " FILE).")
    private Path checkpoint;

    @Option(
            names = "--again",
            description = "With --backfill: also send what is in the table word for word, as for another extractor.")
    private boolean again;

    @Option(
            names = "--price-in",
            paramLabel = "AMOUNT",
            defaultValue = "0",
            description = "With --backfill: price of a million tokens read, for the cost to expect until it is"
                    + " measured.")
    private double priceIn;

    @Option(
            names = "--price-out",
            paramLabel = "AMOUNT",
            defaultValue = "0",
            description = "With --backfill: price of a million tokens written.")
    private double priceOut;

    @Option(
            names = "--tokens-in",
            paramLabel = "N",
            defaultValue = "1300",
            description = "With --backfill: tokens read for a review, until they are measured (${DEFAULT-VALUE}).")
    private double tokensIn;

    @Option(
            names = "--tokens-out",
            paramLabel = "N",
            defaultValue = "500",
            description = "With --backfill: tokens written for a review, until they are measured (${DEFAULT-VALUE}).")
    private double tokensOut;

    boolean wanted() {
        return wanted;
    }

    /**
     * Runs the backfill.
     *
     * @param file the reviews
     * @param format how they are written
     * @param rejects where refused lines go
     * @param queue takes reviews
     * @param environment names the tables of motivations and of the day's costs, where there are any
     * @param console is told how far it is
     * @return the last checkpoint
     */
    Checkpoint run(
            Path file,
            ReviewFormat format,
            Path rejects,
            ReviewQueue queue,
            Map<String, String> environment,
            Console console)
            throws InterruptedException {
        Path at = checkpoint != null
                ? checkpoint
                : file.toAbsolutePath().resolveSibling(file.getFileName() + ".backfill.json");
        Clock clock = Clock.systemUTC();
        try (DynamoDbClient dynamoDb = DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            Optional<SpendDays> spend =
                    Optional.ofNullable(environment.get(SPEND)).map(table -> new SpendDays(dynamoDb, table, clock));
            Optional<MotivationStore> motivations = Optional.ofNullable(environment.get(Clients.TABLE))
                    .filter(table -> !again)
                    .map(table -> new MotivationStore(dynamoDb, table));
            Backfill backfill = new Backfill(
                    new ReviewCheck(clock),
                    queue::send,
                    queue::waiting,
                    waitingMax,
                    motivations.map(BackfillOptions::knownIn).orElse(reviews -> Set.of()),
                    new Pace(rate, System::nanoTime, Pace.Sleep.REAL),
                    Pace.Sleep.REAL);
            Telling telling = new Telling(console, spend);
            Checkpoint end = backfill.run(
                    file, format, rejects, at, spend.map(BackfillOptions::now).orElse(null), clock.millis(), telling);
            telling.tell(end, 1, 1, queue.waiting());
            return end;
        }
    }

    private static Function<List<Review>, Set<Review>> knownIn(MotivationStore motivations) {
        return reviews -> {
            Map<String, ReviewMotivations> rows =
                    motivations.findAll(reviews.stream().map(Review::reviewId).toList());
            Set<Review> known = new HashSet<>(reviews);
            known.removeIf(review -> {
                ReviewMotivations row = rows.get(review.reviewId());
                return row == null || !row.contentHash().equals(review.contentHash());
            });
            return known;
        };
    }

    private static Spent now(SpendDays spend) {
        LocalDate today = spend.today();
        return spend.since(today).stream()
                .findFirst()
                .map(day -> new Spent(today.toString(), day.reviews(), day.cost()))
                .orElse(new Spent(today.toString(), 0, 0));
    }

    /** Tells how far it is, what it cost and what it will. */
    private final class Telling implements Backfill.Watch {

        private final Console console;
        private final Optional<SpendDays> spend;
        private Spent sofar;
        private long lookedNanos;
        private int tenth;

        Telling(Console console, Optional<SpendDays> spend) {
            this.console = console;
            this.spend = spend;
        }

        @Override
        public void at(Checkpoint checkpoint, long readBytes, long sizeBytes, long waiting) {
            if (sofar == null || System.nanoTime() - lookedNanos > LOOK_NANOS) {
                lookedNanos = System.nanoTime();
                sofar = sofar(checkpoint);
            }
            double share = (double) readBytes / Math.max(1, sizeBytes);
            String words = words(checkpoint.counts(), share, waiting);
            console.progress("backfill", (int) (PERCENT * share), PERCENT, words);
            if (!console.hasBar() && (int) (10 * share) > tenth) {
                tenth = (int) (10 * share);
                console.line(10 * tenth + " % " + words);
            }
        }

        void tell(Checkpoint end, long readBytes, long sizeBytes, long waiting) {
            sofar = sofar(end);
            console.line("backfill   " + words(end.counts(), (double) readBytes / sizeBytes, waiting));
        }

        private String words(Counts counts, double share, long waiting) {
            double reviews = share > 0 ? counts.sent() / share : 0;
            double each = sofar.reviews() >= REVIEWS_MEASURED_MIN
                    ? sofar.cost() / sofar.reviews()
                    : (tokensIn * priceIn + tokensOut * priceOut) / MILLION;
            String cost = each == 0 && sofar.cost() == 0
                    ? "no cost per review known"
                    : String.format(
                            Locale.ROOT,
                            "cost so far %.2f, to expect %.2f (%s)",
                            sofar.cost(),
                            each * reviews,
                            sofar.reviews() >= REVIEWS_MEASURED_MIN
                                    ? "measured on " + sofar.reviews() + " reviews"
                                    : "by the given prices");
            return counts.sent() + " sent, " + counts.known() + " known, " + counts.repeated() + " repeated, "
                    + counts.rejected() + " refused, " + waiting + " waiting; " + cost;
        }

        /** Of all extraction since the backfill began: whatever else comes in meanwhile is in it. */
        private Spent sofar(Checkpoint checkpoint) {
            Spent from = checkpoint.spent();
            if (spend.isEmpty() || from == null) {
                return new Spent("", 0, 0);
            }
            long reviews = -from.reviews();
            double cost = -from.cost();
            for (SpendDays.Day day : spend.get().since(LocalDate.parse(from.day()))) {
                reviews += day.reviews();
                cost += day.cost();
            }
            return new Spent(from.day(), reviews, Math.max(0, cost));
        }
    }
}
