package dev.lmmrec.scoring.ranking;

import dev.lmmrec.models.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The rows that are ranked: those of an artefact's items, and behind them those of items that came after training. */
final class Candidates {

    private final ItemIndex index;
    private final FloatMatrix trained;
    private final List<float[]> arrived;

    Candidates(ItemIndex index, FloatMatrix trained, List<float[]> arrived) {
        this.index = index;
        this.trained = trained;
        this.arrived = List.copyOf(arrived);
    }

    /** The best of both. */
    Hits top(float[] query, IntPredicate allowed, int k) {
        Hits known = index.top(query, allowed, k);
        int[] late = IntStream.range(trained.rows(), trained.rows() + arrived.size())
                .filter(allowed)
                .toArray();
        if (late.length == 0 || k == 0) {
            return known;
        }
        int[] items = Arrays.copyOf(known.items(), known.size() + late.length);
        float[] scores = Arrays.copyOf(known.scores(), items.length);
        for (int c = 0; c < late.length; c++) {
            items[known.size() + c] = late[c];
            scores[known.size() + c] = InnerProduct.of(query, arrived.get(late[c] - trained.rows()));
        }
        return Hits.best(items, scores, k);
    }

    void row(int item, float[] into) {
        if (item < trained.rows()) {
            trained.row(item, into);
        } else {
            System.arraycopy(arrived.get(item - trained.rows()), 0, into, 0, into.length);
        }
    }

    float[] row(int item) {
        float[] row = new float[trained.columns()];
        row(item, row);
        return row;
    }
}
