package dev.lmmrec.extraction;

import dev.lmmrec.core.forget.Forgotten.Arrival;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.event.MessageReader;
import dev.lmmrec.extraction.event.QueueBatch.QueueMessage;
import dev.lmmrec.extraction.event.ReadMessage;
import dev.lmmrec.extraction.event.ReadMessage.RejectedMessage;
import dev.lmmrec.extraction.event.ReadMessage.ReviewMessage;
import dev.lmmrec.extraction.extractor.ExtractionOutcome;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.Extracted;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.ExtractedBelow;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.NoAnswer;
import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.grounding.Grounded;
import dev.lmmrec.extraction.grounding.Grounding;
import dev.lmmrec.extraction.metric.BatchFigures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Extracts the reviews of a batch, each on its own: a message that fails takes none of the others with it.
 *
 * <p>Delivering a message again, in any order and beside others of its review, ends in the same row: what is stored
 * with the same content by the wanted extractor is left alone, and of several revisions the latest stays.
 */
public final class BatchExtraction {

    private static final Logger LOG = Logger.getLogger(BatchExtraction.class);

    private final MessageReader reader;
    private final Extractor extractor;
    private final Grounding grounding;
    private final MotivationStore store;
    private final Function<Collection<Arrival>, Set<Arrival>> forgotten;
    private final Consumer<BatchFigures> metrics;
    private final Executor executor;

    /**
     * Makes the work.
     *
     * @param reader reads messages
     * @param extractor proposes motivations
     * @param grounding keeps those with evidence
     * @param store keeps the rows
     * @param forgotten tells which reviews must not be kept, see {@link dev.lmmrec.core.forget.Forgotten#among}
     * @param metrics is told what each batch came to
     * @param executor runs the extractions of a batch, which do not depend on each other
     */
    public BatchExtraction(
            MessageReader reader,
            Extractor extractor,
            Grounding grounding,
            MotivationStore store,
            Function<Collection<Arrival>, Set<Arrival>> forgotten,
            Consumer<BatchFigures> metrics,
            Executor executor) {
        this.reader = reader;
        this.extractor = extractor;
        this.grounding = grounding;
        this.store = store;
        this.forgotten = forgotten;
        this.metrics = metrics;
        this.executor = executor;
    }

    /**
     * Handles each message.
     *
     * @param messages a batch
     * @return the ids of those that failed, in the order of delivery
     * @throws SdkException if a table cannot be read at all; then the whole batch is to come again
     */
    public List<String> failuresOf(List<QueueMessage> messages) {
        Tally tally = new Tally();
        List<String> failures = new ArrayList<>();
        List<ReviewMessage> accepted = new ArrayList<>();
        for (QueueMessage message : messages) {
            ReadMessage read = reader.read(message);
            if (read instanceof ReviewMessage review) {
                accepted.add(review);
            } else if (read instanceof RejectedMessage rejected) {
                warn(rejected.messageId(), rejected.reason());
                tally.count(Outcome.FAILED);
                failures.add(rejected.messageId());
            }
        }
        Map<String, List<ReviewMessage>> byReview = unforgotten(accepted, tally);
        Stored stored = read(byReview.keySet().stream().toList());
        Map<List<ReviewMessage>, CompletableFuture<Outcome>> outcomes = new LinkedHashMap<>();
        for (List<ReviewMessage> revisions : byReview.values()) {
            ReviewMessage latest = latestOf(revisions);
            outcomes.put(revisions, CompletableFuture.supplyAsync(() -> outcomeOf(latest, stored, tally), executor));
        }
        for (List<ReviewMessage> revisions : byReview.values()) {
            Outcome outcome = outcomes.get(revisions).join();
            tally.count(outcome);
            tally.count(outcome == Outcome.FAILED ? Outcome.FAILED : Outcome.STALE, revisions.size() - 1);
            if (outcome == Outcome.FAILED) {
                // the earlier ones are not known to be of no use before the latest is stored
                revisions.forEach(revision -> failures.add(revision.messageId()));
            }
        }
        takeBackForgotten(byReview.values());
        LOG.infof("batch of %d: %s", messages.size(), tally);
        metrics.accept(tally.figures);
        return failures;
    }

    /** What was forgotten while it waited is seen by nobody any more, no model and no table. */
    private Map<String, List<ReviewMessage>> unforgotten(List<ReviewMessage> accepted, Tally tally) {
        Set<Arrival> gone = forgottenAmong(accepted);
        Map<String, List<ReviewMessage>> byReview = new LinkedHashMap<>();
        for (ReviewMessage message : accepted) {
            if (gone.contains(arrival(message))) {
                tally.count(Outcome.FORGOTTEN);
            } else {
                byReview.computeIfAbsent(message.review().reviewId(), id -> new ArrayList<>())
                        .add(message);
            }
        }
        return byReview;
    }

    /** What was forgotten while it was worked on goes again: whoever forgets looks for rows until none appear. */
    private void takeBackForgotten(Collection<List<ReviewMessage>> worked) {
        List<ReviewMessage> latest =
                worked.stream().map(BatchExtraction::latestOf).toList();
        for (Arrival gone : forgottenAmong(latest)) {
            store.deleteRevision(gone.review().reviewId(), gone.sentAt());
        }
    }

    private Set<Arrival> forgottenAmong(List<ReviewMessage> messages) {
        return messages.isEmpty()
                ? Set.of()
                : forgotten.apply(
                        messages.stream().map(BatchExtraction::arrival).toList());
    }

    private static Arrival arrival(ReviewMessage message) {
        return new Arrival(message.review(), message.receivedAt());
    }

    private static ReviewMessage latestOf(List<ReviewMessage> revisions) {
        ReviewMessage latest = revisions.get(0);
        for (ReviewMessage revision : revisions) {
            latest = revision.receivedAt() >= latest.receivedAt() ? revision : latest;
        }
        return latest;
    }

    private Outcome outcomeOf(ReviewMessage message, Stored stored, Tally tally) {
        try {
            message.notes().forEach(note -> LOG.infof("message %s: %s", message.messageId(), note));
            Optional<ReviewMotivations> before = stored.find(message.review().reviewId());
            Optional<Outcome> settled = before.flatMap(row -> settledBy(row, message));
            return settled.isPresent() ? settled.get() : extracted(message, before.isEmpty(), tally);
        } catch (RuntimeException e) {
            warn(message.messageId(), reasonOf(e));
            LOG.debugf(e, "message %s failed", message.messageId());
            return Outcome.FAILED;
        }
    }

    private Optional<Outcome> settledBy(ReviewMotivations row, ReviewMessage message) {
        if (row.contentHash().equals(message.review().contentHash())
                && row.extractorId().equals(extractor.id().value())) {
            if (message.receivedAt() > row.receivedAt()) {
                // sent again after a change was taken back: a late message with the change must not win
                store.put(row.receivedAgainAt(message.receivedAt()));
            }
            return Optional.of(Outcome.KNOWN);
        }
        return row.receivedAt() > message.receivedAt() ? Optional.of(Outcome.STALE) : Optional.empty();
    }

    private Outcome extracted(ReviewMessage message, boolean isNew, Tally tally) {
        Review review = message.review();
        var answer = extractor.extract(review);
        if (answer instanceof NoAnswer none) {
            warn(message.messageId(), none.reason());
            return Outcome.FAILED;
        }
        Extracted found = extractedOf(answer, message);
        Grounded grounded = grounding.ground(review, found.candidates());
        tally.figures.add(
                grounded.motivations(), grounded.ungrounded(), grounded.repeated(), answer instanceof ExtractedBelow);
        boolean written = store.put(ReviewMotivations.of(
                review,
                message.receivedAt(),
                answer instanceof ExtractedBelow below
                        ? below.by().value()
                        : extractor.id().value(),
                grounded.motivations(),
                found.kind(),
                grounded.ungrounded()));
        if (written && isNew) {
            tally.figures.addNew();
        }
        return written ? Outcome.EXTRACTED : Outcome.STALE;
    }

    private static Extracted extractedOf(ExtractionOutcome answer, ReviewMessage message) {
        if (answer instanceof ExtractedBelow below) {
            LOG.infof("message %s: answered by %s, since %s", message.messageId(), below.by(), below.reason());
            return below.found();
        }
        return (Extracted) answer;
    }

    private Stored read(List<String> reviewIds) {
        if (reviewIds.isEmpty()) {
            return id -> Optional.empty();
        }
        try {
            Map<String, ReviewMotivations> rows = store.findAll(reviewIds);
            return id -> Optional.ofNullable(rows.get(id));
        } catch (IllegalStateException e) {
            // one row that cannot be read must fail its own message only
            LOG.warnf("rows of the batch are read one by one: %s", e.getMessage());
            return store::find;
        }
    }

    private static void warn(String messageId, String reason) {
        LOG.warnf("message %s failed: %s", messageId, reason);
    }

    /** The messages of our own and of AWS's exceptions name ids and fields; others may quote what they choked on. */
    private static String reasonOf(RuntimeException e) {
        String type = e.getClass().getSimpleName();
        return e instanceof SdkException || e instanceof IllegalStateException ? type + ": " + e.getMessage() : type;
    }

    /** How the row of a review is found. */
    private interface Stored {

        Optional<ReviewMotivations> find(String reviewId);
    }

    private enum Outcome {
        EXTRACTED,
        KNOWN,
        STALE,
        FORGOTTEN,
        FAILED
    }

    /** Counts for the one line that is written per batch. */
    private static final class Tally {

        private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        private final BatchFigures figures = new BatchFigures();

        void count(Outcome outcome) {
            count(outcome, 1);
        }

        void count(Outcome outcome, int messages) {
            outcomes.merge(outcome, messages, Integer::sum);
        }

        private int of(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0);
        }

        @Override
        public String toString() {
            return of(Outcome.EXTRACTED) + " extracted with " + figures.motivations() + " motivations ("
                    + figures.ungrounded() + " without evidence and " + figures.repeated() + " repeated dropped), "
                    + (figures.below() == 0 ? "" : figures.below() + " of them by a lower rung, ")
                    + of(Outcome.KNOWN) + " known, "
                    + of(Outcome.STALE) + " stale, "
                    + (of(Outcome.FORGOTTEN) == 0 ? "" : of(Outcome.FORGOTTEN) + " forgotten, ")
                    + of(Outcome.FAILED) + " failed";
        }
    }
}
