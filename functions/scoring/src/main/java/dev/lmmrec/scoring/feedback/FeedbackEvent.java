package dev.lmmrec.scoring.feedback;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Something that a user did with recommended items.
 *
 * @param eventId the idempotency key
 * @param kind what was done
 * @param itemIds with which items; possibly none where a motive alone is meant, and none of an event that is old
 * @param motivationId the user's motive that is not to count so much; null for other kinds, and of an event that is old
 * @param time when it came, epoch seconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedbackEvent(String eventId, Kind kind, List<String> itemIds, String motivationId, long time) {

    /** Copies the list. */
    public FeedbackEvent {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(kind, "kind");
        itemIds = List.copyOf(itemIds);
    }

    /** How much room that takes which the event is about. */
    int detailBytes() {
        return itemIds.stream().mapToInt(FeedbackEvent::bytes).sum() + (motivationId == null ? 0 : bytes(motivationId));
    }

    /** The same with nothing that it is about: enough to know it again. */
    FeedbackEvent withoutDetail() {
        return new FeedbackEvent(eventId, kind, List.of(), null, time);
    }

    /** How much room an id takes in a list, which adds a byte to each. */
    static int bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    /** What users do. */
    public enum Kind {
        /** The items were seen as recommendations. */
        @JsonProperty("shown")
        SHOWN,
        /** The items were looked at. */
        @JsonProperty("clicked")
        CLICKED,
        /** The items are the user's now: they are not recommended again. */
        @JsonProperty("bought")
        BOUGHT,
        /** The motive is no reason to this user: it counts half from now on. */
        @JsonProperty("not-for-this-reason")
        NOT_FOR_THIS_REASON
    }
}
