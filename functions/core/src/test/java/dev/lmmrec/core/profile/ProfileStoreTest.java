package dev.lmmrec.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.forget.Traces;
import dev.lmmrec.core.store.DocumentTable;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.core.vector.DenseVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class ProfileStoreTest {

    private static final ProfileKey KEY = ProfileKey.user("u");

    private final DynamoDbClient dynamoDb = DynamoDbLocal.shared().client();
    private final String table = DynamoDbLocal.shared().createTable("key");
    private final ProfileStore store = new ProfileStore(dynamoDb, table);

    @Test
    void profile_full_comesBackAsItWasUnderTheNextRevision() {
        Profile profile = new ProfileMerge()
                .merge(KEY, Rows.random(new Random(1), 30))
                .orElseThrow()
                .withAligned(DenseVector.of(0.5f, -1).atRest(), "v1");
        assertThat(store.save(profile)).isTrue();

        Profile found = store.find(KEY).orElseThrow();
        assertThat(found.revision()).isEqualTo(1);
        assertThat(found.interactions()).isEqualTo(profile.interactions());
        assertThat(found.textVector()).isEqualTo(profile.textVector());
        assertThat(found.alignedVector()).isEqualTo(profile.alignedVector());
        assertThat(found.text()).isEqualTo(profile.text());
        assertThat(found.meanRating()).isEqualTo(profile.meanRating());
        assertThat(found.motivations())
                .extracting(ProfileMotivation::statement)
                .isEqualTo(profile.motivations().stream()
                        .map(ProfileMotivation::statement)
                        .toList());
        assertThat(store.save(found)).isTrue();
        assertThat(store.find(KEY)).contains(found.withRevision(2));
    }

    @Test
    void row_isOneTextBesideItsKeyRevisionAndCount() {
        store.save(profile(KEY));
        assertThat(dynamoDb.scan(scan -> scan.tableName(table)).items())
                .singleElement()
                .satisfies(row -> assertThat(row).containsOnlyKeys("key", "revision", "reviewCount", "document"));
    }

    @Test
    void idsWithinTheText_areFoundByThoseWhoLookForTraces() {
        store.save(new Profile(
                KEY,
                1,
                4,
                List.of(new Profile.Interaction("r1", "an-item", 4, 0)),
                List.of(),
                List.of(),
                "",
                null,
                null,
                null,
                0));
        Traces traces = new Traces(dynamoDb);
        assertThat(traces.in(table, Set.of("r1"), 3)).isNotEmpty();
        assertThat(traces.in(table, Set.of("an-item"), 100)).isNotEmpty();
        assertThat(traces.in(table, Set.of("r2"), 3)).isEmpty();
    }

    @Test
    void row_ofAnAttributePerComponent_asEarlierVersionsWroteIt_isReadAndReplaced() {
        Profile profile =
                new ProfileMerge().merge(KEY, Rows.random(new Random(2), 30)).orElseThrow();
        new DocumentTable<>(
                        dynamoDb, table, "key", Profile.class, row -> row.key().toString())
                .putIf(profile.withRevision(7), "attribute_not_exists(revision)", Map.of());

        Profile found = store.find(KEY).orElseThrow();
        assertThat(found.withRevision(0).motivations()).hasSameSizeAs(profile.motivations());
        assertThat(store.save(found)).isTrue();
        assertThat(store.find(KEY)).contains(found.withRevision(8));
    }

    @Test
    void save_underARevisionThatWasOverwritten_changesNothing() {
        store.save(profile(KEY));
        Profile read = store.find(KEY).orElseThrow();
        assertThat(store.save(read)).isTrue();
        assertThat(store.save(read)).isFalse();
        assertThat(store.save(profile(KEY))).as("a first write of what exists").isFalse();
        assertThat(store.find(KEY).orElseThrow().revision()).isEqualTo(2);
    }

    @Test
    void save_underARevisionOfNothing_changesNothing() {
        assertThat(store.save(profile(KEY).withRevision(3))).isFalse();
        assertThat(store.find(KEY)).isEmpty();
    }

    @Test
    void delete_readRevision_deletes_anotherDoesNot() {
        store.save(profile(KEY));
        Profile read = store.find(KEY).orElseThrow();
        store.save(read);
        assertThat(store.delete(read)).isFalse();
        assertThat(store.delete(store.find(KEY).orElseThrow())).isTrue();
        assertThat(store.find(KEY)).isEmpty();
    }

    @Test
    void writers_two_loseNoWrite() throws Exception {
        int writesEach = 40;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> lost = new ArrayList<>();
            for (Callable<Integer> writer : List.of(writer(writesEach), writer(writesEach))) {
                lost.add(threads.submit(writer));
            }
            for (Future<Integer> writer : lost) {
                assertThat(writer.get()).isNotNegative();
            }
        } finally {
            threads.shutdownNow();
        }
        Profile last = store.find(KEY).orElseThrow();
        assertThat(last.revision()).isEqualTo(2L * writesEach);
        assertThat(last.reviewCount()).isEqualTo(2 * writesEach);
    }

    /** Adds one to the review count again and again, each time until it is saved. */
    private Callable<Integer> writer(int writes) {
        return () -> {
            int conflicts = 0;
            for (int saved = 0; saved < writes; ) {
                Profile read = store.find(KEY).orElseGet(() -> profile(KEY));
                if (store.save(counted(read, read.reviewCount() + 1))) {
                    saved++;
                } else {
                    conflicts++;
                }
            }
            return conflicts;
        };
    }

    @Test
    void findAll_250Keys_findsUsersAndItems() {
        List<ProfileKey> keys = IntStream.range(0, 250)
                .mapToObj(i -> i % 2 == 0 ? ProfileKey.user("x" + i) : ProfileKey.item("x" + i))
                .toList();
        keys.forEach(key -> store.save(profile(key)));
        assertThat(store.findAll(keys)).hasSize(250).containsOnlyKeys(keys);
        assertThat(store.findAll(List.of(ProfileKey.item("x0")))).isEmpty();
        assertThat(store.scan().map(Profile::key)).containsExactlyInAnyOrderElementsOf(keys);
    }

    private static Profile profile(ProfileKey key) {
        return counted(new Profile(key, 0, 4, List.of(), List.of(), List.of(), "", null, null, null, 0), 0);
    }

    private static Profile counted(Profile profile, int reviewCount) {
        return new Profile(
                profile.key(),
                reviewCount,
                profile.meanRating(),
                profile.interactions(),
                profile.kind(),
                profile.motivations(),
                profile.text(),
                profile.textVector(),
                profile.alignedVector(),
                profile.modelVersion(),
                profile.revision());
    }
}
