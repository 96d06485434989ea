package dev.lmmrec.training.text;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.PairNumbers;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The sums of review vectors behind users and items, and what each training pair contributed to them. Training on a
 * pair with the pair's own review left out takes that contribution off both sums: otherwise the two sides of a training
 * pair share a review, the text side learns to find the same words on both, and nothing of that holds for a pair whose
 * review is not written yet.
 */
public final class PairTexts {

    private static final int WIDTH = Dataset.TEXT_WIDTH;

    private final PairNumbers pairs;
    private final float[] own;
    private final float[] userSums;
    private final float[] itemSums;

    private PairTexts(Interactions train) {
        pairs = PairNumbers.of(train);
        own = new float[pairs.count() * WIDTH];
        userSums = new float[train.users() * WIDTH];
        itemSums = new float[train.items() * WIDTH];
    }

    /**
     * Adds up the vectors of reviews.
     *
     * @param dataset says who is who
     * @param train the training pairs
     * @param rows the reviews that may be looked at; rows without vectors add nothing
     * @return the sums
     */
    static PairTexts of(Dataset dataset, Interactions train, Collection<ReviewMotivations> rows) {
        PairTexts texts = new PairTexts(train);
        Map<String, Integer> users = Dataset.indexOf(dataset.users());
        Map<String, Integer> items = Dataset.indexOf(dataset.items());
        for (ReviewMotivations row : rows) {
            Integer user = users.get(row.userId());
            Integer item = items.get(row.itemId());
            row.vectors().ifPresent(vectors -> {
                float[] vector = vectors.text().toArray();
                int pair = user == null || item == null ? -1 : texts.pairOf(user, item);
                add(vector, texts.userSums, user == null ? -1 : user);
                add(vector, texts.itemSums, item == null ? -1 : item);
                add(vector, texts.own, pair);
            });
        }
        return texts;
    }

    /**
     * Takes one vector per training pair.
     *
     * @param train the training pairs
     * @param own {@code [P, 384]} flat, in the order of users and of each user's items; zeros for a pair without text
     * @return the sums
     */
    public static PairTexts of(Interactions train, float[] own) {
        PairTexts texts = new PairTexts(train);
        if (own.length != texts.own.length) {
            throw new IllegalArgumentException("vectors of " + own.length + " numbers for " + train.count() + " pairs");
        }
        System.arraycopy(own, 0, texts.own, 0, own.length);
        for (int user = 0; user < train.users(); user++) {
            for (int pair = texts.pairs.first(user); pair < texts.pairs.end(user); pair++) {
                for (int k = 0; k < WIDTH; k++) {
                    texts.userSums[user * WIDTH + k] += own[pair * WIDTH + k];
                    texts.itemSums[texts.pairs.item(pair) * WIDTH + k] += own[pair * WIDTH + k];
                }
            }
        }
        return texts;
    }

    /**
     * No pair has text.
     *
     * @return sums of nothing, for no pairs
     */
    static PairTexts none() {
        return new PairTexts(Interactions.of(0, 0, List.of()));
    }

    /**
     * Finds a training pair.
     *
     * @param user the user's index
     * @param item the item's index
     * @return its number from 0, or a negative number if it is no training pair
     */
    public int pairOf(int user, int item) {
        return pairs.of(user, item);
    }

    /**
     * What each pair's reviews add up to.
     *
     * @return {@code [P, 384]} flat; not to be changed
     */
    float[] own() {
        return own;
    }

    /**
     * What each user's reviews add up to.
     *
     * @return {@code [U, 384]} flat; not to be changed
     */
    float[] userSums() {
        return userSums;
    }

    /**
     * What each item's reviews add up to.
     *
     * @return {@code [n, 384]} flat; not to be changed
     */
    float[] itemSums() {
        return itemSums;
    }

    private static void add(float[] vector, float[] sums, int row) {
        if (row >= 0) {
            for (int k = 0; k < WIDTH; k++) {
                sums[row * WIDTH + k] += vector[k];
            }
        }
    }
}
