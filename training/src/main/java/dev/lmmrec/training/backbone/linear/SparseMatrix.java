package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.data.Interactions;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A sparse matrix in compressed rows, columns ascending within a row. Immutable. What is computed in parallel is
 * computed row by row, each row by one thread and in a fixed order, so that results do not depend on the threads.
 */
final class SparseMatrix {

    private final int columns;
    private final int[] start;
    private final int[] column;
    private final float[] value;

    private SparseMatrix(int columns, int[] start, int[] column, float[] value) {
        this.columns = columns;
        this.start = start;
        this.column = column;
        this.value = value;
    }

    /** One row of a matrix, its columns ascending. Takes over the arrays. */
    static final class Row {

        private final int[] columns;
        private final float[] values;

        Row(int[] columns, float[] values) {
            this.columns = columns;
            this.values = values;
        }

        int[] columns() {
            return columns;
        }

        float[] values() {
            return values;
        }
    }

    /** X: a 1 for every pair. */
    static SparseMatrix of(Interactions interactions) {
        return ofRows(interactions.items(), interactions.users(), user -> {
            int[] items = interactions.itemsOf(user);
            float[] ones = new float[items.length];
            Arrays.fill(ones, 1);
            return new Row(items, ones);
        });
    }

    /** Makes rows in parallel; each has ascending columns. */
    static SparseMatrix ofRows(int columns, int rows, IntFunction<Row> maker) {
        Row[] made = IntStream.range(0, rows).parallel().mapToObj(maker).toArray(Row[]::new);
        int[] start = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            start[row + 1] = Math.addExact(start[row], made[row].columns.length);
        }
        int[] column = new int[start[rows]];
        float[] value = new float[start[rows]];
        for (int row = 0; row < rows; row++) {
            int length = start[row + 1] - start[row];
            System.arraycopy(made[row].columns, 0, column, start[row], length);
            System.arraycopy(made[row].values, 0, value, start[row], length);
        }
        return new SparseMatrix(columns, start, column, value);
    }

    int rows() {
        return start.length - 1;
    }

    int columns() {
        return columns;
    }

    /** Where a row begins in {@link #columnAt} and {@link #valueAt}; it ends where the next begins. */
    int start(int row) {
        return start[row];
    }

    int columnAt(int at) {
        return column[at];
    }

    float valueAt(int at) {
        return value[at];
    }

    /** One row, its zeros left out. */
    Row row(int row) {
        int length = 0;
        for (int at = start[row]; at < start[row + 1]; at++) {
            length += value[at] != 0 ? 1 : 0;
        }
        int[] columnsOf = new int[length];
        float[] valuesOf = new float[length];
        int next = 0;
        for (int at = start[row]; at < start[row + 1]; at++) {
            if (value[at] != 0) {
                columnsOf[next] = column[at];
                valuesOf[next++] = value[at];
            }
        }
        return new Row(columnsOf, valuesOf);
    }

    /** One entry, found by bisection. */
    float get(int row, int inColumn) {
        int at = Arrays.binarySearch(column, start[row], start[row + 1], inColumn);
        return at < 0 ? 0 : value[at];
    }

    double[] rowSums() {
        double[] sums = new double[rows()];
        for (int row = 0; row < sums.length; row++) {
            for (int at = start[row]; at < start[row + 1]; at++) {
                sums[row] += value[at];
            }
        }
        return sums;
    }

    double[] columnSums() {
        double[] sums = new double[columns];
        for (int at = 0; at < value.length; at++) {
            sums[column[at]] += value[at];
        }
        return sums;
    }

    /** Every entry times a factor of its row and a factor of its column. */
    SparseMatrix scaled(double[] ofRow, double[] ofColumn) {
        float[] scaled = new float[value.length];
        for (int row = 0; row < rows(); row++) {
            for (int at = start[row]; at < start[row + 1]; at++) {
                scaled[at] = (float) (value[at] * ofRow[row] * ofColumn[column[at]]);
            }
        }
        return new SparseMatrix(columns, start, column, scaled);
    }

    /** Every entry through a function, zeros staying zeros. */
    SparseMatrix mapped(EntryMap map) {
        float[] mapped = new float[value.length];
        IntStream.range(0, rows()).parallel().forEach(row -> {
            for (int at = start[row]; at < start[row + 1]; at++) {
                mapped[at] = (float) map.of(row, column[at], value[at]);
            }
        });
        return new SparseMatrix(columns, start, column, mapped);
    }

    /** What becomes of an entry. */
    @FunctionalInterface
    interface EntryMap {
        double of(int row, int column, double value);
    }

    SparseMatrix transposed() {
        int[] starts = new int[columns + 1];
        for (int c : column) {
            starts[c + 1]++;
        }
        for (int c = 0; c < columns; c++) {
            starts[c + 1] += starts[c];
        }
        int[] rowsOf = new int[value.length];
        float[] values = new float[value.length];
        int[] next = Arrays.copyOf(starts, columns);
        for (int row = 0; row < rows(); row++) {
            for (int at = start[row]; at < start[row + 1]; at++) {
                int to = next[column[at]]++;
                rowsOf[to] = row;
                values[to] = value[at];
            }
        }
        return new SparseMatrix(rows(), starts, rowsOf, values);
    }

    /** AᵀA, sparse: an entry wherever two columns share a row. */
    SparseMatrix gram() {
        SparseMatrix byColumn = transposed();
        return ofRows(columns, columns, a -> {
            float[] sums = new float[columns];
            byColumn.addProduct(a, this, sums);
            return nonZero(sums);
        });
    }

    /** Adds row {@code row} of {@code this · other} to {@code [other.columns]}. */
    void addProduct(int row, SparseMatrix other, float[] sums) {
        for (int at = start[row]; at < start[row + 1]; at++) {
            other.addRow(column[at], value[at], sums);
        }
    }

    /** Adds a multiple of a row. */
    void addRow(int row, float factor, float[] sums) {
        for (int at = start[row]; at < start[row + 1]; at++) {
            sums[column[at]] += factor * value[at];
        }
    }

    /** The matrix times a dense one. */
    float[] times(float[] dense, int width) {
        float[] product = new float[rows() * width];
        IntStream.range(0, rows()).parallel().forEach(row -> {
            int to = row * width;
            for (int at = start[row]; at < start[row + 1]; at++) {
                float factor = value[at];
                int from = column[at] * width;
                for (int k = 0; k < width; k++) {
                    product[to + k] += factor * dense[from + k];
                }
            }
        });
        return product;
    }

    /** The entries of a dense row that are not 0. */
    static Row nonZero(float[] dense) {
        int count = 0;
        for (float x : dense) {
            count += x != 0 ? 1 : 0;
        }
        int[] at = new int[count];
        float[] values = new float[count];
        int next = 0;
        for (int c = 0; c < dense.length; c++) {
            if (dense[c] != 0) {
                at[next] = c;
                values[next++] = dense[c];
            }
        }
        return new Row(at, values);
    }

    /** The powers of counts that normalise by degree; 0 for a count of 0. */
    static double[] powers(double[] counts, double exponent) {
        return Arrays.stream(counts)
                .map(count -> count > 0 ? Math.pow(count, exponent) : 0)
                .toArray();
    }

    static double[] ones(int length) {
        return filled(length, i -> 1);
    }

    static double[] filled(int length, IntToDoubleFunction of) {
        return IntStream.range(0, length).mapToDouble(of).toArray();
    }
}
