package dev.lmmrec.scoring.reason;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.scoring.Profiles;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemProfilesTest {

    private static final ProfileKey TENT = ProfileKey.item("tent");
    private static final ProfileKey LAMP = ProfileKey.item("lamp");

    private final ProfileStore store = new ProfileStore(
            DynamoDbLocal.shared().client(), DynamoDbLocal.shared().createTable("key"));

    private void write(String kind) {
        Profile before = store.find(TENT).orElse(Profiles.profile(TENT, List.of(), Profiles.vector(1)));
        store.save(new Profile(
                TENT,
                before.reviewCount(),
                before.meanRating(),
                before.interactions(),
                List.of(kind),
                before.motivations(),
                before.text(),
                before.textVector(),
                before.alignedVector(),
                before.modelVersion(),
                before.revision()));
    }

    private static List<String> kindOf(ItemProfiles.Found found) {
        return found.byKey().get(TENT).item().kind();
    }

    @Test
    void profile_askedForAgainSoon_isNotReadAgain() {
        ItemProfiles items = new ItemProfiles(store, Duration.ofHours(1));
        write("shelter");

        ItemProfiles.Found first = items.findAll(List.of(TENT, LAMP, TENT));
        write("house");
        ItemProfiles.Found second = items.findAll(List.of(TENT, LAMP));

        assertThat(first.byKey()).containsOnlyKeys(TENT);
        assertThat(first.kept()).isZero();
        assertThat(first.read()).isEqualTo(2);
        assertThat(kindOf(second)).containsExactly("shelter");
        assertThat(second.kept()).isEqualTo(1);
        assertThat(second.read()).as("one that is not there may come any time").isEqualTo(1);
    }

    @Test
    void profile_thatMayNotAge_isReadEveryTime() {
        ItemProfiles items = new ItemProfiles(store, Duration.ZERO);
        write("shelter");
        assertThat(kindOf(items.findAll(List.of(TENT)))).containsExactly("shelter");

        write("house");

        assertThat(kindOf(items.findAll(List.of(TENT)))).containsExactly("house");
    }
}
