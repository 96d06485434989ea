package dev.lmmrec.scoring.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.core.store.DocumentTable;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.scoring.feedback.FeedbackEvent.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeedbackStoreTest {

    private final String table = DynamoDbLocal.shared().createTable("userId");
    private final FeedbackStore store = new FeedbackStore(DynamoDbLocal.shared().client(), table);

    @Test
    void event_thatComesAgain_countsOnce() {
        FeedbackEvent event = new FeedbackEvent("e1", Kind.NOT_FOR_THIS_REASON, List.of(), "m", 7);

        assertThat(store.add("alice", event)).isTrue();
        assertThat(store.add("alice", event)).isFalse();

        assertThat(store.find("alice").lowered()).containsEntry("m", 1);
        assertThat(store.find("alice").events()).containsExactly(event);
        assertThat(store.find("alice").factor("m")).isEqualTo(0.5);
        assertThat(store.find("bob")).isEqualTo(Feedback.none("bob"));
    }

    @Test
    void events_atTheSameTime_areAllCounted() {
        long counted = IntStream.range(0, 4)
                .parallel()
                .filter(n -> store.add("alice", bought("e" + n, "item-" + n)))
                .count();

        assertThat(counted).isEqualTo(4);
        assertThat(store.find("alice").bought()).containsExactlyInAnyOrder("item-0", "item-1", "item-2", "item-3");
    }

    @Test
    void row_keepsTheLatest_andNoMoreThanItMay() {
        Feedback row = Feedback.none("alice");
        for (int n = 0; n < Feedback.EVENTS_MAX + 50; n++) {
            row = row.with(bought("e" + n, "item-" + n));
        }

        assertThat(row.events()).hasSize(Feedback.EVENTS_MAX);
        assertThat(row.events().get(0).eventId()).isEqualTo("e" + (Feedback.EVENTS_MAX + 49));
        assertThat(row.knows("e0")).isFalse();
        assertThat(row.bought())
                .as("bought items outlive their events")
                .hasSize(Feedback.EVENTS_MAX + 50)
                .startsWith("item-" + (Feedback.EVENTS_MAX + 49));
        assertThat(row.with(bought("again", "item-3")).bought())
                .hasSameSizeAs(row.bought())
                .startsWith("item-3");
    }

    @Test
    void row_ofTheLongestIdsThatAreAllowed_isStillTaken() {
        Feedback row = Feedback.none(longest("alice"));
        for (int n = 0; n < Feedback.EVENTS_MAX; n++) {
            int event = n;
            row = row.with(new FeedbackEvent(
                            longest("bought-" + n),
                            Kind.BOUGHT,
                            IntStream.range(0, 100)
                                    .mapToObj(item -> longest("item-" + event + "-" + item))
                                    .toList(),
                            null,
                            1_800_000_000L))
                    .with(new FeedbackEvent(
                            longest("reason-" + n),
                            Kind.NOT_FOR_THIS_REASON,
                            List.of(),
                            longest("motive-" + n),
                            1_800_000_000L));
        }
        assertThat(row.lowered()).hasSize(Feedback.LOWERED_MAX);
        assertThat(new DocumentTable<>(
                                DynamoDbLocal.shared().client(), table, "userId", Feedback.class, Feedback::userId)
                        .putIf(row.withRevision(1), "attribute_not_exists(userId)", Map.of()))
                .isTrue();

        assertThat(store.add(row.userId(), bought(longest("next"), longest("item"))))
                .isTrue();
        assertThat(store.add(row.userId(), bought(longest("next"), longest("item"))))
                .isFalse();
        assertThat(store.add(row.userId(), bought(longest("bought-150"), longest("item"))))
                .as("an event is known when what it was about no longer is")
                .isFalse();
        assertThat(store.find(row.userId()).bought()).startsWith(longest("item"));
    }

    @Test
    void events_areWhole_asLongAsThereIsRoom() {
        FeedbackEvent first = bought("e1", "tent");
        FeedbackEvent large = new FeedbackEvent(
                "e2",
                Kind.SHOWN,
                IntStream.range(0, 100).mapToObj(n -> longest("item-" + n)).toList(),
                null,
                8);
        FeedbackEvent last = bought("e3", "lamp");

        assertThat(Feedback.none("alice").with(first).with(large).with(last).events())
                .containsExactly(
                        last,
                        new FeedbackEvent("e2", Kind.SHOWN, List.of(), null, 8),
                        new FeedbackEvent("e1", Kind.BOUGHT, List.of(), null, 7));
    }

    /** An id of as many characters as ids may have, three bytes each. */
    private static String longest(String id) {
        return id + "\u8a55".repeat(ReviewCheck.ID_LENGTH_MAX - id.length());
    }

    private static FeedbackEvent bought(String id, String item) {
        return new FeedbackEvent(id, Kind.BOUGHT, List.of(item), null, 7);
    }
}
