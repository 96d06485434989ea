package dev.lmmrec.scoring.api;

import dev.lmmrec.scoring.feedback.FeedbackEvent;
import dev.lmmrec.scoring.feedback.FeedbackEvent.Kind;
import java.util.List;

/**
 * One event.
 *
 * @param eventId the idempotency key
 * @param userId who did it
 * @param kind what was done
 * @param itemIds with which items, at most {@link #ITEMS_MAX}
 * @param motivationId which motive is no reason, with the kind of that name alone
 */
public record FeedbackRequest(String eventId, String userId, Kind kind, List<String> itemIds, String motivationId) {

    /** The most items of one event. */
    static final int ITEMS_MAX = 100;

    /** What {@code kind} may be, as clients say it. */
    static final String KINDS = "shown, clicked, bought or not-for-this-reason";

    FeedbackEvent event(long time) {
        Fields.id("eventId", eventId);
        if (kind == null) {
            throw ProblemException.badRequest("kind", "is missing, must be " + KINDS);
        }
        boolean aboutMotive = kind == Kind.NOT_FOR_THIS_REASON;
        List<String> items =
                Fields.ids("itemIds", itemIds == null ? List.of() : itemIds, aboutMotive ? 0 : 1, ITEMS_MAX);
        if (aboutMotive) {
            Fields.id("motivationId", motivationId);
        } else if (motivationId != null) {
            throw ProblemException.badRequest("motivationId", "belongs to the kind not-for-this-reason alone");
        }
        return new FeedbackEvent(eventId, kind, items, motivationId, time);
    }
}
