package dev.lmmrec.training.backbone.linear;

/**
 * Weights from item to item, however they are kept. The score of an item is the sum of what the items of a history give
 * it, so the model is linear in the history.
 */
public interface ItemItem {

    /**
     * How many items there are.
     *
     * @return n
     */
    int items();

    /**
     * Adds what one item gives to all others.
     *
     * @param from the item that was met
     * @param factor what its row is multiplied by
     * @param scores added to, {@code [n]}
     */
    void addRow(int from, float factor, float[] scores);
}
