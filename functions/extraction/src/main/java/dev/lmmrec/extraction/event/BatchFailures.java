package dev.lmmrec.extraction.event;

import java.util.Collection;
import java.util.List;

/**
 * The answer to a batch: the queue delivers these messages again and forgets the others.
 *
 * @param batchItemFailures one per failed message, empty if all went well
 */
public record BatchFailures(List<Failure> batchItemFailures) {

    /** Copies the list. */
    public BatchFailures {
        batchItemFailures = List.copyOf(batchItemFailures);
    }

    /**
     * Names the failed messages.
     *
     * @param messageIds the ids of messages of the batch; an unknown one would fail the whole batch
     * @return the answer
     */
    public static BatchFailures of(Collection<String> messageIds) {
        return new BatchFailures(messageIds.stream().map(Failure::new).toList());
    }

    /**
     * One failed message.
     *
     * @param itemIdentifier its message id
     */
    public record Failure(String itemIdentifier) {}
}
