package dev.lmmrec.training.backbone.linear;

/**
 * Weights from item to item, however they are kept. The score of an item is the sum of what the items of a history give
 * it, so the model is linear in the history. Immutable.
 */
public interface ItemItem {

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
