package dev.lmmrec.training.backbone.linear;

/** The few weights that are not 0. */
final class SparseRows implements ItemItem {

    private final SparseMatrix weights;

    /** Rows are the items that were met. */
    SparseRows(SparseMatrix weights) {
        this.weights = weights;
    }

    @Override
    public int items() {
        return weights.columns();
    }

    @Override
    public void add(int[] history, float factor, float[] scores) {
        for (int from : history) {
            weights.addRow(from, factor, scores);
        }
    }
}
