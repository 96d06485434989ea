package dev.lmmrec.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicesTest {

    /** Users 0 to 2 have 1, 1 and 3 training interactions; item 0 has three, items 1 and 2 one, item 3 none. */
    private static final Interactions TRAIN = Interactions.of(
            3, 4, List.of(new Pair(0, 0), new Pair(1, 0), new Pair(2, 0), new Pair(2, 1), new Pair(2, 2)));

    private static final Placements PLACEMENTS = new Placements(
            new int[] {0, 1, 2}, new int[][] {{1, 3}, {2}, {3}}, new int[][] {{0, Placements.UNLISTED}, {7}, {1}});

    @Test
    void users_areGroupedByTheirTrainingInteractions() {
        assertThat(new Slices(TRAIN).users(PLACEMENTS, 5))
                .containsExactly(
                        new Slices.Users("1", 2, 0.25, (1 / (1 + Math.log(2) / Math.log(3))) / 2),
                        new Slices.Users("2-3", 1, 1, Math.log(2) / Math.log(3)));
    }

    @Test
    void items_areGroupedByTheirTrainingInteractions() {
        assertThat(new Slices(TRAIN).items(PLACEMENTS, 5))
                .containsExactly(new Slices.Items("0", 2, 0.5), new Slices.Items("1", 2, 0.5));
        assertThat(new Slices(TRAIN).items(PLACEMENTS, 10))
                .containsExactly(new Slices.Items("0", 2, 0.5), new Slices.Items("1", 2, 1));
    }

    @Test
    void ranges_doubleUntilTheLargestCountIsIn() {
        assertThat(Slices.ranges(8)).extracting(Object::toString).containsExactly("0", "1", "2-3", "4-7", "8-15");
    }

    @Test
    void figuresOfAllLists_haveNoValuePerUser() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLACEMENTS.perUser(Figure.GINI, 5))
                .withMessageContaining("gini");
    }

    @Test
    void brokenPlacements_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Placements(new int[] {4}, new int[][] {{1, 2}}, new int[][] {{0}}))
                .withMessageContaining("user 4 has 2 held-out items and 1 ranks");
    }
}
