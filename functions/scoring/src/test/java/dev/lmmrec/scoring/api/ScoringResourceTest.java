package dev.lmmrec.scoring.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.arrival.ArrivalStore;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.models.ArtefactRepository;
import dev.lmmrec.models.ArtefactWatch;
import dev.lmmrec.models.DirectoryObjects;
import dev.lmmrec.scoring.HandMadeArtefact;
import dev.lmmrec.scoring.Profiles;
import dev.lmmrec.scoring.arrival.ArrivedItems;
import dev.lmmrec.scoring.caller.Caller;
import dev.lmmrec.scoring.feedback.FeedbackEvent.Kind;
import dev.lmmrec.scoring.feedback.FeedbackStore;
import dev.lmmrec.scoring.feedback.UserRows;
import dev.lmmrec.scoring.observation.RequestTrace;
import dev.lmmrec.scoring.ranking.Ranker;
import dev.lmmrec.scoring.ranking.Ranking.Strategy;
import dev.lmmrec.scoring.reason.ItemProfiles;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

class ScoringResourceTest {

    @TempDir
    Path folder;

    private final ProfileStore profiles = new ProfileStore(
            DynamoDbLocal.shared().client(), DynamoDbLocal.shared().createTable("key"));

    private final FeedbackStore feedback = new FeedbackStore(
            DynamoDbLocal.shared().client(), DynamoDbLocal.shared().createTable("userId"));

    private final ArrivalStore arrivals = new ArrivalStore(
            DynamoDbLocal.shared().client(), DynamoDbLocal.shared().createTable("slot"));

    private ArtefactRepository repository;
    private ArtefactWatch<Ranker> watch;
    private ScoringResource resource;
    private Caller caller = new Caller.Service();

    @BeforeEach
    void open() {
        repository = new ArtefactRepository(new DirectoryObjects(folder.resolve("artefacts")), Clock.systemUTC());
        watch = new ArtefactWatch<>(
                repository,
                Ranker.FILES,
                artefact -> Ranker.load(artefact, Integer.MAX_VALUE),
                Duration.ZERO,
                Clock.systemUTC());
        resource = resource(feedback);
    }

    private ScoringResource resource(FeedbackStore events) {
        return new ScoringResource(
                watch,
                new ArrivedItems(arrivals, profiles, Duration.ZERO, Duration.ZERO, Clock.systemUTC()),
                profiles,
                events,
                new UserRows(DynamoDbLocal.shared().client(), profiles, events),
                Clock.systemUTC(),
                new ItemProfiles(profiles, Duration.ZERO),
                new RequestTrace(),
                () -> caller);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void recommendations_ofAKnownUser_areExplainedFromBothSides() throws Exception {
        promote("v1");
        saveAWishAndWhatAnswersIt();

        Recommendations answer = resource.recommendations("alice", parameters("2"), List.of());

        assertThat(answer.modelVersion()).isEqualTo("v1");
        assertThat(answer.strategy()).isEqualTo(Strategy.PERSONAL);
        assertThat(answer.note()).isNull();
        assertThat(answer.items()).extracting(Recommendations.Item::itemId).containsExactly("tent", "stove");
        assertThat(answer.items()).extracting(Recommendations.Item::rank).containsExactly(1, 2);
        assertThat(answer.items().get(0).kind())
                .as("the artefact's, which conditions ask for, and not the newer profile's")
                .containsExactly("camping", "shelter", "two person tent");
        assertThat(answer.items().get(0).reasons()).singleElement().satisfies(reason -> assertThat(reason.sentence())
                .contains("wants it light", "weighs nothing"));
        assertThat(answer.items().get(1).reasons()).as("nobody wrote of it").isEmpty();
    }

    @Test
    void kind_thatIsAskedFor_isTheKindThatIsShown() throws Exception {
        promote("v1");
        saveAWishAndWhatAnswersIt();
        ConditionParameters camping = parameters("4");
        camping.kinds = List.of("camping");
        ConditionParameters noGear = parameters("4");
        noGear.excludeKinds = List.of("gear");

        assertThat(resource.recommendations("alice", camping, List.of()).items())
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.kind()).contains("camping"));
        assertThat(resource.recommendations("alice", noGear, List.of()).items())
                .hasSize(4)
                .allSatisfy(item -> assertThat(item.kind()).doesNotContain("gear"));
        assertThat(resource.motivated("design", "4", "0", null, null).items())
                .filteredOn(item -> item.itemId().equals("tent"))
                .singleElement()
                .satisfies(tent -> assertThat(tent.kind()).contains("camping"));
    }

    @Test
    void event_thatOthersKeepOverwriting_isToBeSentAgain() {
        DynamoDbClient contended = (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, args) -> {
                    if (method.getName().equals("putItem")) {
                        throw ConditionalCheckFailedException.builder().build();
                    }
                    return method.invoke(DynamoDbLocal.shared().client(), args);
                });
        ScoringResource unlucky =
                resource(new FeedbackStore(contended, DynamoDbLocal.shared().createTable("userId")));

        assertThatThrownBy(
                        () -> unlucky.feedback(new FeedbackRequest("e", "alice", Kind.BOUGHT, List.of("tent"), null)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    Problem told = (Problem) problem.toResponse().getEntity();
                    assertThat(told.status()).isEqualTo(503);
                    assertThat(told.detail()).contains("send the event again");
                });
    }

    @Test
    void itemThatCameAfterTheArtefact_isRankedScoredAndExplained() throws Exception {
        promote("v1");
        profiles.save(Profiles.profile(ProfileKey.user("carol"), List.of(), Profiles.vector(0, 1)));
        assertThat(resource.score(new ScoreRequest("carol", List.of("hammock"), List.of()))
                        .unknownItemIds())
                .containsExactly("hammock");

        arrivals.add(List.of("hammock"), 1);
        profiles.save(Profiles.profile(
                ProfileKey.item("hammock"),
                List.of("bob"),
                Profiles.vector(0, 1),
                Profiles.motivation(
                        Side.ITEM, Facet.DESIGN, Polarity.POSITIVE, "weighs nothing", "bob", Profiles.vector(0, 1))));

        Recommendations answer = resource.recommendations("carol", parameters("5"), List.of());
        assertThat(answer.items())
                .filteredOn(item -> item.itemId().equals("hammock"))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.kind()).containsExactly("gear");
                    assertThat(item.reasons()).isNotEmpty();
                });
        assertThat(resource.score(new ScoreRequest("carol", List.of("hammock"), List.of()))
                        .unknownItemIds())
                .isEmpty();
        assertThat(resource.similar("hammock", parameters("2")).items()).hasSize(2);
    }

    @Test
    void reason_namesAMotive_withoutWhichTheScoreIsLowerByItsShare() throws Exception {
        promote("v1");
        saveAWishAndWhatAnswersIt();

        Recommendations.Item with = resource.recommendations("alice", parameters("1"), List.of())
                .items()
                .get(0);
        String motive = with.reasons().get(0).user().id();
        Recommendations.Item without = resource.recommendations("alice", parameters("1"), List.of("unknown," + motive))
                .items()
                .get(0);

        assertThat(resource.userProfile("alice").motivations())
                .extracting(ProfileView.MotivationView::id)
                .containsExactly(motive);
        assertThat(with.score() - without.score())
                .isCloseTo(with.reasons().get(0).share(), within(1e-6))
                .isPositive();
        assertThat(without.reasons()).singleElement().satisfies(reason -> assertThat(reason.user())
                .isNull());
        assertThat(resource.score(new ScoreRequest("alice", List.of("tent"), List.of(motive)))
                        .items()
                        .get(0)
                        .score())
                .isEqualTo(without.score());
    }

    @Test
    void recommendations_ofAnUnknownUser_sayThatTheyArePopularItems() throws Exception {
        promote("v1");

        Recommendations answer = resource.recommendations("nobody", parameters("3"), List.of());

        assertThat(answer.strategy()).isEqualTo(Strategy.POPULAR);
        assertThat(answer.note()).contains("most popular");
        assertThat(answer.items()).extracting(Recommendations.Item::itemId).containsExactly("tent", "lamp", "stove");
    }

    @Test
    void health_followsThePromotedArtefact() throws Exception {
        assertThat(resource.health().status()).isEqualTo("no-artefact");
        promote("v1");
        assertThat(resource.health()).isEqualTo(new Health("ready", "v1", 2, 4));
        promote("v2");
        assertThat(resource.health().modelVersion()).isEqualTo("v2");
        repository.rollback();
        assertThat(resource.health().modelVersion()).isEqualTo("v1");
    }

    @Test
    void countOutOfRange_isRefusedByName() throws Exception {
        promote("v1");
        for (String k : List.of("0", "101", "-1", "ten", "", "99999999999")) {
            assertThatThrownBy(() -> resource.recommendations("alice", parameters(k), List.of()))
                    .as(k)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("'" + k + "'");
        }
    }

    @Test
    void endUser_isToldOfThemselvesAlone() throws Exception {
        promote("v1");
        profiles.save(Profiles.profile(ProfileKey.user("alice"), List.of("lamp"), Profiles.vector(1, 0)));
        profiles.save(Profiles.profile(ProfileKey.user("bob"), List.of("lamp"), Profiles.vector(1, 0)));
        caller = new Caller.EndUser("alice");

        assertThat(resource.recommendations("alice", parameters("1"), List.of()).items())
                .hasSize(1);
        assertThat(resource.userProfile("alice").id()).isEqualTo("alice");
        assertThat(resource.score(new ScoreRequest("alice", List.of("tent"), null))
                        .items())
                .hasSize(1);
        assertForbidden("userId", () -> resource.recommendations("bob", parameters("1"), List.of()));
        assertForbidden("userId", () -> resource.userProfile("bob"));
        assertForbidden("userId", () -> resource.userProfile("nobody"));
        assertForbidden("userId", () -> resource.score(new ScoreRequest("bob", List.of("tent"), null)));
        assertForbidden("userIds", () -> resource.batch(batch("alice", "bob")));
        assertForbidden(null, () -> resource.users("", null, "20"));
    }

    @Test
    void service_isToldOfEverybody() throws Exception {
        promote("v1");
        caller = new Caller.Service();

        assertThat(resource.recommendations("bob", parameters("1"), List.of()).items())
                .hasSize(1);
        assertThat(resource.batch(batch("alice", "bob")).results()).hasSize(2);
        assertThat(resource.users("", null, "20").userIds()).containsExactly("alice", "bob");
    }

    @Test
    void users_arePagedInTheOrderOfTheirIds() throws Exception {
        promote("v1");

        Users first = resource.users("", null, "1");
        assertThat(first).isEqualTo(new Users("v1", List.of("alice"), "alice"));
        assertThat(resource.users("", first.next(), "1")).isEqualTo(new Users("v1", List.of("bob"), null));
        assertThat(resource.users("b", null, "5").userIds()).containsExactly("bob");
        assertThat(resource.users("z", null, "5").userIds()).isEmpty();
        assertThatThrownBy(() -> resource.users("", null, "101")).hasMessageContaining("'101'");
        assertThatThrownBy(() -> resource.users("x".repeat(257), null, "5")).hasMessageContaining("257 characters");
    }

    private static BatchRequest batch(String... userIds) throws Exception {
        return new ObjectMapper()
                .readValue(
                        new ObjectMapper().writeValueAsString(java.util.Map.of("userIds", List.of(userIds), "k", 1)),
                        BatchRequest.class);
    }

    private static void assertForbidden(String field, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(ProblemException.class, problem -> {
            Problem told = (Problem) problem.toResponse().getEntity();
            assertThat(told.status()).isEqualTo(403);
            assertThat(told.field()).isEqualTo(field);
        });
    }

    private void saveAWishAndWhatAnswersIt() {
        profiles.save(Profiles.profile(
                ProfileKey.user("alice"),
                List.of("lamp"),
                Profiles.vector(1, 0),
                Profiles.motivation(
                        Side.USER, Facet.DESIGN, Polarity.NEUTRAL, "wants it light", "alice", Profiles.vector(1))));
        profiles.save(Profiles.profile(
                ProfileKey.item("tent"),
                List.of("bob"),
                Profiles.vector(1, 0),
                Profiles.motivation(
                        Side.ITEM, Facet.DESIGN, Polarity.POSITIVE, "weighs nothing", "bob", Profiles.vector(1))));
    }

    private static ConditionParameters parameters(String k) {
        ConditionParameters parameters = new ConditionParameters();
        parameters.k = k;
        // training knew that alice had met the tent
        parameters.includeSeen = "true";
        parameters.items = List.of();
        parameters.excludeItems = List.of();
        parameters.kinds = List.of();
        parameters.excludeKinds = List.of();
        parameters.diversity = "0";
        return parameters;
    }

    private void promote(String version) throws Exception {
        repository.publish(HandMadeArtefact.in(folder.resolve(version), version));
        repository.promote(version);
    }
}
