package dev.lmmrec.extraction.extractor;

import dev.lmmrec.core.review.Review;

/** Finds in a review why the person wanted the thing and what in the thing answered it. */
public interface Extractor {

    /**
     * Names this extractor so exactly that another id means that other results are to be expected.
     *
     * @return the id
     */
    ExtractorId id();

    /**
     * Reads one review. Safe for use by several threads.
     *
     * @param review a checked review
     * @return candidates, possibly none, or the reason why there was no answer
     */
    ExtractionOutcome extract(Review review);
}
