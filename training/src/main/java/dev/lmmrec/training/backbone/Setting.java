package dev.lmmrec.training.backbone;

import java.util.List;

/**
 * One number that shapes a backbone.
 *
 * @param name as in configurations, such as {@code edge-keep}
 * @param defaultValue what holds when nothing is said
 * @param min the smallest value allowed
 * @param max the largest value allowed
 * @param whole whether only whole numbers make sense
 * @param grid what a search on validation tries, in ascending order; empty if it is not searched
 * @param meaning one line for people
 */
public record Setting(
        String name, double defaultValue, double min, double max, boolean whole, List<Double> grid, String meaning) {

    /**
     * Copies the grid and checks that default and grid are allowed values.
     *
     * @throws IllegalArgumentException if they are not
     */
    public Setting {
        grid = List.copyOf(grid);
        if (!allows(defaultValue, min, max, whole) || !grid.stream().allMatch(x -> allows(x, min, max, whole))) {
            throw new IllegalArgumentException(
                    "the default " + defaultValue + " or the grid " + grid + " of " + name + " is not allowed");
        }
    }

    /**
     * Whether a value may be used.
     *
     * @param value the value
     * @return true if so
     */
    public boolean allows(double value) {
        return allows(value, min, max, whole);
    }

    /**
     * Which values may be used.
     *
     * @return such as {@code a whole number from 1 to 8}
     */
    public String range() {
        return whole
                ? "a whole number from " + (long) min + " to " + (long) max
                : "a number from " + min + " to " + max;
    }

    private static boolean allows(double value, double min, double max, boolean whole) {
        return value >= min && value <= max && (!whole || value == Math.rint(value));
    }
}
