package dev.lmmrec.training.backbone.blend;

import java.util.Arrays;

/**
 * How much each part of a blend counts for a user. What is known of a user here is how many items the user met, so that
 * weights may differ between newcomers and regulars.
 */
@FunctionalInterface
interface Weighting {

    /**
     * The weights for a user.
     *
     * @param interactions how many items the user met, 0 or more
     * @return one weight a part, in the order of the parts; not to be changed
     */
    double[] of(int interactions);

    /**
     * The same weights for everybody.
     *
     * @param weights one a part, finite and not all 0
     * @return the weighting
     * @throws IllegalArgumentException if they are not
     */
    static Weighting fixed(double... weights) {
        double[] copy = weights.clone();
        if (!Arrays.stream(copy).allMatch(Double::isFinite)
                || Arrays.stream(copy).allMatch(w -> w == 0)) {
            throw new IllegalArgumentException("a blend needs finite weights, not all 0, got " + Arrays.toString(copy));
        }
        return interactions -> copy;
    }
}
