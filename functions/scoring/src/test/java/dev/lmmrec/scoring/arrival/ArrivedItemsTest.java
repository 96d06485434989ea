package dev.lmmrec.scoring.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.arrival.ArrivalStore;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.scoring.Profiles;
import dev.lmmrec.scoring.ranking.Arrived;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class ArrivedItemsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration AGE_MAX = Duration.ofSeconds(30);

    private final DynamoDbClient dynamoDb = DynamoDbLocal.shared().client();
    private final String arrivalsTable = DynamoDbLocal.shared().createTable("slot");
    private final ArrivalStore arrivals = new ArrivalStore(dynamoDb, arrivalsTable);
    private final ProfileStore profiles =
            new ProfileStore(dynamoDb, DynamoDbLocal.shared().createTable("key"));
    private final MovedClock clock = new MovedClock();
    private final ArrivedItems items = new ArrivedItems(arrivals, profiles, INTERVAL, AGE_MAX, clock);

    @Test
    void announcedItem_isThereFromTheNextLookOn_onceItHasAProfile() {
        assertThat(current()).isEmpty();
        arrivals.add(List.of("hammock"), 1);
        clock.move(INTERVAL);
        assertThat(current()).as("announced, not yet written").isEmpty();

        save("hammock");
        assertThat(current()).as("before the next look").isEmpty();
        clock.move(INTERVAL);

        assertThat(current()).containsExactly("hammock");
    }

    @Test
    void looksThatFindNothingElse_giveTheSameList() {
        announce("hammock");
        List<Arrived> first = items.current(id -> false);
        clock.move(AGE_MAX.plus(INTERVAL));

        assertThat(items.current(id -> false)).isSameAs(first);
    }

    @Test
    void itemThatTheArtefactKnows_isNotAmongThem() {
        announce("hammock");
        announce("tarp");

        assertThat(items.current("hammock"::equals)).extracting(Arrived::itemId).containsExactly("tarp");
    }

    @Test
    void itemWhoseProfileIsGone_goesWhenItIsReadAgain() {
        announce("hammock");
        assertThat(current()).containsExactly("hammock");
        profiles.delete(profiles.find(ProfileKey.item("hammock")).orElseThrow());

        clock.move(AGE_MAX.plus(INTERVAL));

        assertThat(current()).isEmpty();
    }

    @Test
    void manyItems_comeOverSeveralLooks_theLatestFirst() {
        int many = ArrivedItems.READ_MAX + 5;
        List<String> latestFirst = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            arrivals.add(List.of("item-" + i), i);
            save("item-" + i);
            latestFirst.add(0, "item-" + i);
        }

        assertThat(current()).isEqualTo(latestFirst.subList(0, ArrivedItems.READ_MAX));
        clock.move(INTERVAL);
        assertThat(current()).isEqualTo(latestFirst);
    }

    @Test
    void itemsWithoutProfiles_howeverMany_keepNoOtherFromBeingReadAgain() {
        announce("hammock");
        assertThat(current()).containsExactly("hammock");
        for (int i = 0; i < 2 * ArrivedItems.READ_MAX; i++) {
            arrivals.add(List.of("gone-" + i), i);
        }
        profiles.delete(profiles.find(ProfileKey.item("hammock")).orElseThrow());

        clock.move(AGE_MAX.plus(INTERVAL));
        for (int looks = 0; looks < 3; looks++) {
            current();
            clock.move(INTERVAL);
        }

        assertThat(current()).isEmpty();
    }

    @Test
    void lookThatFails_keepsWhatWasFound() {
        announce("hammock");
        assertThat(current()).containsExactly("hammock");
        dynamoDb.deleteTable(delete -> delete.tableName(arrivalsTable));

        clock.move(INTERVAL);

        assertThat(current()).containsExactly("hammock");
    }

    private List<String> current() {
        return items.current(id -> false).stream().map(Arrived::itemId).toList();
    }

    private void announce(String itemId) {
        arrivals.add(List.of(itemId), clock.millis());
        save(itemId);
    }

    private void save(String itemId) {
        profiles.save(Profiles.profile(ProfileKey.item(itemId), List.of("bob"), Profiles.vector(0, 1)));
    }

    private static final class MovedClock extends Clock {

        private Instant now = Instant.EPOCH;

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
