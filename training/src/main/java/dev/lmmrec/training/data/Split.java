package dev.lmmrec.training.data;

import dev.lmmrec.training.data.Interactions.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Interactions to learn from, to choose settings by, and to test on once. The three are disjoint.
 *
 * @param train to learn from; every user of a random split has at least one
 * @param validation to choose by
 * @param test to test on
 */
public record Split(Interactions train, Interactions validation, Interactions test) {

    private static final double HELD_OUT_SHARE = 0.2;

    /**
     * Splits 3:1:1 per user at random: of a user's m items, round(m/5) go to validation and as many to test, the rest
     * to training. So users with one or two items are in training alone, and nobody is without training items. A user's
     * part depends on the seed and that user's own items, not on other users.
     *
     * @param dataset what to split
     * @param seed repeats the split
     * @return the split
     * @throws RefusedInputException if nothing could be held out
     */
    public static Split random(Dataset dataset, long seed) throws RefusedInputException {
        Interactions all = dataset.interactions();
        List<Pair> train = new ArrayList<>();
        List<Pair> validation = new ArrayList<>();
        List<Pair> test = new ArrayList<>();
        for (int user = 0; user < all.users(); user++) {
            int[] items = all.itemsOf(user);
            Shuffle.of(
                    items,
                    new SplittableRandom(seed * 0x9E3779B97F4A7C15L
                            + dataset.users().get(user).hashCode()));
            int heldOut = (int) Math.round(items.length * HELD_OUT_SHARE);
            for (int i = 0; i < items.length; i++) {
                List<Pair> part = i < heldOut ? validation : i < 2 * heldOut ? test : train;
                part.add(new Pair(user, items[i]));
            }
        }
        if (test.isEmpty()) {
            throw new RefusedInputException("no user has three or more items, so nothing can be held out to measure"
                    + " by; train on more reviews");
        }
        return new Split(
                Interactions.of(all.users(), all.items(), train),
                Interactions.of(all.users(), all.items(), validation),
                Interactions.of(all.users(), all.items(), test));
    }

    /**
     * Whether a pair may not be looked at before the model is chosen.
     *
     * @param user the user's index
     * @param item the item's index
     * @return true if the pair is in the validation or the test part
     */
    public boolean holdsOut(int user, int item) {
        return validation.contains(user, item) || test.contains(user, item);
    }
}
