package dev.lmmrec.core.queue;

/** The queue did not take some reviews. Sending all of them again is harmless: the review id is the key. */
public final class ReviewsNotSentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int count;
    private final boolean senderFault;

    ReviewsNotSentException(int count, String queueUrl, String reason, boolean senderFault, Throwable cause) {
        super(
                count + (count == 1 ? " review was" : " reviews were") + " not sent to " + queueUrl + ": " + reason
                        + "; send them again, their ids make that harmless",
                cause);
        this.count = count;
        this.senderFault = senderFault;
    }

    /**
     * How many reviews of the failed call the queue did not take.
     *
     * @return at least one
     */
    public int count() {
        return count;
    }

    /**
     * Whether the queue refused a review for what it is, so that it would do so again.
     *
     * @return false if the queue or the way to it failed; the cause, if there is one, may tell more
     */
    public boolean isSenderFault() {
        return senderFault;
    }
}
