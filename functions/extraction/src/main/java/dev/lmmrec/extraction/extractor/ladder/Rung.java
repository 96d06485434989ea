package dev.lmmrec.extraction.extractor.ladder;

import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.extractor.ExtractionOutcome;
import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.extractor.ExtractorId;

/** One way to find motivations that may be out of reach, out of time or out of money. */
public interface Rung {

    /**
     * Names this rung's extractor.
     *
     * @return the id that is stored with what it finds
     */
    ExtractorId id();

    /**
     * Reads one review. Safe for use by several threads.
     *
     * @param review a checked review
     * @param allowance what the review may still cost; a rung that would exceed it does not answer
     * @return candidates, possibly none, or the reason why there was no answer
     */
    ExtractionOutcome extract(Review review, Allowance allowance);

    /**
     * A rung that costs nothing.
     *
     * @param extractor answers every review
     * @return the extractor as a rung
     */
    static Rung free(Extractor extractor) {
        return new Rung() {
            @Override
            public ExtractorId id() {
                return extractor.id();
            }

            @Override
            public ExtractionOutcome extract(Review review, Allowance allowance) {
                return extractor.extract(review);
            }
        };
    }
}
