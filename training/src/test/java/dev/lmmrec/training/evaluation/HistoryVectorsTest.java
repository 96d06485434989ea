package dev.lmmrec.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistoryVectorsTest {

    private static final int USERS = 60;
    private static final int ITEMS = 20;

    @Test
    void rowsThatAreMadeOfHistories_areFoundAgain_alsoOfUsersThatTookNoPart() {
        SplittableRandom random = new SplittableRandom(3);
        float[] planted = new float[ITEMS * 2];
        for (int k = 0; k < planted.length; k++) {
            planted[k] = (float) random.nextDouble(-1, 1);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                if (random.nextInt(4) == 0 || item == user % ITEMS) {
                    pairs.add(new Pair(user, item));
                }
            }
        }
        Interactions histories = Interactions.of(USERS, ITEMS, pairs);
        float[] rows = new float[USERS * 3];
        for (int user = 0; user < USERS; user++) {
            int[] met = histories.itemsOf(user);
            for (int item : met) {
                for (int k = 0; k < 2; k++) {
                    rows[user * 3 + k] += (float) (planted[item * 2 + k] / Math.sqrt(met.length));
                }
            }
            rows[user * 3 + 2] = 1;
        }
        Factors known = new Factors(3, rows, new float[ITEMS * 3]);

        HistoryVectors fitted = HistoryVectors.fit(histories, known, 2, 1e-6, user -> user % 5 != 0);

        for (int user = 0; user < USERS; user++) {
            float[] made = fitted.encode(histories.itemsOf(user), 3);
            for (int k = 0; k < 3; k++) {
                assertThat(made[k]).as("user %d", user).isEqualTo(known.user(user)[k], within(1e-3f));
            }
        }
        assertThat(fitted.encode(new int[0], 3)).containsExactly(0, 0, 0);
    }

    @Test
    void largerRidge_makesShorterVectors() {
        Interactions histories = Interactions.of(2, 2, List.of(new Pair(0, 0), new Pair(1, 1)));
        Factors known = new Factors(1, new float[] {2, 2}, new float[2]);

        assertThat(HistoryVectors.fit(histories, known, 1, 1, user -> true).item(0))
                .containsExactly(1);
        assertThat(HistoryVectors.fit(histories, known, 1, 3, user -> true).item(1))
                .containsExactly(0.5f);
    }
}
