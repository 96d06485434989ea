package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;

/**
 * ItemKNN (Deshpande, Karypis, TOIS 2004): an item's score is the sum of its similarities to the history, of its k
 * nearest items alone. The similarity is the cosine, shrunk so that a few common users prove little: {@code c_ij /
 * (√(d_i · d_j) + s)}.
 */
public final class ItemNeighbours implements Backbone.ClosedForm {

    private final int neighbours;
    private final double shrinkage;

    /**
     * Sets the shape.
     *
     * @param neighbours k, at least 1
     * @param shrinkage s, 0 or more
     */
    public ItemNeighbours(int neighbours, double shrinkage) {
        if (neighbours < 1 || !(shrinkage >= 0)) {
            throw new IllegalArgumentException(
                    "ItemKNN needs a neighbour and a shrinkage of 0 or more, got " + neighbours + " and " + shrinkage);
        }
        this.neighbours = neighbours;
        this.shrinkage = shrinkage;
    }

    @Override
    public String name() {
        return "item-knn";
    }

    @Override
    public HistoryModel fit(Interactions train) {
        return new HistoryModel(
                train, new SparseRows(nearest(train, neighbours, shrinkage).transposed()));
    }

    /** Similarities; row j holds the k items that are most like j, without j. */
    static SparseMatrix nearest(Interactions train, int neighbours, double shrinkage) {
        SparseMatrix gram = SparseMatrix.of(train).gram();
        double[] degrees = SparseMatrix.of(train).columnSums();
        SparseMatrix similar =
                gram.mapped((i, j, both) -> i == j ? 0 : both / (Math.sqrt(degrees[i] * degrees[j]) + shrinkage));
        return SparseMatrix.ofRows(
                similar.columns(), similar.rows(), item -> Neighbours.largest(similar.row(item), neighbours));
    }
}
