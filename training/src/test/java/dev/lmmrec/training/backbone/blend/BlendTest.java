package dev.lmmrec.training.backbone.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.backbone.Popularity;
import dev.lmmrec.training.backbone.blend.BlendSearch.Found;
import dev.lmmrec.training.backbone.blend.BlendSearch.Objective;
import dev.lmmrec.training.backbone.linear.Ease;
import dev.lmmrec.training.backbone.linear.ItemNeighbours;
import dev.lmmrec.training.backbone.linear.Tastes;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.HistoryScorer;
import dev.lmmrec.training.evaluation.Metrics;
import dev.lmmrec.training.evaluation.Scorer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlendTest {

    private static final int USERS = 150;
    private static final int ITEMS = 90;

    private final Interactions[] parts = Tastes.grouped(USERS, ITEMS, 3, 21);
    private final Interactions train = parts[0];
    private final Interactions heldOut = parts[1];

    @Test
    void standardisedRow_hasMeanZeroAndDeviationOneOverWhatWasNotMet() {
        float[] scores = {100, 1, 2, 3, 6};

        StandardRow.standardise(scores, new int[] {0});

        double deviation = Math.sqrt((4 + 1 + 0 + 9) / 4.0);
        assertThat(scores[1]).isEqualTo((float) (-2 / deviation), within(1e-6f));
        assertThat(scores[4]).isEqualTo((float) (3 / deviation), within(1e-6f));
    }

    @Test
    void standardisedRow_ofEqualScores_isZero() {
        float[] scores = {0.1f, 0.1f, 0.1f, 0.1f};

        StandardRow.standardise(scores, new int[0]);

        assertThat(scores).containsOnly(0f);
    }

    @Test
    void blend_ofTwoParts_isTheWeightedSumOfTheirStandardisedRows() {
        Interactions none = Interactions.of(1, 3, List.<Pair>of());
        Scorer one = (user, scores) -> System.arraycopy(new float[] {0, 2, 4}, 0, scores, 0, 3);
        Scorer other = (user, scores) -> System.arraycopy(new float[] {60, 30, 0}, 0, scores, 0, 3);

        float[] scores = Tastes.scores(
                Blend.of(List.of(new Part("one", one), new Part("other", other)), Weighting.fixed(1, 0.5), none), 0, 3);

        float unit = (float) Math.sqrt(1.5);
        assertThat(scores).containsExactly(new float[] {-0.5f * unit, 0, 0.5f * unit}, within(1e-6f));
    }

    @Test
    void blend_scaledParts_scoresAlike() {
        Scorer ease = new Ease(5).fit(train);
        Scorer thousandfold = (user, scores) -> {
            ease.score(user, scores);
            for (int item = 0; item < scores.length; item++) {
                scores[item] = 1_000 * scores[item] + 7;
            }
        };
        float[] plain = Tastes.scores(blend(new Part("ease", ease)), 4, ITEMS);

        assertThat(Tastes.scores(blend(new Part("ease", thousandfold)), 4, ITEMS))
                .containsExactly(plain, within(1e-3f));
    }

    @Test
    void blend_ofHistoryScorers_scoresAHistoryAsTheUserWhoHasIt() {
        Blend blend = Blend.of(
                List.of(
                        new Part("ease", new Ease(5).fit(train)),
                        new Part("knn", new ItemNeighbours(10, 1).fit(train))),
                Weighting.fixed(1, 0.3),
                train);
        float[] byHistory = new float[ITEMS];

        assertThat(blend).isInstanceOf(HistoryScorer.class);
        ((HistoryScorer) blend).score(train.itemsOf(12), byHistory);

        assertThat(byHistory).containsExactly(Tastes.scores(blend, 12, ITEMS));
    }

    @Test
    void blend_withAPartThatKnowsUsersAlone_isNoHistoryScorer() {
        assertThat(blend(new Part("popularity", new Popularity().fit(train)))).isNotInstanceOf(HistoryScorer.class);
    }

    @Test
    void weighting_byInteractions_letsNewcomersHaveOtherWeights() {
        List<Part> both =
                List.of(new Part("ease", new Ease(5).fit(train)), new Part("floor", new Popularity().fit(train)));
        Blend blend = Blend.of(both, met -> met < 3 ? new double[] {0, 1} : new double[] {1, 0}, train);
        int newcomer = userWith(0, 2);
        int regular = userWith(8, ITEMS);

        assertThat(Tastes.scores(blend, regular, ITEMS))
                .containsExactly(Tastes.scores(blend(both.get(0)), regular, ITEMS));
        if (newcomer >= 0) {
            assertThat(Tastes.scores(blend, newcomer, ITEMS))
                    .containsExactly(Tastes.scores(blend(both.get(1)), newcomer, ITEMS));
        }
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void search_overATasteAndNoise_dropsTheNoiseAndMeasuresWhatEvaluationDoes(Objective objective) {
        Scorer taste = new Ease(5).fit(train);

        Found found = new BlendSearch(train, heldOut, objective)
                .search(List.of(new Part("noise", noise(1)), new Part("taste", taste)));

        Metrics metrics = new Evaluation(train, heldOut).of(found.blend());
        double expected =
                switch (objective) {
                    case RECALL -> metrics.recallAt(20);
                    case NDCG -> metrics.ndcgAt(20);
                    case BOTH -> (metrics.recallAt(20) + metrics.ndcgAt(20)) / 2;
                };
        assertThat(found.value()).isEqualTo(expected, within(1e-9));
        assertThat(found.contributions().get(1).weight()).isEqualTo(1);
        assertThat(found.contributions().get(0).weight()).isLessThan(0.2);
    }

    @Test
    void search_overTwoHalvesOfATaste_beatsEitherAndSaysWhatEachGives() {
        // each half knows the taste with noise of its own, so that together they know it better
        Scorer taste = new Ease(5).fit(train);
        List<Part> halves = List.of(new Part("one", noisy(taste, 1)), new Part("other", noisy(taste, 2)));

        Found found = new BlendSearch(train, heldOut, Objective.NDCG).search(halves);

        found.contributions().forEach(contribution -> {
            assertThat(found.value()).isGreaterThan(contribution.alone() + 0.02);
            assertThat(found.value()).isGreaterThan(contribution.without() + 0.02);
            assertThat(contribution.weight()).isBetween(0.4, 1.0);
        });
        assertThat(found.contributions().get(0).toString()).startsWith("one: weight ");
    }

    @Test
    void search_twice_findsTheSame() {
        List<Part> some = List.of(new Part("ease", new Ease(5).fit(train)), new Part("noise", noise(3)));
        BlendSearch search = new BlendSearch(train, heldOut, Objective.NDCG);

        assertThat(search.search(some).contributions())
                .isEqualTo(search.search(some).contributions());
    }

    @Test
    void fixedBlend_fitsItsParts() {
        Blend fitted =
                new FixedBlend(List.of(new Ease(5), new ItemNeighbours(10, 1)), Weighting.fixed(1, 0.3)).fit(train);

        assertThat(fitted.parts()).extracting(Part::name).containsExactly("ease", "item-knn");
        assertThat(new Evaluation(train, heldOut).of(fitted).recallAt(20)).isGreaterThan(0.5);
    }

    @Test
    void blends_ofNothing_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Weighting.fixed(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Weighting.fixed(1, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Blend.of(List.of(), Weighting.fixed(1), train));
        BlendSearch nobody = new BlendSearch(train, Interactions.of(USERS, ITEMS, List.<Pair>of()), Objective.RECALL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nobody.search(List.of(new Part("noise", noise(1)))))
                .withMessageContaining("held-out");
    }

    private Blend blend(Part part) {
        return Blend.of(List.of(part), Weighting.fixed(1), train);
    }

    private int userWith(int least, int most) {
        for (int user = 0; user < USERS; user++) {
            if (train.countOf(user) >= least && train.countOf(user) <= most) {
                return user;
            }
        }
        return -1;
    }

    private static Scorer noise(long seed) {
        return (user, scores) -> {
            SplittableRandom random = new SplittableRandom(seed * 1_000 + user);
            for (int item = 0; item < scores.length; item++) {
                scores[item] = (float) random.nextGaussian();
            }
        };
    }

    private Scorer noisy(Scorer scorer, long seed) {
        Scorer noise = noise(seed);
        return (user, scores) -> {
            float[] row = new float[scores.length];
            scorer.score(user, scores);
            StandardRow.standardise(scores, train.itemsOf(user));
            noise.score(user, row);
            for (int item = 0; item < scores.length; item++) {
                scores[item] += 1.2f * row[item];
            }
        };
    }
}
