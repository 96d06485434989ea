package dev.lmmrec.training.evaluation;

/**
 * Keeps the best k of the items it is shown; of equal scores the item shown first is better. Reused from list to list.
 */
final class TopList {

    private final float[] scores;
    private final int[] items;
    private int size;

    TopList(int k) {
        this.scores = new float[k];
        this.items = new int[k];
    }

    /**
     * Ranks items by score.
     *
     * @param all {@code [n]}; items at negative infinity are never listed
     */
    void fill(float[] all) {
        size = 0;
        // what an item must beat: nothing at first, then the last of the list
        float least = Float.NEGATIVE_INFINITY;
        for (int item = 0; item < all.length; item++) {
            if (all[item] > least) {
                insert(item, all[item]);
                least = size == scores.length ? scores[size - 1] : Float.NEGATIVE_INFINITY;
            }
        }
    }

    private void insert(int item, float score) {
        int place = size < scores.length ? size++ : size - 1;
        while (place > 0 && scores[place - 1] < score) {
            scores[place] = scores[place - 1];
            items[place] = items[place - 1];
            place--;
        }
        scores[place] = score;
        items[place] = item;
    }

    int size() {
        return size;
    }

    int item(int place) {
        return items[place];
    }
}
