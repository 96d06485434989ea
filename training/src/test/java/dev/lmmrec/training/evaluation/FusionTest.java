package dev.lmmrec.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.evaluation.Fusion.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FusionTest {

    private static final int USERS = 30;
    private static final int ITEMS = 60;
    private static final int WIDTH = 4;

    @Test
    void score_isTheWeightedSumOfItsParts() {
        Factors interaction = new Factors(1, new float[] {2}, new float[] {3, 5});
        Factors aligned = new Factors(1, new float[] {1}, new float[] {-1, 1});
        float[] scores = new float[2];

        Factors motives = new Factors(2, new float[] {1, 2}, new float[] {1, 0, 0, -1});
        new Fusion(interaction, aligned, motives, new float[] {1, 0.5f})
                .scorer(new Weights(2, 10, 3, 4))
                .score(0, scores);

        assertThat(scores).containsExactly(2 * 6 - 10 + 3 + 4, 2 * 10 + 10 - 6 + 2);
    }

    @Test
    void search_findsThePartThatKnows() {
        Factors noise = factors(1, USERS, ITEMS);
        Factors oracle = factors(2, USERS, ITEMS);
        Interactions heldOut = bestOf(oracle);
        Interactions known = Interactions.of(USERS, ITEMS, List.of());

        Fusion fusion = new Fusion(noise, oracle, new float[ITEMS]);
        Fusion.Found all = fusion.search(Choice.ALL, known, heldOut);
        Fusion.Found without = fusion.search(Choice.INTERACTION_AND_POPULARITY, known, heldOut);

        assertThat(all.recall()).isEqualTo(1, within(1e-9));
        assertThat(all.weights().text()).isPositive();
        assertThat(without.recall()).isLessThan(0.8);
        assertThat(without.weights().text()).isZero();
    }

    @Test
    void motives_alwaysTakePart_andMoreWhereTheyKnow() {
        Factors oracle = factors(2, USERS, ITEMS);
        Interactions heldOut = bestOf(oracle);
        Interactions known = Interactions.of(USERS, ITEMS, List.of());
        Weights base = new Weights(1, 0, 0, 0);

        Fusion.Found knowing = new Fusion(factors(1, USERS, ITEMS), factors(7, USERS, ITEMS), oracle, new float[ITEMS])
                .searchMotives(base, known, heldOut);
        Fusion.Found knownBefore = new Fusion(
                        oracle, factors(7, USERS, ITEMS), factors(1, USERS, ITEMS), new float[ITEMS])
                .searchMotives(base, known, heldOut);

        assertThat(knowing.weights()).isEqualTo(new Weights(1, 0, 1, 0));
        assertThat(knownBefore.weights()).isEqualTo(new Weights(1, 0, 0.02, 0));
    }

    @Test
    void centred_itemsKeepEveryOrder_andTheUnknownOneIsAverage() {
        Factors factors = new Factors(2, new float[] {1, 0, -1, 2}, new float[] {3, 1, 1, 2, 5, 0, 0, 0});
        Factors centred = factors.centred();

        assertThat(centred.item(0)).containsExactly(0, 0);
        assertThat(centred.item(1)).containsExactly(-2, 1);
        assertThat(centred.item(2)).containsExactly(2, -1);
        assertThat(centred.item(3)).containsExactly(0, 0);
        assertThat(centred.user(1)).isEqualTo(factors.user(1));
    }

    @Test
    void search_agreesWithTheEvaluationOfTheScorerItFound() {
        Interactions heldOut = bestOf(factors(3, USERS, ITEMS));
        Interactions known = Interactions.of(USERS, ITEMS, List.of(new Pair(0, 1), new Pair(4, 2)));
        Fusion fusion = new Fusion(factors(4, USERS, ITEMS), factors(5, USERS, ITEMS), new float[ITEMS]);

        Fusion.Found found = fusion.search(Choice.ALL, known, heldOut);

        assertThat(new Evaluation(known, heldOut)
                        .of(fusion.scorer(found.weights()))
                        .recallAt(20))
                .isEqualTo(found.recall(), within(1e-9));
    }

    @Test
    void normalised_keepsRankingsAndGivesUnitProductOfMeanNorms() {
        Factors factors = factors(6, USERS, ITEMS);
        Factors normalised = factors.normalised();
        float[] before = new float[ITEMS];
        float[] after = new float[ITEMS];
        factors.score(3, before);
        normalised.score(3, after);

        double ratio = after[0] / before[0];
        for (int item = 0; item < ITEMS; item++) {
            assertThat((double) after[item]).isEqualTo(before[item] * ratio, within(1e-4));
        }
        double squares = 0;
        for (int user = 0; user < USERS; user++) {
            for (float x : normalised.user(user)) {
                squares += x * x;
            }
        }
        assertThat(squares / USERS).isEqualTo(1, within(1e-4));
    }

    private static Interactions bestOf(Factors oracle) {
        List<Pair> pairs = new ArrayList<>();
        float[] scores = new float[ITEMS];
        for (int user = 0; user < USERS; user++) {
            oracle.score(user, scores);
            for (int item = 0; item < ITEMS; item++) {
                if (Evaluation.ranks(scores, new int[] {item})[0] < 3) {
                    pairs.add(new Pair(user, item));
                }
            }
        }
        return Interactions.of(USERS, ITEMS, pairs);
    }

    private static Factors factors(long seed, int users, int items) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Factors(WIDTH, numbers(random, users), numbers(random, items));
    }

    private static float[] numbers(SplittableRandom random, int rows) {
        float[] numbers = new float[rows * WIDTH];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return numbers;
    }
}
