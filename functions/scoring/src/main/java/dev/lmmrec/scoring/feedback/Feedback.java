package dev.lmmrec.scoring.feedback;

import dev.lmmrec.scoring.feedback.FeedbackEvent.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one user did: a row of the table {@code feedback}. The longest ids that are allowed fill no row beyond the 400
 * KB that DynamoDB takes.
 *
 * @param userId the row's key
 * @param events the latest first, at most {@link #EVENTS_MAX}; whole while what they are about takes no more than
 *     {@link #DETAIL_BYTES_MAX}, the older ones without it
 * @param bought item ids, the latest first, at most {@link #BOUGHT_MAX} and {@link #BOUGHT_BYTES_MAX}
 * @param lowered by the ids of motives: how often each was said to be no reason; at most {@link #LOWERED_MAX}, the one
 *     that was said last at the end
 * @param revision counts the writes of this row from 1, for the optimistic lock; 0 before the first
 */
public record Feedback(
        String userId, List<FeedbackEvent> events, List<String> bought, Map<String, Integer> lowered, long revision) {

    /** How many events a row keeps; an event that comes again is known as long as it is among them. */
    public static final int EVENTS_MAX = 200;

    /** How many bought items a row keeps. */
    public static final int BOUGHT_MAX = 1_000;

    /** How many bytes of ids the kept events hold beside their own: they are known by those alone. */
    static final int DETAIL_BYTES_MAX = 20_000;

    /** How many bytes of ids the bought items take. */
    static final int BOUGHT_BYTES_MAX = 60_000;

    /** How many lowered motives a row keeps. */
    public static final int LOWERED_MAX = 200;

    /** What a motive counts after it was said to be no reason once. */
    private static final double LOWERED_FACTOR = 0.5;

    /** Copies the collections. */
    public Feedback {
        events = List.copyOf(events);
        bought = List.copyOf(bought);
        // in their order: a copy by Map.copyOf has none
        lowered = Collections.unmodifiableMap(new LinkedHashMap<>(lowered));
    }

    /**
     * Before the first event.
     *
     * @param userId the user
     * @return an empty row
     */
    public static Feedback none(String userId) {
        return new Feedback(userId, List.of(), List.of(), Map.of(), 0);
    }

    /**
     * Whether an event is among those kept.
     *
     * @param eventId its id
     * @return true if it has been counted
     */
    public boolean knows(String eventId) {
        return events.stream().anyMatch(event -> event.eventId().equals(eventId));
    }

    /**
     * Counts one more event.
     *
     * @param event the event; one that is known changes nothing
     * @return the row after it, under the same revision
     */
    public Feedback with(FeedbackEvent event) {
        if (knows(event.eventId())) {
            return this;
        }
        return new Feedback(
                userId,
                withEvent(event),
                event.kind() == Kind.BOUGHT ? withBought(event.itemIds()) : bought,
                event.kind() == Kind.NOT_FOR_THIS_REASON ? withLowered(event.motivationId()) : lowered,
                revision);
    }

    /** What is said now counts, so the motive that was said longest ago goes where there is no room. */
    private Map<String, Integer> withLowered(String motivationId) {
        Map<String, Integer> less = new LinkedHashMap<>(lowered);
        Integer before = less.remove(motivationId);
        less.put(motivationId, before == null ? 1 : before + 1);
        if (less.size() > LOWERED_MAX) {
            less.remove(less.keySet().iterator().next());
        }
        return less;
    }

    private List<FeedbackEvent> withEvent(FeedbackEvent event) {
        int[] bytes = {0};
        return Stream.concat(Stream.of(event), events.stream())
                .limit(EVENTS_MAX)
                .map(one -> (bytes[0] += one.detailBytes()) <= DETAIL_BYTES_MAX ? one : one.withoutDetail())
                .toList();
    }

    private List<String> withBought(List<String> itemIds) {
        Set<String> all = new LinkedHashSet<>(itemIds);
        all.addAll(bought);
        int[] bytes = {0};
        return all.stream()
                .limit(BOUGHT_MAX)
                .takeWhile(id -> (bytes[0] += FeedbackEvent.bytes(id)) <= BOUGHT_BYTES_MAX)
                .toList();
    }

    /**
     * The same row under another revision.
     *
     * @param newRevision the revision
     * @return a new row
     */
    public Feedback withRevision(long newRevision) {
        return new Feedback(userId, events, bought, lowered, newRevision);
    }

    /**
     * How much a motive still counts.
     *
     * @param motivationId the motive
     * @return 1, and half of it for each time it was said to be no reason
     */
    public double factor(String motivationId) {
        return Math.pow(LOWERED_FACTOR, lowered.getOrDefault(motivationId, 0));
    }
}
