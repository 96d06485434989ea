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
import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.graph.ItemGraph;
import dev.lmmrec.scoring.HandMadeArtefact;
import dev.lmmrec.scoring.Profiles;
import dev.lmmrec.scoring.feedback.Feedback;
import dev.lmmrec.scoring.feedback.FeedbackEvent;
import dev.lmmrec.scoring.feedback.FeedbackEvent.Kind;
import dev.lmmrec.scoring.ranking.Ranking.Ranked;
import dev.lmmrec.scoring.ranking.Ranking.Strategy;
import java.io.IOException;
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
        ranker = loaded(HandMadeArtefact.in(directory.resolve("v1"), "v1"));
    }

    @AfterEach
    void close() throws Exception {
        ranker.close();
    }

    /** Of a user who gave no feedback. */
    private Ranking rank(String userId, Optional<Profile> profile, Conditions conditions) {
        return ranker.rank(userId, profile, Feedback.none(userId), conditions);
    }

    private Ranking score(String userId, Optional<Profile> profile, List<String> candidates) {
        return ranker.score(userId, profile, Feedback.none(userId), candidates);
    }

    @Test
    void artefactWithAGraph_isSearchedAlongIt_andRanksTheSame() throws Exception {
        Artefact plain = HandMadeArtefact.in(directory.resolve("v2"), "v2");
        Files.delete(plain.file(ArtefactFiles.MANIFEST));
        ItemGraph.write(plain.itemVectors(), plain.file(ArtefactFiles.ITEM_GRAPH));
        Artefact artefact = Artefact.seal(plain.directory(), plain.manifest());
        assertThat(artefact.has(ArtefactFiles.ITEM_GRAPH)).isTrue();

        try (Ranker approximate = Ranker.load(artefact, 4)) {
            assertThat(approximate
                            .rank("alice", Optional.empty(), Feedback.none("alice"), best(3))
                            .items())
                    .isEqualTo(rank("alice", Optional.empty(), best(3)).items());
        }
    }

    @Test
    void itemThatCameAfterTraining_isRankedByItsWords_andByWhatInteractionsSayOfTheNearest() {
        Ranker both = ranker.with(List.of(arrived("hammock", 0, 3)));

        // all four items are its neighbours: (0.4, 0.4), popularity 0.625; its words are (0, 1) − (0.1, 0.1)
        List<Ranked> items = both.rank(
                        "alice",
                        Optional.of(user("alice", List.of(), Profiles.vector(0, 2))),
                        Feedback.none("alice"),
                        seenToo(5))
                .items();

        assertThat(items).extracting(Ranked::itemId).containsExactly("tent", "stove", "hammock", "lamp", "mug");
        assertThat(items.get(2).score()).isCloseTo(0.4 + 0.5 * 0.9 + 0.0625, within(1e-5));
        assertThat(items.get(2).kind()).containsExactly("gear", "Camping");
        assertThat(rank("alice", Optional.empty(), seenToo(5)).items())
                .as("the ranker it came from stays as it is")
                .hasSize(4);
    }

    @Test
    void itemThatCameAfterTraining_fulfilsTheSameConditions() {
        Ranker both = ranker.with(List.of(arrived("hammock", 0, 1), arrived("tarp", 1, 0)));
        Feedback none = Feedback.none("carol");
        Profile wrote = user("carol", List.of("hammock"), Profiles.vector(0, 1));

        assertThat(both.rank("carol", Optional.of(wrote), none, best(9)).items())
                .as("what the user has reviewed")
                .extracting(Ranked::itemId)
                .contains("tarp")
                .doesNotContain("hammock");
        assertThat(both.score("carol", Optional.of(wrote), none, List.of("hammock", "lamp"))
                        .items())
                .extracting(Ranked::itemId)
                .containsExactlyInAnyOrder("hammock", "lamp");
        assertThat(both.rank("carol", Optional.empty(), none, ofKind("camping")).items())
                .extracting(Ranked::itemId)
                .containsExactlyInAnyOrder("tent", "stove", "hammock", "tarp");
        assertThat(both.rank("carol", Optional.empty(), none, ofKind("two person tent"))
                        .items())
                .as("a name of several words is one")
                .extracting(Ranked::itemId)
                .containsExactly("tent");
        assertThat(both.similar("hammock", best(9)).orElseThrow().items())
                .extracting(Ranked::itemId)
                .doesNotContain("hammock")
                .contains("tarp", "lamp");
        assertThat(both.rank("carol", Optional.of(wrote), none, diverse(3)).items())
                .hasSize(3);
    }

    @Test
    void itemsThatTheArtefactKnows_areNotLetInTwice() {
        assertThat(ranker.knows("tent")).isTrue();
        assertThat(ranker.with(List.of(arrived("tent", 0, 1)))).isSameAs(ranker);
        assertThat(ranker.with(List.of(arrived("hammock", 0, 1))).knows("hammock"))
                .isFalse();
    }

    @Test
    void sameItems_giveTheSameRanker_andOthersAnother() {
        List<Arrived> first = List.of(arrived("hammock", 0, 1));
        Ranker both = ranker.with(first);

        assertThat(ranker.with(first)).isSameAs(both);
        assertThat(ranker.with(List.of(first.get(0), arrived("tarp", 1, 0)))
                        .score("alice", Optional.empty(), Feedback.none("alice"), List.of("hammock", "tarp"))
                        .items())
                .hasSize(2);
        assertThat(ranker.with(List.of())).isSameAs(ranker);
    }

    @Test
    void artefactThatDoesNotSayHow_letsNothingIn() throws Exception {
        Artefact sound = HandMadeArtefact.in(directory.resolve("v4"), "v4");
        Files.delete(sound.file(ArtefactFiles.MANIFEST));
        Files.delete(sound.file(ArtefactFiles.ITEM_CENTRE));
        try (Ranker old = loaded(Artefact.seal(sound.directory(), sound.manifest()))) {
            assertThat(old.with(List.of(arrived("hammock", 0, 1)))).isSameAs(old);
        }
    }

    private static Arrived arrived(String itemId, float... text) {
        return new Arrived(itemId, List.of("gear", "Camping"), Profiles.vector(text));
    }

    /** All items are looked at. */
    private static Ranker loaded(Artefact artefact) throws IOException, DamagedArtefactException {
        return Ranker.load(artefact, Integer.MAX_VALUE);
    }

    private static Conditions best(int k) {
        return new Conditions(
                k, false, Set.of(), Set.of(), Set.of(), Set.of(), OptionalDouble.empty(), Optional.empty(), 0);
    }

    /** What the user has met is among them. */
    private static Conditions seenToo(int k) {
        return new Conditions(
                k, true, Set.of(), Set.of(), Set.of(), Set.of(), OptionalDouble.empty(), Optional.empty(), 0);
    }

    private static Conditions ofKind(String word) {
        return new Conditions(
                9, false, Set.of(), Set.of(), Set.of(word), Set.of(), OptionalDouble.empty(), Optional.empty(), 0);
    }

    private static Conditions diverse(int k) {
        return new Conditions(
                k, false, Set.of(), Set.of(), Set.of(), Set.of(), OptionalDouble.empty(), Optional.empty(), 0.5);
    }

    @Test
    void artefactWhoseManifestPromisesOtherWidths_isRefusedBeforeAnyRequest() throws Exception {
        Artefact sound = HandMadeArtefact.in(directory.resolve("v3"), "v3");
        Files.delete(sound.file(ArtefactFiles.MANIFEST));
        Files.delete(sound.file(ArtefactFiles.ITEM_CENTRE));
        Manifest manifest = sound.manifest();
        Manifest.Dims dims = manifest.dims();
        // one less here and one more there is as wide as before: the item vectors alone do not tell
        Artefact odd = Artefact.seal(
                sound.directory(),
                new Manifest(
                        manifest.formatVersion(),
                        manifest.name(),
                        manifest.version(),
                        manifest.createdAt(),
                        new Manifest.Dims(
                                dims.text(), dims.aligned() - 1, dims.interaction(), dims.words(), dims.common() + 1),
                        manifest.encoderId(),
                        manifest.dataFingerprint(),
                        manifest.users(),
                        manifest.items(),
                        manifest.metrics(),
                        manifest.provenance(),
                        manifest.fusion(),
                        List.of()));

        assertThatThrownBy(() -> loaded(odd))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining("vectors of %d and %d numbers, the manifest says %d and %d"
                        .formatted(dims.aligned(), dims.known(), dims.aligned() - 1, dims.known() + 1));
    }

    @Test
    void knownUser_isRankedByInteractionsTextAndPopularity() {
        // text vector (0, 1): score = <e_u, e_i> + 0.5 <(0, 1), z_i> + 0.1 popularity
        Ranking ranking = rank("alice", Optional.of(user("alice", List.of(), Profiles.vector(0, 2))), seenToo(4));

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
        Ranking ranking = rank("bob", Optional.empty(), seenToo(1));

        assertThat(ranking.strategy()).isEqualTo(Strategy.PERSONAL);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("lamp");
    }

    @Test
    void newUser_withText_isRankedByWordsAlone() {
        Ranking ranking = rank("carol", Optional.of(user("carol", List.of(), Profiles.vector(0, 1))), best(2));

        assertThat(ranking.strategy()).isEqualTo(Strategy.TEXT_ONLY);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("lamp", "stove");
    }

    @Test
    void unknownUser_getsPopularItems() {
        Ranking ranking = rank("nobody", Optional.empty(), best(4));

        assertThat(ranking.strategy()).isEqualTo(Strategy.POPULAR);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("tent", "lamp", "stove", "mug");
    }

    @Test
    void alignedVector_ofThisArtefact_isUsedAndOfAnotherIsNot() {
        DenseVector aligned = DenseVector.of(0, 1);
        Profile fresh = user("carol", List.of(), Profiles.vector(1, 0)).withAligned(aligned, "v1");
        Profile stale = user("carol", List.of(), Profiles.vector(1, 0)).withAligned(aligned, "v0");

        assertThat(rank("carol", Optional.of(fresh), best(1)).items())
                .extracting(Ranked::itemId)
                .containsExactly("lamp");
        assertThat(rank("carol", Optional.of(stale), best(1)).items())
                .extracting(Ranked::itemId)
                .containsExactly("tent");
    }

    @Test
    void reviewedItems_areLeftOut_andSoManyFewerComeBack() {
        Profile profile = user("alice", List.of("tent", "stove", "not-in-the-artefact"), Profiles.vector(0, 1));

        assertThat(rank("alice", Optional.of(profile), best(4)).items())
                .extracting(Ranked::itemId)
                .containsExactly("lamp", "mug");
    }

    @Test
    void itemsThatTrainingKnewAKnownUserHadMet_areLeftOut_whateverTheProfileStillHolds() {
        Profile latest = user("alice", List.of("lamp"), Profiles.vector(0, 1));

        assertThat(rank("alice", Optional.of(latest), best(4)).items())
                .as("the tent is in the history alone")
                .extracting(Ranked::itemId)
                .containsExactly("stove", "mug");
        assertThat(rank("bob", Optional.empty(), best(4)).items())
                .as("no profile at all")
                .extracting(Ranked::itemId)
                .containsExactlyInAnyOrder("tent", "stove", "mug");
        assertThat(score("alice", Optional.of(latest), List.of("tent", "lamp")).items())
                .as("candidates that are given")
                .hasSize(2);
    }

    @Test
    void moreItemsThanThereAre_areNotRefused() {
        assertThat(rank("nobody", Optional.empty(), best(100)).items()).hasSize(4);
    }

    @Test
    void artefact_whoseGraphIsNone_isRefusedByName() throws Exception {
        Path broken = directory.resolve("broken");
        HandMadeArtefact.in(broken, "v2");
        Files.writeString(broken.resolve(ArtefactFiles.TEXT_ENCODER), "no graph");
        Files.delete(broken.resolve(ArtefactFiles.MANIFEST));
        Artefact sealed = Artefact.seal(broken, ranker.manifest());

        assertThatThrownBy(() -> loaded(sealed))
                .isInstanceOf(DamagedArtefactException.class)
                .hasMessageContaining(ArtefactFiles.TEXT_ENCODER);
    }

    @Test
    void score_isTheSumOfItsParts() {
        Ranking ranking = rank("alice", Optional.of(user("alice", List.of(), Profiles.vector(0, 2))), seenToo(4));

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

        Ranked with =
                score("alice", Optional.of(alice), List.of("lamp")).items().get(0);
        Ranked without = score("alice", Optional.of(alice.withoutMotivations(Set.of(wantsLight.id()))), List.of("lamp"))
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

        Ranking ranking = rank("carol", Optional.of(carol), best(1));

        assertThat(ranking.strategy()).isEqualTo(Strategy.TEXT_ONLY);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("lamp");
    }

    @Test
    void boughtItem_isSeenAndCountsAsAnInteractionAtOnce() {
        Feedback bought = Feedback.none("alice").with(new FeedbackEvent("e", Kind.BOUGHT, List.of("lamp"), null, 1));
        Conditions all = best(4);

        Ranking before = rank("alice", Optional.empty(), all);
        Ranking after = ranker.rank("alice", Optional.empty(), bought, all);

        // training knew of the tent: the row moves by (h_tent + h_lamp)/√2 − h_tent, where h is the item's own vector
        assertThat(after.items()).extracting(Ranked::itemId).doesNotContain("lamp");
        double stove = 0.6 * (1 + 1 / Math.sqrt(2) - 1) + 0.6 / Math.sqrt(2);
        assertThat(interactionOf(before, "stove")).isCloseTo(0.6, within(1e-6));
        assertThat(interactionOf(after, "stove")).isCloseTo(stove, within(1e-6));
    }

    private static double interactionOf(Ranking ranking, String itemId) {
        return ranking.items().stream()
                .filter(item -> item.itemId().equals(itemId))
                .findFirst()
                .orElseThrow()
                .parts()
                .interaction();
    }

    @Test
    void newUser_whoMetKnownItems_isRankedByThem() {
        Ranking ranking = rank("carol", Optional.of(user("carol", List.of("tent"), null)), best(1));

        assertThat(ranking.strategy()).isEqualTo(Strategy.HISTORY);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("stove");
        assertThat(interactionOf(ranking, "stove")).isCloseTo(0.6, within(1e-6));
    }

    @Test
    void interactionsThatTrainingKnew_moveNothing() {
        Profile alice = user("alice", List.of("tent"), Profiles.vector(0, 2));

        assertThat(interactionOf(rank("alice", Optional.of(alice), best(4)), "stove"))
                .isEqualTo(interactionOf(rank("alice", Optional.empty(), best(4)), "stove"));
    }

    @Test
    void motive_thatIsNoReason_countsHalf() {
        ProfileMotivation wantsLight = Profiles.motivation(
                Side.USER, Facet.DESIGN, Polarity.NEUTRAL, "wants light", "alice", Profiles.vector(0, 1));
        Optional<Profile> alice =
                Optional.of(Profiles.profile(ProfileKey.user("alice"), List.of(), Profiles.vector(1), wantsLight));
        Feedback lowered = Feedback.none("alice")
                .with(new FeedbackEvent("e", Kind.NOT_FOR_THIS_REASON, List.of(), wantsLight.id(), 1));

        double before =
                score("alice", alice, List.of("lamp")).items().get(0).parts().motives();
        double after = ranker.score("alice", alice, lowered, List.of("lamp"))
                .items()
                .get(0)
                .parts()
                .motives();

        assertThat(before).isPositive();
        assertThat(after).isCloseTo(before / 2, within(1e-6));
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
        return rank(
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

        assertThat(rank("alice", Optional.of(profile), seenToo(4)).items()).hasSize(4);
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
        return rank(
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

        Ranking ranking = score("alice", Optional.of(profile), List.of("mug", "tent", "unknown", "mug"));

        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("tent", "mug");
    }

    @Test
    void similarItems_areTheNearestOnesWithoutTheItemItself() {
        Ranking ranking = ranker.similar("tent", best(10)).orElseThrow();

        assertThat(ranking.strategy()).isEqualTo(Strategy.SIMILAR);
        assertThat(ranking.items()).extracting(Ranked::itemId).containsExactly("stove", "lamp", "mug");
        assertThat(ranking.items().get(0).score()).isCloseTo(0.6 + 0.75 * 0.7, within(1e-5));
        assertThat(ranker.similar("unknown", best(10))).isEmpty();
    }

    private static Profile user(String id, List<String> seen, DenseVector text) {
        return Profiles.profile(ProfileKey.user(id), seen, text);
    }
}
