package dev.lmmrec.scoring.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.scoring.HandMadeArtefact;
import dev.lmmrec.scoring.Profiles;
import dev.lmmrec.scoring.ranking.Ranking.Ranked;
import dev.lmmrec.scoring.ranking.Ranking.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankerTest {

    @TempDir
    Path directory;

    private Ranker ranker;

    @BeforeEach
    void load() throws Exception {
        ranker = Ranker.load(HandMadeArtefact.in(directory.resolve("v1"), "v1"));
    }

    @AfterEach
    void close() throws Exception {
        ranker.close();
    }

    @Test
    void knownUser_isRankedByInteractionsTextAndPopularity() {
        // text vector (0, 1): score = <e_u, e_i> + 0.5 <(0, 1), z_i> + 0.1 popularity
        Ranking ranking =
                ranker.rank("alice", Optional.of(user("alice", List.of(), Profiles.vector(0, 2))), Conditions.best(4));

        assertThat(ranking.strategy()).isEqualTo(Strategy.PERSONAL);
        assertThat(ranking.modelVersion()).isEqualTo("v1");
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("tent", "stove", "lamp", "mug");
        assertThat(ranking.items().get(0).score()).isCloseTo(1 + 0 + 0.1, within(1e-5));
        assertThat(ranking.items().get(1).score()).isCloseTo(0.6 + 0.35 + 0.05, within(1e-5));
        assertThat(ranking.items().get(2).score()).isCloseTo(0 + 0.5 + 0.075, within(1e-5));
        assertThat(ranking.items().get(3).score()).isCloseTo(0.025, within(1e-5));
    }

    @Test
    void knownUser_withoutProfile_isRankedByInteractions() {
        Ranking ranking = ranker.rank("bob", Optional.empty(), Conditions.best(1));

        assertThat(ranking.strategy()).isEqualTo(Strategy.PERSONAL);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("lamp");
    }

    @Test
    void newUser_withText_isRankedByWordsAlone() {
        Ranking ranking =
                ranker.rank("carol", Optional.of(user("carol", List.of(), Profiles.vector(0, 1))), Conditions.best(2));

        assertThat(ranking.strategy()).isEqualTo(Strategy.TEXT_ONLY);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("lamp", "stove");
    }

    @Test
    void unknownUser_getsPopularItems() {
        Ranking ranking = ranker.rank("nobody", Optional.empty(), Conditions.best(4));

        assertThat(ranking.strategy()).isEqualTo(Strategy.POPULAR);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("tent", "lamp", "stove", "mug");
    }

    @Test
    void alignedVector_ofThisArtefact_isUsedAndOfAnotherIsNot() {
        DenseVector aligned = DenseVector.of(0, 1);
        Profile fresh = user("carol", List.of(), Profiles.vector(1, 0)).withAligned(aligned, "v1");
        Profile stale = user("carol", List.of(), Profiles.vector(1, 0)).withAligned(aligned, "v0");

        assertThat(ranker.rank("carol", Optional.of(fresh), Conditions.best(1)).items())
                .extracting(Ranked::itemId)
                .containsExactly("lamp");
        assertThat(ranker.rank("carol", Optional.of(stale), Conditions.best(1)).items())
                .extracting(Ranked::itemId)
                .containsExactly("tent");
    }

    @Test
    void reviewedItems_areLeftOut_andSoManyFewerComeBack() {
        Profile profile = user("alice", List.of("tent", "stove", "not-in-the-artefact"), Profiles.vector(0, 1));

        assertThat(ranker.rank("alice", Optional.of(profile), Conditions.best(4))
                        .items())
                .extracting(Ranked::itemId)
                .containsExactly("lamp", "mug");
    }

    @Test
    void moreItemsThanThereAre_areNotRefused() {
        assertThat(ranker.rank("alice", Optional.empty(), Conditions.best(100)).items())
                .hasSize(4);
    }

    @Test
    void artefact_whoseGraphIsNone_isRefusedByName() throws Exception {
        Path broken = directory.resolve("broken");
        HandMadeArtefact.in(broken, "v2");
        Files.writeString(broken.resolve(ArtefactFiles.TEXT_ENCODER), "no graph");
        Files.delete(broken.resolve(ArtefactFiles.MANIFEST));
        Artefact sealed = Artefact.seal(broken, ranker.manifest());

        assertThatThrownBy(() -> Ranker.load(sealed))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining(ArtefactFiles.TEXT_ENCODER);
    }

    @Test
    void score_isTheSumOfItsParts() {
        Ranking ranking =
                ranker.rank("alice", Optional.of(user("alice", List.of(), Profiles.vector(0, 2))), Conditions.best(4));

        assertThat(ranking.items()).allSatisfy(item -> assertThat(item.parts().interaction()
                        + item.parts().text()
                        + item.parts().motives()
                        + item.parts().popularity())
                .isCloseTo(item.score(), within(1e-5)));
        assertThat(ranking.items().get(2).parts()).satisfies(lamp -> {
            assertThat(lamp.interaction()).isZero();
            assertThat(lamp.text()).isCloseTo(0.5, within(1e-5));
            assertThat(lamp.popularity()).isCloseTo(0.075, within(1e-5));
        });
    }

    @Test
    void motive_addsItsSummand_andWithoutItTheScoreIsLowerByThat() {
        ProfileMotivation wantsLight = Profiles.motivation(
                Side.USER, Facet.DESIGN, Polarity.NEUTRAL, "wants light", "alice", Profiles.vector(0, 1));
        Profile alice = Profiles.profile(
                ProfileKey.user("alice"), List.of("mug", "stove", "tent", "x"), Profiles.vector(1), wantsLight);

        Ranked with = ranker.score("alice", Optional.of(alice), List.of("lamp"))
                .items()
                .get(0);
        Ranked without = ranker.score(
                        "alice", Optional.of(alice.withoutMotivations(Set.of(wantsLight.id()))), List.of("lamp"))
                .items()
                .get(0);

        // strength 0.8 · confidence 0.9 / √4 reviews, by the weight of motives
        double summand = 0.25 * 0.8 * 0.9 / 2;
        assertThat(with.parts().motives()).isCloseTo(summand, within(1e-6));
        assertThat(with.summands()).hasSize(1).hasEntrySatisfying(wantsLight.id(), found -> assertThat(found)
                .isCloseTo(summand, within(1e-6)));
        assertThat(with.score() - without.score()).isCloseTo(summand, within(1e-6));
        assertThat(without.summands()).isEmpty();
        assertThat(without.parts().text()).isEqualTo(with.parts().text());
    }

    @Test
    void newUser_ofWhomOnlyMotivesAreKnown_isRankedByThem() {
        Profile carol = Profiles.profile(
                ProfileKey.user("carol"),
                List.of(),
                null,
                Profiles.motivation(
                        Side.USER, Facet.DESIGN, Polarity.NEUTRAL, "wants light", "carol", Profiles.vector(0, 1)));

        Ranking ranking = ranker.rank("carol", Optional.of(carol), Conditions.best(1));

        assertThat(ranking.strategy()).isEqualTo(Strategy.TEXT_ONLY);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("lamp");
    }

    @Test
    void conditions_leaveOutWhatDoesNotFulfilThem() {
        Optional<Profile> alice = Optional.of(user("alice", List.of("tent"), Profiles.vector(0, 2)));

        assertThat(idsOf(alice, Set.of(), Set.of(), Set.of("CAMPING"), Set.of(), 0))
                .containsExactly("stove");
        assertThat(idsOf(alice, Set.of(), Set.of(), Set.of(), Set.of("camping"), 0))
                .containsExactly("lamp", "mug");
        assertThat(idsOf(alice, Set.of("mug", "lamp", "unknown"), Set.of(), Set.of(), Set.of(), 0))
                .containsExactly("lamp", "mug");
        assertThat(idsOf(alice, Set.of(), Set.of("lamp", "unknown"), Set.of(), Set.of(), 0))
                .containsExactly("stove", "mug");
        assertThat(idsOf(alice, Set.of(), Set.of(), Set.of("nothing is called so"), Set.of(), 0))
                .isEmpty();
        assertThat(idsOf(alice, Set.of(), Set.of(), Set.of(), Set.of(), 0.5)).containsExactly("stove", "lamp");
    }

    private List<String> idsOf(
            Optional<Profile> user,
            Set<String> items,
            Set<String> without,
            Set<String> kinds,
            Set<String> withoutKinds,
            double scoreMin) {
        OptionalDouble least = scoreMin == 0 ? OptionalDouble.empty() : OptionalDouble.of(scoreMin);
        return ranker
                .rank(
                        "alice",
                        user,
                        new Conditions(10, false, items, without, kinds, withoutKinds, least, Optional.empty(), 0))
                .items()
                .stream()
                .map(Ranked::itemId)
                .toList();
    }

    @Test
    void seenItems_comeBackWhenTheyAreAskedFor() {
        Profile profile = user("alice", List.of("tent"), Profiles.vector(0, 1));
        Conditions seenToo = new Conditions(
                4, true, Set.of(), Set.of(), Set.of(), Set.of(), OptionalDouble.empty(), Optional.empty(), 0);

        assertThat(ranker.rank("alice", Optional.of(profile), seenToo).items()).hasSize(4);
    }

    @Test
    void facet_turnsTheRankingTowardsWhatTheUserWantsForThatReason() {
        Profile alice = Profiles.profile(
                ProfileKey.user("carol"),
                List.of(),
                Profiles.vector(1, 0),
                Profiles.motivation(
                        Side.USER, Facet.DESIGN, Polarity.NEUTRAL, "wants light", "carol", Profiles.vector(0, 1)));

        assertThat(firstOf(alice, Optional.empty())).isEqualTo("tent");
        assertThat(firstOf(alice, Optional.of(Facet.DESIGN))).isEqualTo("stove");
        assertThat(firstOf(alice, Optional.of(Facet.PRICE)))
                .as("no such motive")
                .isEqualTo("tent");
    }

    private String firstOf(Profile carol, Optional<Facet> facet) {
        return ranker.rank(
                        "carol",
                        Optional.of(carol),
                        new Conditions(
                                1, false, Set.of(), Set.of(), Set.of(), Set.of(), OptionalDouble.empty(), facet, 0))
                .items()
                .get(0)
                .itemId();
    }

    @Test
    void candidates_areScoredAlsoIfTheyWereSeen_andUnknownOnesAreNot() {
        Profile profile = user("alice", List.of("tent"), Profiles.vector(0, 2));

        Ranking ranking = ranker.score("alice", Optional.of(profile), List.of("mug", "tent", "unknown", "mug"));

        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("tent", "mug");
    }

    @Test
    void similarItems_areTheNearestOnesWithoutTheItemItself() {
        Ranking ranking = ranker.similar("tent", Conditions.best(10)).orElseThrow();

        assertThat(ranking.strategy()).isEqualTo(Strategy.SIMILAR);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("stove", "lamp", "mug");
        assertThat(ranking.items().get(0).score()).isCloseTo(0.6 + 0.75 * 0.7, within(1e-5));
        assertThat(ranker.similar("unknown", Conditions.best(10))).isEmpty();
    }

    private static Profile user(String id, List<String> seen, DenseVector text) {
        return Profiles.profile(ProfileKey.user(id), seen, text);
    }
}
