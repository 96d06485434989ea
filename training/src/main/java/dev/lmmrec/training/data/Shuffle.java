package dev.lmmrec.training.data;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Random orders, the same for the same seed on every platform: what was measured on one split can be repeated. */
public final class Shuffle {

    private Shuffle() {}

    /**
     * Brings numbers into a random order.
     *
     * @param values are moved
     * @param random draws as often as there are values, less one
     */
    public static void of(int[] values, SplittableRandom random) {
        draw(values.length, random, (i, j) -> {
            int moved = values[i];
            values[i] = values[j];
            values[j] = moved;
        });
    }

    /**
     * Brings a list into a random order.
     *
     * @param values are moved
     * @param random draws as often as there are values, less one
     */
    public static void of(List<?> values, SplittableRandom random) {
        draw(values.size(), random, (i, j) -> Collections.swap(values, i, j));
    }

    private static void draw(int size, SplittableRandom random, Swap swap) {
        for (int i = size - 1; i > 0; i--) {
            swap.of(i, random.nextInt(i + 1));
        }
    }

    @FunctionalInterface
    private interface Swap {

        void of(int i, int j);
    }
}
