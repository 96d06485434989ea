package dev.lmmrec.core.forget;

import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.store.DocumentTable;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table {@code forgotten}: who and what was forgotten, and when, so that reviews still under way do not come back.
 * It holds no ids but their SHA-256. An entry ends after {@link #KEPT}, when nothing sent before it can be in a queue
 * any more; what a forgotten user writes later is a review like any other.
 */
public final class Forgotten {

    /**
     * How long an entry counts: longer than a message can wait, 4 days in the queue and 14 among the dead letters and
     * as many again if it is sent back.
     */
    public static final Duration KEPT = Duration.ofDays(45);

    private static final long MILLIS_PER_SECOND = 1_000;

    private final DocumentTable<Entry> entries;
    private final Clock clock;

    /**
     * Opens the table.
     *
     * @param dynamoDb the client, owned by the caller
     * @param table the table's name; its key is {@code key}
     * @param clock tells when something is forgotten and which entries have ended
     */
    public Forgotten(DynamoDbClient dynamoDb, String table, Clock clock) {
        this.entries = new DocumentTable<>(dynamoDb, table, "key", Entry.class, Entry::key);
        this.clock = clock;
    }

    /**
     * From now on, what was written or sent until now by or as the subject must not be kept. Again is as good as once.
     *
     * @param subject a user or a review
     */
    public void add(Subject subject) {
        long now = clock.millis();
        entries.putIf(
                new Entry(subject.fingerprint(), now, now + KEPT.toMillis()),
                "attribute_not_exists(forgottenAt) OR forgottenAt < :now",
                Map.of(":now", AttributeValue.fromN(Long.toString(now))));
    }

    /**
     * Looks reviews up, strongly consistent.
     *
     * @param arrivals reviews that came out of a queue or a file
     * @return those of them that must not be kept
     */
    public Set<Arrival> among(Collection<Arrival> arrivals) {
        Map<String, Entry> found =
                entries.findAll(arrivals.stream().flatMap(Arrival::fingerprints).toList());
        if (found.isEmpty()) {
            return Set.of();
        }
        long now = clock.millis();
        return arrivals.stream()
                .filter(arrival -> arrival.fingerprints()
                        .map(found::get)
                        .anyMatch(entry -> entry != null && entry.endsAt() > now && entry.covers(arrival)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Takes away entries that have ended.
     *
     * @return how many
     */
    public int sweep() {
        long now = clock.millis();
        List<Entry> ended;
        try (Stream<Entry> all = entries.scan()) {
            ended = all.filter(entry -> entry.endsAt() <= now).toList();
        }
        return (int) ended.stream()
                .filter(entry -> entries.deleteIf(
                        entry.key(),
                        "endsAt = :endsAt",
                        Map.of(":endsAt", AttributeValue.fromN(Long.toString(entry.endsAt())))))
                .count();
    }

    /**
     * A review on its way.
     *
     * @param review the review
     * @param sentAt when it entered the queue, epoch milliseconds
     */
    public record Arrival(Review review, long sentAt) {

        Stream<String> fingerprints() {
            return Stream.of(
                    Subject.user(review.userId()).fingerprint(),
                    Subject.review(review.reviewId()).fingerprint());
        }
    }

    /**
     * A row.
     *
     * @param key {@link Subject#fingerprint()}
     * @param forgottenAt epoch milliseconds
     * @param endsAt when the row may go, epoch milliseconds
     */
    record Entry(String key, long forgottenAt, long endsAt) {

        /** A message that is sent back from the dead letters is sent anew, but its review was written before. */
        boolean covers(Arrival arrival) {
            return arrival.sentAt() <= forgottenAt || arrival.review().time() * MILLIS_PER_SECOND <= forgottenAt;
        }
    }
}
