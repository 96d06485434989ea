package dev.lmmrec.extraction;

import dev.lmmrec.extraction.event.BatchFailures;
import dev.lmmrec.extraction.event.QueueBatch;
import io.quarkus.funqy.Funq;

/** The function's entry: each review of the batch becomes its motivations, and what failed comes again. */
public final class ExtractionFunction {

    private final BatchExtraction extraction;

    /**
     * Makes the entry.
     *
     * @param extraction does the work
     */
    public ExtractionFunction(BatchExtraction extraction) {
        this.extraction = extraction;
    }

    /**
     * Handles one batch of the queue of reviews.
     *
     * @param batch the messages
     * @return the messages to deliver again
     */
    @Funq("extraction")
    public BatchFailures extract(QueueBatch batch) {
        return BatchFailures.of(extraction.failuresOf(batch.messages()));
    }
}
