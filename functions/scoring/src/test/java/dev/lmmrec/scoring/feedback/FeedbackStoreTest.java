package dev.lmmrec.scoring.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.scoring.feedback.FeedbackEvent.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeedbackStoreTest {

    private final FeedbackStore store = new FeedbackStore(
            DynamoDbLocal.shared().client(), DynamoDbLocal.shared().createTable("userId"));

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

    private static FeedbackEvent bought(String id, String item) {
        return new FeedbackEvent(id, Kind.BOUGHT, List.of(item), null, 7);
    }
}
