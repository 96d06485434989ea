package dev.lmmrec.reading.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Where a figure lies if other texts of the same kind had been drawn: percentiles of bootstrap draws.
 *
 * @param low 2.5 % of the draws lie below
 * @param high 2.5 % lie above
 */
public record Interval(double low, double high) {

    /** How many times the texts are drawn again. */
    public static final int ROUNDS = 2_000;

    private static final double TAIL = 0.025;

    /**
     * Draws as many texts as there are, with replacement, again and again.
     *
     * @param <T> what was counted in a text
     * @param texts all of them
     * @param figure of some texts
     * @param seed of the draws
     * @return the interval
     */
    public static <T> Interval of(List<T> texts, ToDoubleFunction<List<T>> figure, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] figures = new double[ROUNDS];
        List<T> drawn = new ArrayList<>(texts);
        for (int round = 0; round < ROUNDS; round++) {
            drawn.replaceAll(text -> texts.get(random.nextInt(texts.size())));
            figures[round] = figure.applyAsDouble(drawn);
        }
        Arrays.sort(figures);
        int tail = (int) Math.floor(TAIL * ROUNDS);
        return new Interval(figures[tail], figures[ROUNDS - 1 - tail]);
    }
}
