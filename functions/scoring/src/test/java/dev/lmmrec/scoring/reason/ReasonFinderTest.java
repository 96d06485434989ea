package dev.lmmrec.scoring.reason;

import static dev.lmmrec.scoring.Profiles.motivation;
import static dev.lmmrec.scoring.Profiles.vector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.reason.ItemSide;
import dev.lmmrec.core.reason.ReasonChoice;
import dev.lmmrec.core.reason.StatementWeights;
import dev.lmmrec.scoring.Profiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReasonFinderTest {

    private static final ProfileMotivation WANTS_LIGHT =
            motivation(Side.USER, Facet.DESIGN, Polarity.NEUTRAL, "wants it light", "alice", vector(1, 0));
    private static final ProfileMotivation WANTS_WARM =
            motivation(Side.USER, Facet.FUNCTION, Polarity.NEUTRAL, "is a cold sleeper", "alice", vector(0, 1));
    private static final ProfileMotivation IS_LIGHT =
            motivation(Side.ITEM, Facet.DESIGN, Polarity.POSITIVE, "weighs nothing", "bob", vector(0.9f, 0.1f));
    private static final ProfileMotivation IS_WARM =
            motivation(Side.ITEM, Facet.FUNCTION, Polarity.POSITIVE, "warm at minus five", "bob", vector(0.1f, 0.9f));
    private static final ProfileMotivation IS_HEAVY =
            motivation(Side.ITEM, Facet.DESIGN, Polarity.NEGATIVE, "heavier than stated", "carl", vector(1, 0));

    private final ReasonChoice choice = new ReasonChoice(StatementWeights.UNLEARNT);

    /** Every motive raises the score by a tenth. */
    private List<Reason> reasonsFor(Optional<Profile> user, Profile item, Optional<Facet> facet) {
        Map<String, Double> summands = user.map(Profile::motivations).orElse(List.of()).stream()
                .collect(Collectors.toMap(ProfileMotivation::id, motive -> 0.1));
        return new ReasonFinder(choice, user).reasonsFor(new ItemSide(item), summands, facet);
    }

    @Test
    void motive_thatDoesNotRaiseTheScore_isNotNamed() {
        List<Reason> reasons = new ReasonFinder(choice, user(WANTS_WARM, WANTS_LIGHT))
                .reasonsFor(
                        new ItemSide(item(IS_LIGHT, IS_WARM)),
                        Map.of(WANTS_WARM.id(), -0.1, WANTS_LIGHT.id(), 0.2),
                        Optional.empty());

        assertThat(reasons).singleElement().satisfies(reason -> {
            assertThat(reason.user().id()).isEqualTo(WANTS_LIGHT.id());
            assertThat(reason.share()).isEqualTo(0.2);
        });
    }

    @Test
    void needs_meetTheTraitsThatAnswerThem() {
        List<Reason> reasons = reasonsFor(user(WANTS_WARM, WANTS_LIGHT), item(IS_LIGHT, IS_WARM), Optional.empty());

        assertThat(reasons)
                .extracting(reason ->
                        reason.user().statement() + " / " + reason.item().statement())
                .containsExactlyInAnyOrder("wants it light / weighs nothing", "is a cold sleeper / warm at minus five");
    }

    @Test
    void sentence_quotesBothSidesAndClaimsNoCause() {
        Reason reason =
                reasonsFor(user(WANTS_LIGHT), item(IS_LIGHT), Optional.empty()).get(0);

        assertThat(reason.sentence())
                .isEqualTo("matches what you wrote: “wants it light, says alice”;"
                        + " others say: “weighs nothing, says bob”")
                .doesNotContain("because");
    }

    @Test
    void traitThatDispleased_isNoReason() {
        assertThat(reasonsFor(user(WANTS_LIGHT), item(IS_HEAVY), Optional.empty()))
                .isEmpty();
    }

    @Test
    void usersOwnWordsOnTheItem_areNotWhatOthersSay() {
        ProfileMotivation own =
                motivation(Side.ITEM, Facet.DESIGN, Polarity.POSITIVE, "so light", "alice", vector(1, 0));

        assertThat(reasonsFor(user(WANTS_LIGHT), item(own), Optional.empty())).isEmpty();
    }

    @Test
    void statementsWithNothingInCommon_areNotPaired() {
        List<Reason> reasons = reasonsFor(user(WANTS_WARM), item(IS_LIGHT), Optional.empty());

        assertThat(reasons).hasSize(1);
        assertThat(reasons.get(0).user()).isNull();
        assertThat(reasons.get(0).sentence()).isEqualTo("others like it: “weighs nothing, says bob”");
    }

    @Test
    void unknownUser_readsWhatOthersPraise() {
        List<Reason> reasons = reasonsFor(Optional.empty(), item(IS_HEAVY, IS_WARM), Optional.empty());

        assertThat(reasons).hasSize(1);
        assertThat(reasons.get(0).user()).isNull();
        assertThat(reasons.get(0).item().statement()).isEqualTo("warm at minus five");
    }

    @Test
    void oneMotivation_servesOneReasonOnly() {
        ProfileMotivation alsoLight =
                motivation(Side.ITEM, Facet.DESIGN, Polarity.POSITIVE, "light as a feather", "dora", vector(1, 0));

        assertThat(reasonsFor(user(WANTS_LIGHT), item(IS_LIGHT, alsoLight), Optional.empty()))
                .hasSize(1);
    }

    private static Optional<Profile> user(ProfileMotivation... motivations) {
        return Optional.of(Profiles.profile(ProfileKey.user("alice"), List.of(), vector(1), motivations));
    }

    private static Profile item(ProfileMotivation... motivations) {
        return Profiles.profile(ProfileKey.item("tent"), List.of(), vector(1), motivations);
    }

    @Test
    void facet_thatIsAskedFor_isTheOnlyOneGiven() {
        List<Reason> reasons =
                reasonsFor(user(WANTS_WARM, WANTS_LIGHT), item(IS_LIGHT, IS_WARM), Optional.of(IS_WARM.facet()));

        assertThat(reasons).extracting(Reason::facet).containsExactly(IS_WARM.facet());
        assertThat(reasonsFor(user(WANTS_LIGHT), item(IS_LIGHT), Optional.of(new Facet("no-such-thing"))))
                .isEmpty();
    }
}
