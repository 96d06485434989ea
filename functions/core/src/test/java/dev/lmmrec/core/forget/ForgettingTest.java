package dev.lmmrec.core.forget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.core.forget.Forgetting.Outcome;
import dev.lmmrec.core.forget.Forgotten.Arrival;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMerge;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.core.vector.DenseVector;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

class ForgettingTest {

    private static final String USER = "user-04";
    private static final int USERS = 8;
    private static final int ITEMS = 5;

    private final DynamoDbClient dynamoDb = DynamoDbLocal.shared().client();
    private final String motivationsTable = DynamoDbLocal.shared().createMotivationsTable();
    private final String profilesTable = DynamoDbLocal.shared().createTable("key");
    private final String forgottenTable = DynamoDbLocal.shared().createTable("key");
    private final String clicksTable = DynamoDbLocal.shared().createTable("userId", new DynamoDbLocal.SortKey("at"));
    private final MotivationStore motivations = new MotivationStore(dynamoDb, motivationsTable);
    private final ProfileStore profiles = new ProfileStore(dynamoDb, profilesTable);
    private final Forgotten forgotten = new Forgotten(dynamoDb, forgottenTable, Clock.systemUTC());
    private final ProfileMerge merge = new ProfileMerge();
    private final List<ReviewMotivations> rows = new ArrayList<>();

    @BeforeEach
    void fillTables() {
        Random random = new Random(5);
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                if (random.nextInt(3) > 0 || user == 4) {
                    rows.add(
                            row("review-%02d-%02d".formatted(user, item), "user-%02d".formatted(user), "item-" + item));
                }
            }
            dynamoDb.putItem(put(user, 1));
            dynamoDb.putItem(put(user, 2));
        }
        // the only one of its item
        rows.add(row("review-04-09", USER, "item-9"));
        rows.forEach(motivations::put);
        keys(rows).forEach(key -> profiles.save(mergedOf(key, rows)));
    }

    private PutItemRequest put(int user, int at) {
        return PutItemRequest.builder()
                .tableName(clicksTable)
                .item(Map.of(
                        "userId", AttributeValue.fromS("user-%02d".formatted(user)),
                        "at", AttributeValue.fromS("t" + at)))
                .build();
    }

    @Test
    void userForgotten_isInNoTable_norAreTheWordsOfTheirReviews_andTheOthersAreAsIfTheyHadNeverWritten() {
        List<ReviewMotivations> theirs =
                rows.stream().filter(row -> row.userId().equals(USER)).toList();
        List<ReviewMotivations> left =
                rows.stream().filter(row -> !row.userId().equals(USER)).toList();
        assertThat(tracesOf(theirs)).as("before").isNotEmpty();

        Outcome seen = forgetting(merge).look(Subject.user(USER));
        Outcome done = forgetting(merge).forget(Subject.user(USER));

        assertThat(done).isEqualTo(seen);
        assertThat(done.rows()).isEqualTo(ITEMS + 1);
        assertThat(done.profilesRewritten()).isEqualTo(ITEMS);
        assertThat(done.profilesRemoved()).as("their own and item-9's").isEqualTo(2);
        assertThat(done.otherRows()).isEqualTo(Map.of(clicksTable, 2));
        assertThat(tracesOf(theirs)).isEmpty();
        for (ProfileKey key : keys(left)) {
            assertThat(profiles.find(key).orElseThrow().withRevision(0))
                    .as("%s", key)
                    .usingRecursiveComparison()
                    .isEqualTo(mergedOf(key, left));
        }
        assertThat(profiles.scan().count()).isEqualTo(keys(left).size());
        assertThat(dynamoDb.scan(scan -> scan.tableName(clicksTable)).count()).isEqualTo(2 * (USERS - 1));
    }

    @Test
    void userForgottenAgain_changesNothing() {
        forgetting(merge).forget(Subject.user(USER));
        List<Profile> before = profiles.scan().toList();

        assertThat(forgetting(merge).forget(Subject.user(USER)))
                .isEqualTo(new Outcome(0, 0, 0, Map.of(clicksTable, 0)));
        assertThat(profiles.scan()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void run_thatBreaksAnywhere_isFinishedByTheNext() {
        List<ReviewMotivations> theirs =
                rows.stream().filter(row -> row.userId().equals(USER)).toList();
        AtomicInteger merges = new AtomicInteger();
        for (int breaksAt = 1; breaksAt <= 3; breaksAt++) {
            int last = merges.get() + 2;
            ProfileMerge breaking = new ProfileMerge(words -> {
                if (merges.incrementAndGet() >= last) {
                    throw new IllegalStateException("power cut");
                }
                return Optional.empty();
            });
            assertThatThrownBy(() -> forgetting(breaking).forget(Subject.user(USER)))
                    .hasMessage("power cut");
        }

        forgetting(merge).forget(Subject.user(USER));

        assertThat(tracesOf(theirs)).isEmpty();
    }

    @Test
    void reviewForgotten_leavesItsUsersOtherReviews() {
        Subject subject = Subject.review("review-04-00");
        ReviewMotivations row = motivations.find(subject.id()).orElseThrow();

        Outcome done = forgetting(merge).forget(subject);

        assertThat(done).isEqualTo(new Outcome(1, 2, 0, Map.of()));
        assertThat(new Traces(dynamoDb).in(motivationsTable, Set.of(subject.id()), 3))
                .isEmpty();
        assertThat(new Traces(dynamoDb)
                        .in(
                                profilesTable,
                                Set.of(subject.id(), row.motivations().get(0).evidence()),
                                3))
                .isEmpty();
        assertThat(profiles.find(ProfileKey.user(USER)).orElseThrow().interactions())
                .hasSize(ITEMS);
    }

    @Test
    void reviewStillUnderWay_isKnownToBeForgotten() {
        ReviewMotivations row = motivations.find("review-04-00").orElseThrow();
        forgetting(merge).forget(Subject.user(USER));

        Arrival late = new Arrival(row.review(), row.receivedAt());
        assertThat(forgotten.among(List.of(late))).containsExactly(late);
    }

    @Test
    void nobody_forgotten_removesNothing() {
        assertThat(forgetting(merge).forget(Subject.user("stranger")))
                .isEqualTo(new Outcome(0, 0, 0, Map.of(clicksTable, 0)));
        assertThat(motivations.scan().count()).isEqualTo(rows.size());
    }

    @Test
    void table_whoseRowsAreNotUsers_isRefusedByName() {
        PerUserRows profilesByUser = new PerUserRows(dynamoDb, profilesTable, "userId");
        assertThatThrownBy(() -> profilesByUser.delete(USER))
                .hasMessageContaining(profilesTable)
                .hasMessageContaining("userId");
    }

    private List<String> tracesOf(List<ReviewMotivations> theirs) {
        Set<String> words = new HashSet<>(Set.of(USER));
        theirs.forEach(row -> {
            words.add(row.reviewId());
            words.add(row.review().text());
            row.motivations().forEach(motivation -> words.add(motivation.evidence()));
        });
        List<String> traces = new ArrayList<>();
        for (String table : List.of(motivationsTable, profilesTable, forgottenTable, clicksTable)) {
            traces.addAll(new Traces(dynamoDb).in(table, words, USER.length()));
        }
        return traces;
    }

    private Forgetting forgetting(ProfileMerge merging) {
        return new Forgetting(
                forgotten,
                motivations,
                profiles,
                merging,
                List.of(new PerUserRows(dynamoDb, clicksTable, "userId")),
                Duration.ofMillis(1));
    }

    private static Set<ProfileKey> keys(List<ReviewMotivations> rows) {
        Set<ProfileKey> keys = new HashSet<>();
        rows.forEach(row -> keys.addAll(List.of(ProfileKey.user(row.userId()), ProfileKey.item(row.itemId()))));
        return keys;
    }

    private Profile mergedOf(ProfileKey key, List<ReviewMotivations> from) {
        return merge.merge(
                        key,
                        from.stream()
                                .filter(row -> key.equals(ProfileKey.user(row.userId()))
                                        || key.equals(ProfileKey.item(row.itemId())))
                                .toList())
                .orElseThrow();
    }

    private static ReviewMotivations row(String reviewId, String userId, String itemId) {
        String quote = "these are the words of " + reviewId.replace("review", "text");
        Review review = new Review(reviewId, userId, itemId, 4, 1_700_000_000L, "", quote + ", and more", "test");
        Motivation motivation = new Motivation(
                Side.ITEM, Facet.DESIGN, Polarity.POSITIVE, "packs small", quote, Field.TEXT, 0, 0.5, 0.5);
        return ReviewMotivations.of(review, 1, "test", List.of(motivation), List.of("tent", "shelter"), 0)
                .withVectors(new ReviewVectors(
                        "test",
                        DenseVector.of(1, reviewId.hashCode() % 7).atRest(),
                        List.of(DenseVector.of(1, 0).atRest())));
    }
}
