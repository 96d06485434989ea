package dev.lmmrec.embedding.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.arrival.ArrivalStore;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.Profile.Interaction;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMerge;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.embedding.Rows;
import dev.lmmrec.embedding.event.ReviewChange;
import dev.lmmrec.encoder.SentenceEncoder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;

class ProfileUpdateTest {

    private static final SentenceEncoder ENCODER = new SentenceEncoder();

    private final DynamoDbClient dynamoDb = DynamoDbLocal.shared().client();
    private final String motivationsTable = DynamoDbLocal.shared().createTable("reviewId");
    private final String profilesTable = DynamoDbLocal.shared().createTable("key");
    private final MotivationStore motivations = new MotivationStore(dynamoDb, motivationsTable);
    private final ProfileStore profiles = new ProfileStore(dynamoDb, profilesTable);
    private final String arrivalsTable = DynamoDbLocal.shared().createTable("slot");
    private final ArrivalStore arrivals = new ArrivalStore(dynamoDb, arrivalsTable);
    private final ProfileUpdate update = new ProfileUpdate(
            motivations,
            profiles,
            arrivals,
            new ReviewEmbedding(motivations, ENCODER),
            new ProfileMerge(),
            Optional::empty,
            Clock.systemUTC());

    @AfterAll
    static void close() {
        ENCODER.close();
    }

    @Test
    void newReview_givesUserAndItemAProfileWithVectors() {
        put(Rows.row("r1", "u1", "i1", "packs down to nothing", 1));

        assertThat(update.apply(List.of(change("r1")))).isEmpty();

        Profile user = profiles.find(ProfileKey.user("u1")).orElseThrow();
        Profile item = profiles.find(ProfileKey.item("i1")).orElseThrow();
        assertThat(user.interactions()).extracting(Interaction::counterpart).containsExactly("i1");
        assertThat(item.interactions()).extracting(Interaction::counterpart).containsExactly("u1");
        assertThat(item.kind()).containsExactly("tent");
        assertThat(user.textVector().width()).isEqualTo(SentenceEncoder.WIDTH);
        assertThat(item.motivations()).allMatch(motivation -> motivation.vector() != null);
        assertThat(motivations.find("r1").orElseThrow().vectors()).isPresent();
    }

    @Test
    void itemWithItsFirstProfile_isAnnouncedOnce_andNoUserEver() {
        put(Rows.row("r1", "u1", "i1", "packs down to nothing", 1));
        put(Rows.row("r2", "u2", "i1", "stays warm all night", 1));

        update.apply(List.of(change("r1")));
        assertThat(arrivals.latest()).containsExactly("i1");
        Map<String, AttributeValue> row = slotOf("i1");
        update.apply(List.of(change("r1"), change("r2")));

        assertThat(slotOf("i1")).isEqualTo(row);
    }

    @Test
    void itemThatCannotBeAnnounced_comesAgain_andTheUserIsUpdatedNonetheless() {
        put(Rows.row("r1", "u1", "i1", "packs down to nothing", 1));
        dynamoDb.deleteTable(delete -> delete.tableName(arrivalsTable));

        assertThat(update.apply(List.of(change("r1"))))
                .containsExactly(change("r1").sequenceNumber());

        assertThat(profiles.find(ProfileKey.user("u1"))).isPresent();
        assertThat(profiles.find(ProfileKey.item("i1")))
                .as("with a profile it would never be announced")
                .isEmpty();
        DynamoDbLocal.shared().createTable(arrivalsTable, "slot");
        assertThat(update.apply(List.of(change("r1")))).isEmpty();
        assertThat(profiles.find(ProfileKey.item("i1"))).isPresent();
        assertThat(arrivals.latest()).containsExactly("i1");
    }

    private Map<String, AttributeValue> slotOf(String itemId) {
        return dynamoDb.scan(scan -> scan.tableName(arrivalsTable)).items().stream()
                .filter(row -> row.toString().contains(itemId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sameChange_deliveredAgain_writesNothing() {
        put(Rows.row("r1", "u1", "i1", "packs down to nothing", 1));
        update.apply(List.of(change("r1")));
        Profile before = profiles.find(ProfileKey.user("u1")).orElseThrow();

        update.apply(List.of(change("r1"), change("r1")));

        assertThat(profiles.find(ProfileKey.user("u1"))).contains(before);
    }

    @Test
    void reviewWithNewText_replacesWhatTheOldOneSaid() {
        put(Rows.row("r1", "u1", "i1", "packs down to nothing", 1));
        update.apply(List.of(change("r1")));
        put(Rows.row("r1", "u1", "i1", "the zip jammed on day two", 2));

        update.apply(List.of(change("r1")));

        assertThat(profiles.find(ProfileKey.item("i1")).orElseThrow().motivations())
                .flatExtracting(ProfileMotivation::quotes)
                .extracting(ProfileMotivation.Quote::text)
                .containsOnly("the zip jammed on day two");
    }

    @Test
    void reviewThatMovesToAnotherItem_leavesTheFormerItemsProfile() {
        put(Rows.row("r1", "u1", "i1", "packs down to nothing", 1));
        put(Rows.row("r2", "u2", "i1", "stays warm all night", 1));
        update.apply(List.of(change("r1"), change("r2")));
        put(Rows.row("r1", "u1", "i2", "packs down to nothing", 2));

        update.apply(List.of(new ReviewChange("2", "r1", "u1", "i1")));

        assertThat(profiles.find(ProfileKey.item("i1")).orElseThrow().interactions())
                .extracting(Interaction::reviewId)
                .containsExactly("r2");
        assertThat(profiles.find(ProfileKey.item("i2"))).isPresent();
        assertThat(profiles.find(ProfileKey.user("u1")).orElseThrow().interactions())
                .extracting(Interaction::counterpart)
                .containsExactly("i2");
    }

    @Test
    void deletedReview_takesItsLastProfilesWithIt() {
        put(Rows.row("r1", "u1", "i1", "packs down to nothing", 1));
        update.apply(List.of(change("r1")));
        dynamoDb.deleteItem(
                delete -> delete.tableName(motivationsTable).key(Map.of("reviewId", AttributeValue.fromS("r1"))));

        update.apply(List.of(new ReviewChange("2", "r1", "u1", "i1")));

        assertThat(profiles.find(ProfileKey.user("u1"))).isEmpty();
        assertThat(profiles.find(ProfileKey.item("i1"))).isEmpty();
    }

    @Test
    void profileThatStandsAtALaterRevision_isTakenUpThere() {
        put(Rows.row("r1", "u1", "i1", "packs down to nothing", 1));
        dynamoDb.putItem(put -> put.tableName(profilesTable)
                .item(Map.of(
                        "key", AttributeValue.fromS("user#u2"),
                        "revision", AttributeValue.fromN("7"),
                        "reviewCount", AttributeValue.fromN("1"),
                        "meanRating", AttributeValue.fromN("1"),
                        "interactions", AttributeValue.fromL(List.of()),
                        "kind", AttributeValue.fromL(List.of()),
                        "motivations", AttributeValue.fromL(List.of()))));
        put(Rows.row("r2", "u2", "i2", "stays warm all night", 1));

        assertThat(update.apply(List.of(change("r1"), change("r2")))).isEmpty();

        assertThat(profiles.find(ProfileKey.user("u1"))).isPresent();
        assertThat(profiles.find(ProfileKey.user("u2")).orElseThrow().revision())
                .isEqualTo(8);
    }

    /**
     * Another function merges a newer revision while this one holds the older: which call it comes before must not
     * matter.
     */
    @ParameterizedTest
    @ValueSource(strings = {"read of the profile", "write of the profile"})
    void revisionMergedByAnother_beforeAnyCall_isNotReplacedByTheOneReadBefore(String call) {
        put(Rows.row("r1", "u1", "i1", "packs down to nothing", 1));
        put(Rows.row("r2", "u2", "i1", "stays warm all night", 1));
        update.apply(List.of(change("r1"), change("r2")));
        put(Rows.row("r1", "u1", "i1", "packs down to a fist", 2));
        AtomicBoolean done = new AtomicBoolean();
        Runnable another = () -> {
            if (done.compareAndSet(false, true)) {
                put(Rows.row("r2", "u2", "i1", "the zip jammed on day two", 2));
                update.apply(List.of(change("r2")));
            }
        };
        DynamoDbClient disturbed = call.startsWith("read")
                ? before("batchGetItem", request -> request.contains(profilesTable), another)
                : before("putItem", request -> request.contains("item#i1"), another);
        ProfileUpdate slow = new ProfileUpdate(
                motivations,
                new ProfileStore(disturbed, profilesTable),
                arrivals,
                new ReviewEmbedding(motivations, ENCODER),
                new ProfileMerge(),
                Optional::empty,
                Clock.systemUTC());

        assertThat(slow.apply(List.of(change("r1"), change("r2")))).isEmpty();

        assertThat(done).isTrue();
        assertThat(profiles.find(ProfileKey.item("i1")).orElseThrow().motivations())
                .flatExtracting(ProfileMotivation::quotes)
                .extracting(ProfileMotivation.Quote::text)
                .containsOnly("packs down to a fist", "the zip jammed on day two");
    }

    /** DynamoDB as it is, but something happens before some requests. */
    private DynamoDbClient before(String method, Predicate<String> which, Runnable happens) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, called, arguments) -> {
                    if (called.getName().equals(method) && which.test(request(arguments[0]))) {
                        happens.run();
                    }
                    try {
                        return called.invoke(dynamoDb, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private static String request(Object argument) {
        return argument instanceof Consumer<?> filling
                ? BatchGetItemRequest.builder()
                        .applyMutation((Consumer<BatchGetItemRequest.Builder>) filling)
                        .build()
                        .toString()
                : argument.toString();
    }

    @Test
    void moreRowsThanAreHeldAtOnce_areAllMerged() {
        List<ReviewChange> changes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            put(Rows.row("r" + i, "u" + i, "i" + i % 3, "reason number " + i, i + 1));
            changes.add(change("r" + i));
        }

        assertThat(update.apply(changes)).isEmpty();

        assertThat(IntStream.range(0, 300).mapToObj(i -> profiles.find(ProfileKey.user("u" + i))))
                .allMatch(Optional::isPresent);
        assertThat(profiles.find(ProfileKey.item("i2")).orElseThrow().interactions())
                .isNotEmpty();
    }

    /** Duplicates, other orders, other batches and two functions at once end in the profiles of the once-each run. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void deliveries_howeverDisturbed_endInTheSameProfiles(long seed) {
        Random random = new Random(seed);
        List<ReviewMotivations> rows = IntStream.range(0, 24)
                .mapToObj(i -> Rows.row(
                        "r" + i, "u" + random.nextInt(4), "i" + random.nextInt(3), "reason number " + i, i + 1))
                .toList();
        rows.forEach(this::put);
        List<String> deliveries = new ArrayList<>();
        rows.forEach(row -> Collections.addAll(deliveries, row.reviewId(), row.reviewId()));
        Collections.shuffle(deliveries, random);
        int cut = random.nextInt(deliveries.size());

        List<List<String>> batches = List.of(deliveries.subList(0, cut), deliveries.subList(cut, deliveries.size()));
        batches.parallelStream().forEach(batch -> {
            for (int start = 0; start < batch.size(); start += 5) {
                List<ReviewChange> changes = batch.subList(start, Math.min(batch.size(), start + 5)).stream()
                        .map(ProfileUpdateTest::change)
                        .toList();
                assertThat(update.apply(changes)).as("seed %d", seed).isEmpty();
            }
        });

        ProfileMerge merge = new ProfileMerge();
        List<ReviewMotivations> stored = motivations.scan().toList();
        assertThat(stored).hasSize(rows.size());
        Set<ProfileKey> keys = stored.stream()
                .flatMap(row -> List.of(ProfileKey.user(row.userId()), ProfileKey.item(row.itemId())).stream())
                .collect(Collectors.toSet());
        for (ProfileKey key : keys) {
            Profile expected = merge.merge(
                            key,
                            stored.stream()
                                    .filter(row -> key.equals(ProfileKey.user(row.userId()))
                                            || key.equals(ProfileKey.item(row.itemId())))
                                    .toList())
                    .orElseThrow();
            Profile actual = profiles.find(key).orElseThrow();
            assertThat(actual.withRevision(0).interactions())
                    .as("seed %d, %s", seed, key)
                    .isEqualTo(expected.interactions());
            assertThat(actual.motivations())
                    .as("seed %d, %s", seed, key)
                    .extracting(ProfileMotivation::statement)
                    .isEqualTo(expected.motivations().stream()
                            .map(ProfileMotivation::statement)
                            .toList());
        }
    }

    private void put(ReviewMotivations row) {
        assertThat(motivations.put(row)).isTrue();
    }

    private static ReviewChange change(String reviewId) {
        return new ReviewChange("seq-" + reviewId, reviewId, null, null);
    }
}
