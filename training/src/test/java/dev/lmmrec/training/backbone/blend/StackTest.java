package dev.lmmrec.training.backbone.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.backbone.linear.Ease;
import dev.lmmrec.training.backbone.linear.ItemNeighbours;
import dev.lmmrec.training.backbone.linear.Tastes;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.HistoryScorer;
import dev.lmmrec.training.evaluation.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class StackTest {

    private static final int USERS = 300;
    private static final int ITEMS = 200;

    private final Interactions[] parts = Tastes.grouped(USERS, ITEMS, 10, 5);
    private final Interactions train = parts[0];
    private final Interactions heldOut = parts[1];

    @Test
    void descent_onAQuadraticBowl_findsItsFloor() {
        double[] floor = {3, -2, 0.5};
        double[] found = new Descent(60)
                .minimise(
                        (x, gradient) -> {
                            double value = 0;
                            for (int k = 0; k < 3; k++) {
                                double steep = Math.pow(10, k);
                                value += steep * (x[k] - floor[k]) * (x[k] - floor[k]);
                                gradient[k] = 2 * steep * (x[k] - floor[k]);
                            }
                            return value;
                        },
                        new double[3]);

        assertThat(found).containsExactly(floor, within(1e-5));
    }

    @Test
    void pool_gradient_equalsFiniteDifferences() {
        List<Part> two = twoParts();
        Pool.Activity activity = new Pool.Activity(train);
        Pool pool = Pool.of(two, train.itemsOf(3), activity, new float[ITEMS], (scorer, row) -> scorer.score(3, row));
        SplittableRandom random = new SplittableRandom(9);
        double[] weights = random.doubles(Pool.weightsOf(2)).toArray();
        double[] ofScores = random.doubles(pool.items().length).toArray();
        double[] gradient = new double[weights.length];

        pool.addGradient(ofScores, gradient);

        for (int k = 0; k < weights.length; k++) {
            double[] up = weights.clone();
            double[] down = weights.clone();
            up[k] += 0.5;
            down[k] -= 0.5;
            // the scores are linear in the weights, so one step of any length is exact
            assertThat(gradient[k])
                    .isEqualTo(dot(ofScores, pool.scored(up)) - dot(ofScores, pool.scored(down)), within(1e-6));
        }
    }

    @Test
    void stack_whereTheBetterPartDependsOnTheUsersActivity_beatsEveryFixedBlend() {
        // two halves: users of few items are known by one part, users of many by the other
        Interactions[] mixed = mixedActivity();
        Scorer taste = new Ease(5).fit(mixed[0]);
        Scorer forFew = knowing(taste, mixed[0], user -> user % 2 == 0);
        Scorer forMany = knowing(taste, mixed[0], user -> user % 2 == 1);
        List<Part> two = List.of(new Part("few", forFew), new Part("many", forMany));
        Evaluation validation = new Evaluation(mixed[0], mixed[1]);

        double blended = new BlendSearch(mixed[0], mixed[1], BlendSearch.Objective.NDCG)
                .search(two)
                .value();
        double stacked = validation
                .of(new StackSearch(mixed[0], mixed[1]).crossFitted(two, 3))
                .ndcgAt(20);

        assertThat(stacked).isGreaterThan(blended + 0.03);
    }

    @Test
    void crossFitting_whereOnlyUsersOfOneParityHaveSomethingHeldOut_dealsThemIntoAllFolds() {
        Interactions even = heldOutOf(user -> user % 2 == 0);

        Scorer stack = new StackSearch(train, even).crossFitted(twoParts(), 2);

        for (int user = 0; user < 4; user++) {
            for (float score : Tastes.scores(stack, user, ITEMS)) {
                assertThat(score).isFinite();
            }
        }
        assertThat(new Evaluation(train, even).of(stack).recallAt(20)).isGreaterThan(0.3);
    }

    @Test
    void crossFitting_ofFewerUsersThanFolds_isRefusedWithTheirNumber() {
        StackSearch search = new StackSearch(train, heldOutOf(user -> user == 4));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> search.crossFitted(twoParts(), 2))
                .withMessageContaining("2 folds")
                .withMessageContaining("got 1");
    }

    private Interactions heldOutOf(IntPredicate chosen) {
        List<Pair> kept = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            for (int item : heldOut.itemsOf(user)) {
                if (chosen.test(user)) {
                    kept.add(new Pair(user, item));
                }
            }
        }
        return Interactions.of(USERS, ITEMS, kept);
    }

    @Test
    void stack_ofHistoryScorers_scoresAHistoryAsTheUserWhoHasIt() {
        Stack stack = new StackSearch(train, heldOut).search(twoParts());
        float[] byHistory = new float[ITEMS];

        assertThat(stack).isInstanceOf(HistoryScorer.class);
        ((HistoryScorer) stack).score(train.itemsOf(12), byHistory);

        assertThat(byHistory).containsExactly(Tastes.scores(stack, 12, ITEMS));
        for (float score : byHistory) {
            assertThat(score).isFinite();
        }
    }

    @Test
    void stack_learntTwice_isTheSame() {
        StackSearch search = new StackSearch(train, heldOut);

        assertThat(Tastes.scores(search.search(twoParts()), 7, ITEMS))
                .containsExactly(Tastes.scores(search.search(twoParts()), 7, ITEMS));
    }

    @Test
    void stacks_ofNothing_areRefused() {
        StackSearch search = new StackSearch(train, heldOut);
        assertThatIllegalArgumentException().isThrownBy(() -> search.search(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> search.crossFitted(twoParts(), 1));
        StackSearch nobody = new StackSearch(train, Interactions.of(USERS, ITEMS, List.<Pair>of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nobody.search(twoParts()))
                .withMessageContaining("nothing can be learnt");
    }

    private List<Part> twoParts() {
        return List.of(new Part("ease", new Ease(5).fit(train)), new Part("knn", new ItemNeighbours(10, 1).fit(train)));
    }

    /** Even users keep three of their training items, odd ones all. */
    private Interactions[] mixedActivity() {
        List<Pair> kept = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            int[] items = train.itemsOf(user);
            for (int i = 0; i < items.length; i++) {
                if (user % 2 == 1 || i < 3) {
                    kept.add(new Pair(user, items[i]));
                }
            }
        }
        return new Interactions[] {Interactions.of(USERS, ITEMS, kept), heldOut};
    }

    /** The taste for some users, for the others noise. */
    private static Scorer knowing(Scorer taste, Interactions train, IntPredicate known) {
        return (user, scores) -> {
            if (known.test(user)) {
                taste.score(user, scores);
            } else {
                SplittableRandom random = new SplittableRandom(user + 77L * train.users());
                for (int item = 0; item < scores.length; item++) {
                    scores[item] = (float) random.nextGaussian();
                }
            }
        };
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
