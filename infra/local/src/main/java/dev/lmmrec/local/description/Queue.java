package dev.lmmrec.local.description;

/**
 * A standard SQS queue.
 *
 * @param visibilityTimeoutSeconds how long a received message stays hidden
 * @param retentionSeconds how long a message is kept
 * @param deadLetter where messages go that were received too often; null for nowhere
 */
public record Queue(int visibilityTimeoutSeconds, int retentionSeconds, DeadLetter deadLetter) {

    /**
     * The way out for messages that keep failing.
     *
     * @param queue the queue they go to
     * @param maxReceiveCount how often a message is received before it goes there
     */
    public record DeadLetter(String queue, int maxReceiveCount) {}
}
