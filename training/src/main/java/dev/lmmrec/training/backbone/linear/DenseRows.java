package dev.lmmrec.training.backbone.linear;

/** All n² weights: fast to add up, large to keep. */
final class DenseRows implements ItemItem {

    private final int items;
    private final float[] weights;

    /** Takes over {@code [n, n]} flat, row = from. */
    DenseRows(int items, float[] weights) {
        this.items = items;
        this.weights = weights;
    }

    @Override
    public int items() {
        return items;
    }

    @Override
    public void add(int[] history, float factor, float[] scores) {
        for (int from : history) {
            int row = from * items;
            for (int to = 0; to < items; to++) {
                scores[to] += factor * weights[row + to];
            }
        }
    }

    float get(int from, int to) {
        return weights[from * items + to];
    }
}
