package dev.lmmrec.training.backbone.linear;

/**
 * Weights from item to item, however they are kept. The score of an item is the sum of what the items of a history give
 * it, so the model is linear in the history. Immutable.
 */
public interface ItemItem {

    /**
     * All n² weights: fast to add up, large to keep.
     *
     * @param items n
     * @param weights {@code [n, n]} flat, row = from; not copied, and not to be changed from then on
     * @return the weights
     * @throws IllegalArgumentException if there are not n² of them
     */
    static ItemItem dense(int items, float[] weights) {
        if (weights.length != items * items) {
            throw new IllegalArgumentException(weights.length + " weights are not " + items + "² of them");
        }
        return new DenseRows(items, weights);
    }

    /**
     * How many items there are.
     *
     * @return n
     */
    int items();

    /**
     * Adds what the items of a history give to all items.
     *
     * @param history item indices
     * @param factor what the sum is multiplied by
     * @param scores added to, {@code [n]}
     */
    void add(int[] history, float factor, float[] scores);
}
