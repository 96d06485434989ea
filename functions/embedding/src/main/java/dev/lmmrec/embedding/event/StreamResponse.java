package dev.lmmrec.embedding.event;

import java.util.Collection;
import java.util.List;

/**
 * Names the records that failed; Lambda goes back to the first of them and delivers it and all after it again.
 *
 * @param batchItemFailures the failed records, possibly none
 */
public record StreamResponse(List<Failure> batchItemFailures) {

    /**
     * The answer for a batch.
     *
     * @param sequenceNumbers of the records that failed
     * @return the answer
     */
    public static StreamResponse failing(Collection<String> sequenceNumbers) {
        return new StreamResponse(sequenceNumbers.stream().map(Failure::new).toList());
    }

    /**
     * One failed record.
     *
     * @param itemIdentifier its sequence number
     */
    public record Failure(String itemIdentifier) {}
}
