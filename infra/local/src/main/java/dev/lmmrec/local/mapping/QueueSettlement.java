package dev.lmmrec.local.mapping;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What becomes of a batch of messages.
 *
 * @param delete identifiers of messages that are done and leave the queue
 * @param keep identifiers of messages that stay and come back
 */
record QueueSettlement(List<String> delete, List<String> keep) {

    /**
     * Settles a batch: what succeeded is deleted, all else is left to the queue.
     *
     * @param batch the identifiers of its messages
     * @param response what the function said
     * @return the settlement, which holds each message once
     */
    public static QueueSettlement of(List<String> batch, BatchResponse response) {
        if (response instanceof BatchResponse.Failed) {
            return new QueueSettlement(List.of(), List.copyOf(batch));
        }
        Set<String> failed = response instanceof BatchResponse.PartlyFailed partly ? partly.ids() : Set.of();
        return new QueueSettlement(
                batch.stream().filter(Predicate.not(failed::contains)).toList(),
                batch.stream().filter(failed::contains).toList());
    }
}
