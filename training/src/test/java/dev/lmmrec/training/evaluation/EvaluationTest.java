package dev.lmmrec.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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

        metrics.byName().forEach((name, value) -> assertThat(value).as(name).isBetween(0.0, 1.0));
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
