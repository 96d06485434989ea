package dev.lmmrec.extraction.event;

import dev.lmmrec.core.review.CheckedReview.FieldProblem;
import dev.lmmrec.core.review.Review;
import java.util.List;

/** What {@link MessageReader} makes of a message: a review to work on, or the reason why there is none. */
public sealed interface ReadMessage {

    /**
     * The queue's name for the message.
     *
     * @return the message id
     */
    String messageId();

    /**
     * The message holds a review.
     *
     * @param messageId the message
     * @param review the review, within every limit
     * @param receivedAt when it entered the queue, epoch milliseconds
     * @param notes what was changed to make it fit
     */
    record ReviewMessage(String messageId, Review review, long receivedAt, List<FieldProblem> notes)
            implements ReadMessage {

        /** Copies the notes. */
        public ReviewMessage {
            notes = List.copyOf(notes);
        }
    }

    /**
     * The message holds no review.
     *
     * @param messageId the message
     * @param reason the field and what is wrong with it, free of review text and user ids
     */
    record RejectedMessage(String messageId, String reason) implements ReadMessage {}
}
