package dev.lmmrec.core.queue;

/** The queue did not take some reviews. Sending all of them again is harmless: the review id is the key. */
public final class ReviewsNotSentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int count;

    ReviewsNotSentException(int count, String queueUrl, String reason, Throwable cause) {
        super(
                count + (count == 1 ? " review was" : " reviews were") + " not sent to " + queueUrl + ": " + reason
                        + "; send them again, their ids make that harmless",
                cause);
        this.count = count;
    }

    /**
     * How many reviews of the failed call the queue did not take.
     *
     * @return at least one
     */
    public int count() {
        return count;
    }
}
