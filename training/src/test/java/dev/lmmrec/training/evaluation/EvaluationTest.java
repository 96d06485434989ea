package dev.lmmrec.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {

    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void twoOfThreeHits_atRanksOneAndFour_giveTheFiguresComputedByHand() {
        // ranking 0, 1, 2, …; held out are the items at ranks 1, 4 and 7 counted from 1
        Interactions heldOut = one(12, 0, 3, 6);

        Metrics metrics = new Evaluation(one(12), heldOut).of(descending());

        assertThat(metrics.recallAt(5)).isEqualTo(2.0 / 3, EXACT);
        assertThat(metrics.recallAt(10)).isEqualTo(1, EXACT);
        double gain = 1 + 1 / (Math.log(5) / Math.log(2));
        double ideal = 1 + 1 / (Math.log(3) / Math.log(2)) + 0.5;
        assertThat(metrics.ndcgAt(5)).isEqualTo(gain / ideal, EXACT);
        assertThat(metrics.ndcgAt(10)).isEqualTo((gain + 1.0 / 3) / ideal, EXACT);
    }

    @Test
    void moreHeldOutItemsThanPlaces_areMeasuredAgainstTheIdealOfThePlaces() {
        Metrics metrics = new Evaluation(one(12), one(12, 0, 1, 2, 3, 4, 5, 6, 7)).of(descending());

        assertThat(metrics.ndcgAt(5)).isEqualTo(1, EXACT);
        assertThat(metrics.recallAt(5)).isEqualTo(5.0 / 8, EXACT);
    }

    @Test
    void trainingItems_areLeftOutOfTheRanking() {
        Interactions known = one(12, 0, 1, 2, 3, 4);

        Metrics metrics = new Evaluation(known, one(12, 5)).of(descending());

        assertThat(metrics.ndcgAt(5)).isEqualTo(1, EXACT);
    }

    @Test
    void equalScores_rankByIndex() {
        Scorer indifferent = (user, scores) -> Arrays.fill(scores, 1);

        assertThat(new Evaluation(one(12), one(12, 4)).of(indifferent).recallAt(5))
                .isEqualTo(1);
        assertThat(new Evaluation(one(12), one(12, 5)).of(indifferent).recallAt(5))
                .isZero();
    }

    @Test
    void listsOfTwoUsers_giveTheFiguresComputedByHand() {
        // 8 items, lists of 5; user 0 knows item 0, user 1 knows nothing and gets the same order
        Interactions known = Interactions.of(2, 8, List.of(new Pair(0, 0)));
        Interactions heldOut = Interactions.of(2, 8, List.of(new Pair(0, 2), new Pair(1, 7)));

        Metrics metrics = new Evaluation(known, heldOut).of(descending());

        // lists 1 2 3 4 5 and 0 1 2 3 4
        assertThat(metrics.at(Figure.MRR, 5)).isEqualTo((1 / 2.0 + 0) / 2, EXACT);
        assertThat(metrics.at(Figure.MRR, 10)).isEqualTo((1 / 2.0 + 1 / 8.0) / 2, EXACT);
        assertThat(metrics.at(Figure.HIT_RATE, 5)).isEqualTo(0.5, EXACT);
        assertThat(metrics.at(Figure.COVERAGE, 5)).isEqualTo(6.0 / 8, EXACT);
        // item 0 has one training interaction, the nine other places none
        double unknown = Math.log(3) / Math.log(2);
        assertThat(metrics.at(Figure.NOVELTY, 5)).isEqualTo((9 * unknown + unknown - 1) / 10, EXACT);
        // places by item, ascending: 0 0 1 1 2 2 2 2
        double sum = 2 * (-7 - 5) * 0 + (-3 - 1) * 1 + (1 + 3 + 5 + 7) * 2;
        assertThat(metrics.at(Figure.GINI, 5)).isEqualTo(sum / (8 * 10), EXACT);
    }

    @Test
    void oneListForEverybody_isLessEvenThanListsThatDiffer() {
        Interactions nothing = Interactions.of(4, 40, List.of());
        Interactions heldOut =
                Interactions.of(4, 40, List.of(new Pair(0, 0), new Pair(1, 0), new Pair(2, 0), new Pair(3, 0)));

        Metrics same = new Evaluation(nothing, heldOut).of(descending());
        Metrics apart = new Evaluation(nothing, heldOut).of((user, scores) -> {
            for (int item = 0; item < 40; item++) {
                scores[item] = item / 10 == user ? 1 : 0;
            }
        });

        assertThat(apart.at(Figure.GINI, 10)).isEqualTo(0, EXACT);
        assertThat(same.at(Figure.GINI, 10)).isEqualTo(0.75, EXACT);
        assertThat(apart.at(Figure.COVERAGE, 10)).isEqualTo(1, EXACT);
    }

    @Test
    void fewerCandidatesThanPlaces_neverListsAKnownItem() {
        Interactions known = one(4, 0, 1);

        Evaluation.Measured measured = new Evaluation(known, one(4, 0, 3)).measure(descending());

        assertThat(measured.placements().ranks()[0]).containsExactly(Placements.UNLISTED, 1);
        assertThat(measured.metrics().recallAt(20)).isEqualTo(0.5, EXACT);
    }

    @Test
    void tasksOfOtherSizes_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Evaluation(one(12), one(13)))
                .withMessageContaining("12 items");
    }

    @Test
    void manyUsers_rankedByThreads_areMeasuredAsOneByOne() {
        SplittableRandom random = new SplittableRandom(5);
        int users = 137;
        int items = 2_100;
        Factors factors = new Factors(6, numbers(random, users * 6), numbers(random, items * 6));
        List<Pair> heldOut = new ArrayList<>();
        List<Pair> known = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            for (int i = 0; i < 30; i++) {
                heldOut.add(new Pair(user, random.nextInt(items / 2)));
                known.add(new Pair(user, items / 2 + random.nextInt(items / 2)));
            }
        }
        Evaluation evaluation =
                new Evaluation(Interactions.of(users, items, known), Interactions.of(users, items, heldOut));

        Evaluation.Measured together = evaluation.measure(factors);
        Evaluation.Measured alone = evaluation.measure((user, scores) -> factors.score(user, scores));

        assertThat(together.metrics()).isEqualTo(alone.metrics());
        assertThat(together.placements().ranks())
                .isDeepEqualTo(alone.placements().ranks());
        assertThat(together.metrics().recallAt(20)).isPositive();
    }

    private static float[] numbers(SplittableRandom random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return numbers;
    }

    @Test
    void usersWithoutHeldOutItems_doNotCount() {
        Interactions heldOut = Interactions.of(3, 12, List.of(new Pair(1, 0)));

        Metrics metrics = new Evaluation(Interactions.of(3, 12, List.of()), heldOut).of(descending());

        assertThat(metrics.users()).isEqualTo(1);
        assertThat(metrics.recallAt(20)).isEqualTo(1, EXACT);
    }

    @Test
    void scoreThatIsNotANumber_isNamed() {
        Scorer broken = (user, scores) -> scores[3] = Float.NaN;

        assertThatIllegalStateException()
                .isThrownBy(() -> new Evaluation(one(12), one(12, 5)).of(broken))
                .withMessageContaining("user 0")
                .withMessageContaining("item 3");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anySeededTask_keepsThePropertiesOfTheMetrics(long seed) {
        Random random = new Random(seed);
        int users = 15;
        int items = 40;
        List<Pair> known = new ArrayList<>();
        List<Pair> heldOut = new ArrayList<>();
        float[][] scores = new float[users][items];
        for (int user = 0; user < users; user++) {
            for (int item = 0; item < items; item++) {
                scores[user][item] = random.nextInt(30);
                int part = random.nextInt(6);
                if (part == 0) {
                    known.add(new Pair(user, item));
                } else if (part == 1) {
                    heldOut.add(new Pair(user, item));
                }
            }
        }
        Interactions train = Interactions.of(users, items, known);
        Interactions test = Interactions.of(users, items, heldOut);
        Evaluation evaluation = new Evaluation(train, test);
        Metrics metrics = evaluation.of((user, into) -> System.arraycopy(scores[user], 0, into, 0, items));

        metrics.byName().forEach((name, value) -> assertThat(value)
                .as(name)
                .isBetween(0.0, name.startsWith("novelty") ? Math.log(users + 1) / Math.log(2) : 1.0));
        assertThat(metrics.recallAt(5)).isLessThanOrEqualTo(metrics.recallAt(10));
        assertThat(metrics.recallAt(10)).isLessThanOrEqualTo(metrics.recallAt(20));

        Metrics perfect = evaluation.of((user, into) -> {
            for (int item = 0; item < items; item++) {
                into[item] = test.contains(user, item) ? 1 : 0;
            }
        });
        assertThat(perfect.byName().entrySet())
                .filteredOn(figure -> figure.getKey().startsWith("ndcg"))
                .allSatisfy(figure -> assertThat(figure.getValue()).isEqualTo(1, EXACT));
        assertThat(perfect.recallAt(20)).isEqualTo(1, EXACT);
        assertThat(perfect.at(Figure.MRR, 5)).isEqualTo(1, EXACT);
        assertThat(perfect.at(Figure.HIT_RATE, 5)).isEqualTo(1, EXACT);

        Metrics widened = new Evaluation(wider(known, users, items), wider(heldOut, users, items)).of((user, into) -> {
            System.arraycopy(scores[user], 0, into, 0, items);
            into[items] = -1;
        });
        for (Figure figure : Figure.values()) {
            if (figure.isPerUser()) {
                assertThat(widened.at(figure, 20))
                        .as("an item worse than all others, %s", figure)
                        .isEqualTo(metrics.at(figure, 20), EXACT);
            }
        }

        List<Integer> permutation = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            permutation.add(user);
        }
        Collections.shuffle(permutation, random);
        Metrics permuted = new Evaluation(
                        Interactions.of(users, items, permuted(known, permutation)),
                        Interactions.of(users, items, permuted(heldOut, permutation)))
                .of((user, into) -> System.arraycopy(scores[permutation.indexOf(user)], 0, into, 0, items));
        metrics.byName()
                .forEach((name, value) ->
                        assertThat(permuted.byName().get(name)).as(name).isEqualTo(value, within(1e-9)));
    }

    private static Interactions wider(List<Pair> pairs, int users, int items) {
        return Interactions.of(users, items + 1, pairs);
    }

    private static List<Pair> permuted(List<Pair> pairs, List<Integer> permutation) {
        return pairs.stream()
                .map(pair -> new Pair(permutation.get(pair.user()), pair.item()))
                .toList();
    }

    private static Interactions one(int items, int... heldOut) {
        return Interactions.of(
                1,
                items,
                Arrays.stream(heldOut).mapToObj(item -> new Pair(0, item)).toList());
    }

    private static Scorer descending() {
        return (user, scores) -> {
            for (int item = 0; item < scores.length; item++) {
                scores[item] = -item;
            }
        };
    }
}
