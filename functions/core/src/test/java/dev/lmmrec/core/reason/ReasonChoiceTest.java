package dev.lmmrec.core.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.profile.ProfileMotivation.Quote;
import dev.lmmrec.core.reason.ReasonChoice.Chosen;
import dev.lmmrec.core.vector.DenseVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReasonChoiceTest {

    private static final int WIDTH = 6;

    private final ReasonChoice choice = new ReasonChoice(StatementWeights.UNLEARNT);

    @Test
    void everyReason_namesAMotiveThatRaisesTheScore_forAnyProfiles() {
        for (long seed = 1; seed <= 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Profile user = profile(ProfileKey.user("alice"), random, Side.USER, "alice");
            Profile item = profile(ProfileKey.item("tent"), random, Side.ITEM, "bob");
            Map<String, Double> summands = new HashMap<>();
            user.motivations().forEach(motive -> summands.put(motive.id(), random.nextDouble(-1, 1)));

            List<Chosen> chosen = choice.forUser(Optional.of(user)).of(new ItemSide(item), summands, Optional.empty());

            assertThat(chosen).as("seed %d", seed).hasSizeLessThanOrEqualTo(ReasonChoice.REASONS_MAX);
            Set<ProfileMotivation> named = new HashSet<>();
            for (Chosen reason : chosen) {
                reason.match().ifPresent(match -> {
                    assertThat(match.share())
                            .isEqualTo(summands.get(match.motive().id()))
                            .isPositive();
                    assertThat(user.motivations()).contains(match.motive());
                    assertThat(named.add(match.motive())).isTrue();
                });
                assertThat(named.add(reason.statement())).as("seed %d", seed).isTrue();
                assertThat(reason.statement().polarity()).isEqualTo(Polarity.POSITIVE);
            }
        }
    }

    @Test
    void ofTwoMotivesThatAnswerAlike_theOneThatRaisesTheScoreMoreIsNamed() {
        ProfileMotivation little = motivation(Side.USER, Facet.DESIGN, "wants it light", "alice", 1, 0.1f);
        ProfileMotivation much = motivation(Side.USER, Facet.DESIGN, "must carry it far", "alice", 1, 0.1f);
        ProfileMotivation isLight = motivation(Side.ITEM, Facet.DESIGN, "weighs nothing", "bob", 1, 0);

        List<Chosen> chosen = choice.forUser(Optional.of(profile(ProfileKey.user("alice"), little, much)))
                .of(
                        new ItemSide(profile(ProfileKey.item("tent"), isLight)),
                        Map.of(little.id(), 0.01, much.id(), 0.2),
                        Optional.empty());

        assertThat(chosen).singleElement().satisfies(reason -> assertThat(
                        reason.match().orElseThrow().motive())
                .isEqualTo(much));
    }

    @Test
    void order_putsFirstWhatWasLearntToBeSaidMore_andKeepsTheProfilesOrderOtherwise() {
        ProfileMotivation rare = motivation(Side.ITEM, Facet.DESIGN, "blue", "bob", 1, 0);
        ProfileMotivation common = motivation(Side.ITEM, Facet.FUNCTION, "keeps dry", "carl", 0, 1);
        Profile item = profile(ProfileKey.item("tent"), rare, common);

        assertThat(order(item, new StatementWeights(Map.of(), null))).containsExactly(rare, common);
        assertThat(order(item, new StatementWeights(Map.of(), DenseVector.of(0, 1, 0, 0, 0, 0))))
                .containsExactly(common, rare);
        assertThat(order(item, new StatementWeights(Map.of("words", 1.0), null)))
                .containsExactly(common, rare);
    }

    private static List<ProfileMotivation> order(Profile item, StatementWeights weights) {
        return new StatementRanking(weights).order(Optional.empty(), item);
    }

    @Test
    void order_followsTheProfile_whenItChangesUnderTheSameRanking() {
        ProfileMotivation dry = motivation(Side.ITEM, Facet.FUNCTION, "dry", "bob", 1, 0);
        ProfileMotivation roomy = motivation(Side.ITEM, Facet.DESIGN, "has room for three", "carl", 0, 1);
        StatementRanking ranking = new StatementRanking(new StatementWeights(Map.of("words", 1.0), null));
        ProfileKey tent = ProfileKey.item("tent");

        assertThat(ranking.order(Optional.empty(), profile(tent, dry))).containsExactly(dry);
        assertThat(ranking.order(Optional.empty(), profile(tent, dry, roomy))).containsExactly(roomy, dry);
        assertThat(ranking.order(Optional.empty(), profile(tent, dry))).containsExactly(dry);
    }

    @Test
    void features_countWhoAgreesInTheItem_andHowNearTheUserIs() {
        ProfileMotivation dry = motivation(Side.ITEM, Facet.FUNCTION, "keeps dry", "bob", 1, 0);
        ProfileMotivation dryToo = motivation(Side.ITEM, Facet.FUNCTION, "no drop came in", "carl", 0.8f, 0.6f);
        ProfileMotivation want = motivation(Side.USER, Facet.FUNCTION, "camps in the rain", "alice", 0.6f, 0.8f);
        StatementFeatures features = new StatementFeatures(
                Optional.of(profile(ProfileKey.user("alice"), want)), profile(ProfileKey.item("tent"), dry, dryToo));

        double[] found = features.of(dry);

        assertThat(found).hasSameSizeAs(StatementFeatures.NAMES.toArray());
        assertThat(found[StatementFeatures.NAMES.indexOf("alike-in-item")]).isCloseTo(0.8 / 2, within(1e-6));
        assertThat(found[StatementFeatures.NAMES.indexOf("same-reason-in-item")])
                .isCloseTo(Math.log(3), within(1e-6));
        assertThat(found[StatementFeatures.NAMES.indexOf("facet-in-item")]).isEqualTo(1);
        assertThat(found[StatementFeatures.NAMES.indexOf("nearest-want-of-facet")])
                .isCloseTo(0.6, within(1e-6));
    }

    @Test
    void weights_ofAnUnknownFeatureOrWithoutANumber_areRefused() throws Exception {
        assertThatThrownBy(() -> new StatementWeights(Map.of("colour", 1.0), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> new StatementWeights(Map.of("support", Double.NaN), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readValue(json.writeValueAsString(StatementWeights.UNLEARNT), StatementWeights.class))
                .isEqualTo(StatementWeights.UNLEARNT);
    }

    private static Profile profile(ProfileKey key, SplittableRandom random, Side side, String author) {
        List<ProfileMotivation> motivations = new ArrayList<>();
        int count = random.nextInt(12);
        for (int m = 0; m < count; m++) {
            motivations.add(motivation(
                    random.nextInt(4) == 0 ? Side.USER : side,
                    Facet.KNOWN.get(random.nextInt(3)),
                    "statement " + m,
                    author,
                    (float) random.nextDouble(-1, 1),
                    (float) random.nextDouble(-1, 1)));
        }
        return profile(key, motivations.toArray(ProfileMotivation[]::new));
    }

    private static Profile profile(ProfileKey key, ProfileMotivation... motivations) {
        return new Profile(key, 1, 4, List.of(), List.of(), List.of(motivations), "", null, null, null, 0);
    }

    private static ProfileMotivation motivation(
            Side side, Facet facet, String statement, String author, float... start) {
        float[] vector = new float[WIDTH];
        System.arraycopy(start, 0, vector, 0, start.length);
        return new ProfileMotivation(
                side,
                facet,
                Polarity.POSITIVE,
                statement,
                1,
                0.8,
                0.9,
                1_700_000_000L,
                List.of(new Quote("review-by-" + author, author, "some-item", statement)),
                DenseVector.of(vector));
    }
}
