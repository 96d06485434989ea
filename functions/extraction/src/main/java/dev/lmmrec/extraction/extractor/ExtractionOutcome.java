package dev.lmmrec.extraction.extractor;

import java.util.List;

/** What an {@link Extractor} says of a review. */
public sealed interface ExtractionOutcome {

    /**
     * The extractor answered.
     *
     * @param candidates motivations that claim evidence in the review, possibly none
     * @param kind neutral words for the kind of thing the item is, lower case, possibly none
     */
    record Extracted(List<Candidate> candidates, List<String> kind) implements ExtractionOutcome {

        /** Copies the lists. */
        public Extracted {
            candidates = List.copyOf(candidates);
            kind = List.copyOf(kind);
        }
    }

    /**
     * Another extractor than the wanted one answered.
     *
     * @param by who answered
     * @param found what it found
     * @param reason why those before it did not answer, free of review text
     */
    record ExtractedBelow(ExtractorId by, Extracted found, String reason) implements ExtractionOutcome {}

    /**
     * The extractor could not answer; a later try may succeed.
     *
     * @param reason what went wrong and with whom, free of review text
     */
    record NoAnswer(String reason) implements ExtractionOutcome {}
}
