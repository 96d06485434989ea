package dev.lmmrec.extraction.extractor.ladder;

import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.extractor.ExtractionOutcome;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.Extracted;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.ExtractedBelow;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.NoAnswer;
import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.extractor.ExtractorId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Asks its rungs from the first to the last until one answers. */
public final class Ladder implements Extractor {

    private final List<Rung> rungs;
    private final int tokensPerReview;
    private final Duration timePerReview;
    private final LongSupplier nanoTime;

    /**
     * Makes a ladder.
     *
     * @param rungs the most wanted first
     * @param tokensPerReview the most tokens that one review may take on all rungs together
     * @param timePerReview the most time that one review may take on all rungs together
     * @param nanoTime a clock without leaps, as {@link System#nanoTime()}
     * @throws IllegalArgumentException if there is no rung
     */
    public Ladder(List<Rung> rungs, int tokensPerReview, Duration timePerReview, LongSupplier nanoTime) {
        if (rungs.isEmpty()) {
            throw new IllegalArgumentException("a ladder needs at least one rung");
        }
        this.rungs = List.copyOf(rungs);
        this.tokensPerReview = tokensPerReview;
        this.timePerReview = timePerReview;
        this.nanoTime = nanoTime;
    }

    /** The first rung's: a review that a lower rung answered is read again when it is sent again. */
    @Override
    public ExtractorId id() {
        return rungs.get(0).id();
    }

    @Override
    public ExtractionOutcome extract(Review review) {
        Allowance allowance = new Allowance(tokensPerReview, timePerReview, nanoTime);
        List<String> reasons = new ArrayList<>();
        for (Rung rung : rungs) {
            ExtractionOutcome outcome = rung.extract(review, allowance);
            if (outcome instanceof NoAnswer none) {
                reasons.add(none.reason());
            } else if (reasons.isEmpty()) {
                return outcome;
            } else {
                return new ExtractedBelow(rung.id(), (Extracted) outcome, String.join("; ", reasons));
            }
        }
        return new NoAnswer(String.join("; ", reasons));
    }
}
