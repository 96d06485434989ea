package dev.lmmrec.scoring.ranking;

import dev.lmmrec.models.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Finds the items of the largest inner products with a query by looking at all of them, exactly.
 *
 * <p>What is looked at are whole numbers of 12 bits, in pairs of columns: the compiler turns the sum of two products of
 * 16-bit numbers into one instruction for many items, and half the memory is read that floats would take. How far such
 * a sum can be from the true product is known, so the items that can be among the best are few, and of these the true
 * products are compared. Safe for use by several threads.
 */
final class FlatIndex implements ItemIndex {

    /** Items looked at together: their sums stay in the first cache. */
    private static final int BLOCK = 1_024;

    /** The largest whole number of a matrix cell: 12 bits with the sign. */
    private static final int CELL_MAX = 2_047;

    /** From here on several processors share the work. */
    private static final int PARALLEL_MIN = 1 << 18;

    private final FloatMatrix vectors;
    private final int items;
    private final int width;

    /** By blocks, then pairs of columns, then items and the two of the pair in one array. */
    private final short[][][] cells;

    /** What one in a column stands for. */
    private final float[] units;

    /** The largest sum of a row's absolute whole numbers. */
    private final long rowMax;

    /**
     * Prepares the search.
     *
     * @param vectors {@code [n, w]}, stays mapped
     */
    FlatIndex(FloatMatrix vectors) {
        this.vectors = vectors;
        this.items = vectors.rows();
        this.width = vectors.columns();
        this.units = units(vectors);
        this.cells = new short[(items + BLOCK - 1) / BLOCK][][];
        long largest = 0;
        float[] row = new float[width];
        for (int block = 0; block < cells.length; block++) {
            short[][] own = new short[(width + 1) / 2][2 * BLOCK];
            for (int i = block * BLOCK; i < Math.min(items, (block + 1) * BLOCK); i++) {
                vectors.row(i, row);
                long sum = 0;
                for (int k = 0; k < width; k++) {
                    int cell = units[k] == 0 ? 0 : Math.round(row[k] / units[k]);
                    own[k / 2][2 * (i % BLOCK) + k % 2] = (short) cell;
                    sum += Math.abs(cell);
                }
                largest = Math.max(largest, sum);
            }
            cells[block] = own;
        }
        this.rowMax = largest;
    }

    private static float[] units(FloatMatrix vectors) {
        float[] largest = new float[vectors.columns()];
        float[] row = new float[largest.length];
        for (int i = 0; i < vectors.rows(); i++) {
            vectors.row(i, row);
            for (int k = 0; k < row.length; k++) {
                largest[k] = Math.max(largest[k], Math.abs(row[k]));
            }
        }
        for (int k = 0; k < largest.length; k++) {
            largest[k] /= CELL_MAX;
        }
        return largest;
    }

    @Override
    public int size() {
        return items;
    }

    @Override
    public Hits top(float[] query, IntPredicate allowed, int k) {
        if (query.length != width) {
            throw new IllegalArgumentException("a query of " + query.length + " numbers, the items have " + width);
        }
        if (k == 0 || items == 0) {
            return Hits.NONE;
        }
        Rounded rounded = Rounded.of(query, units);
        // of an item and of the k-th best the sums may both be off
        long slack = 2 * rounded.errorMax(rowMax);
        int shares = items < PARALLEL_MIN ? 1 : Runtime.getRuntime().availableProcessors();
        IntStream each = IntStream.range(0, shares);
        List<NearBest> found = (shares == 1 ? each : each.parallel())
                .mapToObj(share -> look(rounded, allowed, new NearBest(Math.min(k, items), slack), share, shares))
                .toList();
        NearBest all = found.get(0);
        found.subList(1, found.size()).forEach(all::addAll);
        return best(query, all.items(), k);
    }

    /**
     * Looks at one share of the blocks; sums stay in the first cache, and nothing is kept of an item that is far off.
     */
    private NearBest look(Rounded query, IntPredicate allowed, NearBest near, int share, int shares) {
        int[] sums = new int[BLOCK];
        int end = (int) ((long) cells.length * (share + 1) / shares);
        for (int block = (int) ((long) cells.length * share / shares); block < end; block++) {
            sum(query, cells[block], sums);
            int first = block * BLOCK;
            int count = Math.min(BLOCK, items - first);
            for (int i = 0; i < count; i++) {
                if (sums[i] >= near.least() && allowed.test(first + i)) {
                    near.add(first + i, sums[i]);
                }
            }
        }
        return near;
    }

    /** A query in whole numbers, each pair of them repeated for all items of a block. */
    private static final class Rounded {

        private final short[][] pairs;
        private final long sum;
        private final int width;

        private Rounded(short[][] pairs, long sum, int width) {
            this.pairs = pairs;
            this.sum = sum;
            this.width = width;
        }

        static Rounded of(float[] query, float[] units) {
            double[] scaled = new double[query.length];
            double largest = 0;
            double sum = 0;
            for (int k = 0; k < query.length; k++) {
                scaled[k] = (double) query[k] * units[k];
                largest = Math.max(largest, Math.abs(scaled[k]));
                sum += Math.abs(scaled[k]);
            }
            // neither a number of 16 bits nor a sum of 32 may overflow, roundings included
            double unit = largest == 0
                    ? 1
                    : Math.max(largest / Short.MAX_VALUE, sum / ((double) Integer.MAX_VALUE / CELL_MAX - query.length));
            short[][] pairs = new short[(query.length + 1) / 2][2 * BLOCK];
            long whole = 0;
            for (int k = 0; k < query.length; k++) {
                short number = (short) Math.round(scaled[k] / unit);
                whole += Math.abs(number);
                short[] pair = pairs[k / 2];
                for (int i = k % 2; i < pair.length; i += 2) {
                    pair[i] = number;
                }
            }
            return new Rounded(pairs, whole, query.length);
        }

        /** How far a sum can be from the true product in the same unit: half a one for each rounding. */
        long errorMax(long rowMax) {
            return (sum + rowMax) / 2 + width / 4 + 2;
        }
    }

    private static void sum(Rounded query, short[][] cells, int[] sums) {
        Arrays.fill(sums, 0);
        for (int pair = 0; pair < cells.length; pair++) {
            addPair(cells[pair], query.pairs[pair], sums);
        }
    }

    /**
     * A loop of just this form becomes one multiply-and-add for many items: two products added up before anything else
     * is, arrays from their beginnings, one such sum in the loop. With the sum in front, or an offset, the compiler of
     * JDK 17 goes from item to item.
     */
    private static void addPair(short[] cells, short[] pair, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = (cells[2 * i] * pair[2 * i] + cells[2 * i + 1] * pair[2 * i + 1]) + sums[i];
        }
    }

    /** The items met so far whose sums are not further below the k-th largest than both can be wrong. */
    private static final class NearBest {

        private final int[] heap;
        private final long slack;
        private int filled;
        private int[] items = new int[64];
        private int[] sums = new int[64];
        private int count;
        private long least = Long.MIN_VALUE;

        NearBest(int k, long slack) {
            this.heap = new int[k];
            this.slack = slack;
        }

        /** A sum below this one cannot be of one of the best. */
        long least() {
            return least;
        }

        /** Keeps an item whose sum is not below the least. */
        void add(int item, int sum) {
            if (count == items.length) {
                forgetFar();
            }
            items[count] = item;
            sums[count++] = sum;
            if (filled < heap.length) {
                heap[filled++] = sum;
                if (filled == heap.length) {
                    Arrays.sort(heap);
                    least = heap[0] - slack;
                }
            } else if (sum > heap[0]) {
                heap[0] = sum;
                siftDown(heap);
                least = heap[0] - slack;
            }
        }

        void addAll(NearBest other) {
            for (int c = 0; c < other.count; c++) {
                if (other.sums[c] >= least) {
                    add(other.items[c], other.sums[c]);
                }
            }
        }

        int[] items() {
            forgetFar();
            return Arrays.copyOf(items, count);
        }

        /** Drops what has fallen behind since it was kept; makes room if most has not. */
        private void forgetFar() {
            int kept = 0;
            for (int c = 0; c < count; c++) {
                if (sums[c] >= least) {
                    items[kept] = items[c];
                    sums[kept++] = sums[c];
                }
            }
            count = kept;
            if (2 * count > items.length) {
                items = Arrays.copyOf(items, 2 * items.length);
                sums = Arrays.copyOf(sums, 2 * sums.length);
            }
        }

        private static void siftDown(int[] heap) {
            int value = heap[0];
            int at = 0;
            while (2 * at + 1 < heap.length) {
                int child = 2 * at + 1;
                if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
                    child++;
                }
                if (heap[child] >= value) {
                    break;
                }
                heap[at] = heap[child];
                at = child;
            }
            heap[at] = value;
        }
    }

    private Hits best(float[] query, int[] near, int k) {
        float[] scores = new float[near.length];
        float[] row = new float[width];
        for (int c = 0; c < near.length; c++) {
            vectors.row(near[c], row);
            scores[c] = InnerProduct.of(query, row);
        }
        return Hits.best(near, scores, k);
    }
}
