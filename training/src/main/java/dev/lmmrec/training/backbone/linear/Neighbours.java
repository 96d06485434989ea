package dev.lmmrec.training.backbone.linear;

import java.util.Arrays;

/** The largest of some numbers; of equal ones those with the lower index. */
final class Neighbours {

    private Neighbours() {}

    /** Where the {@code count} largest values are, ascending; all if there are no more. */
    static int[] largest(float[] values, int count) {
        if (values.length <= count) {
            int[] all = new int[values.length];
            Arrays.setAll(all, i -> i);
            return all;
        }
        if (count == 0) {
            return new int[0];
        }
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        float least = sorted[sorted.length - count];
        int above = 0;
        for (float value : values) {
            above += value > least ? 1 : 0;
        }
        int ties = count - above;
        int[] chosen = new int[count];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > least || (values[i] == least && ties-- > 0)) {
                chosen[next++] = i;
            }
        }
        return chosen;
    }

    /** A row with its largest entries alone. */
    static SparseMatrix.Row largest(SparseMatrix.Row row, int count) {
        int[] chosen = largest(row.values(), count);
        int[] columns = new int[chosen.length];
        float[] values = new float[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            columns[i] = row.columns()[chosen[i]];
            values[i] = row.values()[chosen[i]];
        }
        return new SparseMatrix.Row(columns, values);
    }
}
