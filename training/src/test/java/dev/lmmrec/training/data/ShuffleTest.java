package dev.lmmrec.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ShuffleTest {

    /** Splits that tables were measured on depend on it. */
    @Test
    void order_ofASeed_neverChanges() {
        int[] values = {0, 1, 2, 3, 4, 5, 6, 7};
        Shuffle.of(values, new SplittableRandom(1));

        assertThat(values).containsExactly(4, 7, 6, 3, 2, 1, 0, 5);
    }

    @Test
    void listsAndArrays_getTheSameOrder() {
        for (int size = 0; size < 40; size++) {
            int[] array = new int[size];
            Arrays.setAll(array, i -> i);
            List<Integer> list = new ArrayList<>(Arrays.stream(array).boxed().toList());
            Shuffle.of(array, new SplittableRandom(size));
            Shuffle.of(list, new SplittableRandom(size));

            assertThat(array)
                    .isEqualTo(list.stream().mapToInt(Integer::intValue).toArray());
            assertThat(list).doesNotHaveDuplicates();
        }
    }

    @Test
    void allOrders_areDrawnAlikeOften() {
        SplittableRandom random = new SplittableRandom(7);
        Map<String, Integer> counts = new HashMap<>();
        int draws = 24_000;
        for (int draw = 0; draw < draws; draw++) {
            int[] values = {0, 1, 2, 3};
            Shuffle.of(values, random);
            counts.merge(Arrays.toString(values), 1, Integer::sum);
        }

        assertThat(counts).hasSize(24);
        assertThat(counts.values())
                .allSatisfy(count -> assertThat(count).isCloseTo(draws / 24, Percentage.withPercentage(12)));
    }
}
