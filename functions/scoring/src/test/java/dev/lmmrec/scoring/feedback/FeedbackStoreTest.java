package dev.lmmrec.scoring.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.core.store.DocumentTable;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.scoring.feedback.FeedbackEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeedbackStoreTest {

    private static final long SEED = 20_261_201;

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
    void motiveThatIsSaid_countsAtOnce_howeverManyWereSaidBefore() {
        Random random = new Random(SEED);
        List<String> said = new ArrayList<>();
        Feedback row = Feedback.none("alice");
        for (int n = 0; n < 3 * Feedback.LOWERED_MAX; n++) {
            // most are new, some are said again
            String motive = random.nextInt(5) == 0 && !said.isEmpty()
                    ? said.get(random.nextInt(said.size()))
                    : "motive-" + random.nextInt(1_000_000);
            said.remove(motive);
            said.add(motive);
            row = row.with(noReason("e" + n, motive));

            assertThat(row.factor(motive))
                    .as("%s, number %d, seed %d", motive, n, SEED)
                    .isLessThan(1);
            assertThat(row.lowered().keySet())
                    .as("those said last, in that order; number %d, seed %d", n, SEED)
                    .containsExactlyElementsOf(
                            said.subList(Math.max(0, said.size() - Feedback.LOWERED_MAX), said.size()));
        }
    }

    @Test
    void motives_keepTheirOrderInTheTable() {
        List<String> said = List.of("m", "z", "a", "q", "b", "z", "k");
        for (int n = 0; n < said.size(); n++) {
            store.add("alice", noReason("e" + n, said.get(n)));
        }

        assertThat(store.find("alice").lowered())
                .containsExactly(
                        entry("m", 1), entry("a", 1), entry("q", 1), entry("b", 1), entry("z", 2), entry("k", 1));
    }

    @Test
    void rowOfAnEarlierVersion_isRead_andWrittenAnew() {
        Feedback earlier = Feedback.none("alice").with(noReason("e1", "m")).withRevision(1);
        new DocumentTable<>(DynamoDbLocal.shared().client(), table, "userId", Feedback.class, Feedback::userId)
                .putIf(earlier, "attribute_not_exists(userId)", Map.of());

        assertThat(store.find("alice")).isEqualTo(earlier);
        assertThat(store.add("alice", noReason("e2", "m"))).isTrue();
        assertThat(store.find("alice").lowered()).containsExactly(entry("m", 2));
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

    private static FeedbackEvent noReason(String id, String motive) {
        return new FeedbackEvent(id, Kind.NOT_FOR_THIS_REASON, List.of(), motive, 7);
    }

    /** An id of as many characters as ids may have, three bytes each. */
    private static String longest(String id) {
        return id + "\u8a55".repeat(ReviewCheck.ID_LENGTH_MAX - id.length());
    }

    private static FeedbackEvent bought(String id, String item) {
        return new FeedbackEvent(id, Kind.BOUGHT, List.of(item), null, 7);
    }
}
