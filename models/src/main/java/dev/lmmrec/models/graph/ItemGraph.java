package dev.lmmrec.models.graph;

import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.FloatMatrix;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.HnswGraph;
import org.apache.lucene.util.hnsw.HnswGraph.NodesIterator;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.NeighborArray;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;

/**
 * A hierarchical navigable small world (Malkov and Yashunin, arXiv 1603.09320) over item vectors, near by inner
 * product. Lucene builds and walks it; the file is ours, so that it can be mapped: opening one reads nothing but its
 * header. Safe for use by several threads.
 *
 * <p>By inner products long vectors are near to everybody, so that a walk comes far, but most short ones end up with
 * nobody who points at them. By distance each has neighbours of its own, but a walk does not leave its neighbourhood.
 * So there are two graphs: a walk by inner products, then one by distance that begins at all that the first found.
 *
 * <p>The file is a row of big-endian 32-bit numbers: the mark, the version, how many items, how many levels, the item
 * where a walk begins; then for each level from 0, and for level 0 of the graph by distance, how many items are on it
 * and how many numbers its neighbours take; then for each of them the items (not on a level 0, where all are), the
 * offsets of their neighbours, one more than items, and the neighbours.
 */
public final class ItemGraph {

    private static final int MARK = 0x4c4d4752;
    private static final int VERSION = 2;
    private static final int HEADER_INTS = 5;
    private static final int LEVELS_MAX = 64;

    /** The builder's own default; each item has up to twice as many neighbours on level 0. */
    private static final int NEIGHBOURS = 16;

    /** How many candidates for an item's neighbours are looked at. */
    private static final int BUILD_BEAM = 100;

    /** Levels are drawn by chance: the same vectors give the same graph. */
    private static final long SEED = 42;

    private final int items;
    private final int entry;
    private final List<Level> levels;
    private final Level byDistance;

    private ItemGraph(int items, int entry, List<Level> levels, Level byDistance) {
        this.items = items;
        this.entry = entry;
        this.levels = levels;
        this.byDistance = byDistance;
    }

    /** One level: where its parts begin in the mapped numbers. */
    private record Level(int count, IntBuffer nodes, IntBuffer offsets, IntBuffer neighbours) {

        /** The place of an item on this level; on level 0 its index. */
        int place(int item) {
            if (nodes == null) {
                return item;
            }
            int low = 0;
            int high = count - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int found = nodes.get(middle);
                if (found == item) {
                    return middle;
                }
                if (found < item) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            throw new IllegalStateException("item " + item + " is not on the level that a neighbour says it is on");
        }
    }

    /**
     * Builds the graph of a matrix and writes it. Takes minutes for a million items; two processors share the work.
     *
     * @param vectors {@code [n, w]}, one row an item, at least one
     * @param file is replaced
     * @throws IOException if it cannot be written
     */
    public static void write(FloatMatrix vectors, Path file) throws IOException {
        List<OnHeapHnswGraph> built = Stream.of(new Products(vectors), Distances.of(vectors))
                .parallel()
                .map(near -> build(near, vectors.rows()))
                .toList();
        OnHeapHnswGraph graph = built.get(0);
        List<BuiltLevel> levels = new ArrayList<>();
        for (int level = 0; level < graph.numLevels(); level++) {
            levels.add(BuiltLevel.of(graph, level));
        }
        levels.add(BuiltLevel.of(built.get(1), 0));
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (int number : new int[] {MARK, VERSION, vectors.rows(), graph.numLevels(), graph.entryNode()}) {
                out.writeInt(number);
            }
            for (BuiltLevel level : levels) {
                level.writeSizes(out);
            }
            for (BuiltLevel level : levels) {
                level.writeParts(out);
            }
        }
    }

    private static OnHeapHnswGraph build(RandomVectorScorerSupplier near, int items) {
        try {
            return HnswGraphBuilder.create(near, NEIGHBOURS, BUILD_BEAM, SEED, items)
                    .build(items);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is read but mapped memory", e);
        }
    }

    /** One level as it was built. */
    // nobody compares or changes them
    @SuppressWarnings("ArrayRecordComponent")
    private record BuiltLevel(OnHeapHnswGraph graph, int level, int[] nodes) {

        static BuiltLevel of(OnHeapHnswGraph graph, int level) {
            return new BuiltLevel(graph, level, NodesIterator.getSortedNodes(graph.getNodesOnLevel(level)));
        }

        void writeSizes(DataOutputStream out) throws IOException {
            out.writeInt(nodes.length);
            out.writeInt(Arrays.stream(nodes)
                    .map(node -> graph.getNeighbors(level, node).size())
                    .sum());
        }

        void writeParts(DataOutputStream out) throws IOException {
            for (int c = 0; level > 0 && c < nodes.length; c++) {
                out.writeInt(nodes[c]);
            }
            int offset = 0;
            for (int node : nodes) {
                out.writeInt(offset);
                offset += graph.getNeighbors(level, node).size();
            }
            out.writeInt(offset);
            for (int node : nodes) {
                NeighborArray neighbours = graph.getNeighbors(level, node);
                for (int c = 0; c < neighbours.size(); c++) {
                    out.writeInt(neighbours.nodes()[c]);
                }
            }
        }
    }

    /**
     * Maps a graph.
     *
     * @param file stays as it is while the graph is used
     * @param items how many items it must be of
     * @return the graph
     * @throws DamagedArtefactException if it is no such file, of another number of items, or shorter or longer than its
     *     header says
     * @throws IOException if it cannot be read
     */
    public static ItemGraph map(Path file, int items) throws IOException, DamagedArtefactException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE || channel.size() < HEADER_INTS * (long) Integer.BYTES) {
                throw new DamagedArtefactException(file + " is no graph of items: it has " + channel.size() + " bytes");
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            IntBuffer numbers = bytes.asIntBuffer();
            int levels = numbers.get(3);
            if (numbers.get(0) != MARK || numbers.get(1) != VERSION || levels < 1 || levels > LEVELS_MAX) {
                throw new DamagedArtefactException(file + " is no graph of items of version " + VERSION);
            }
            if (numbers.get(2) != items) {
                throw new DamagedArtefactException(
                        file + " is of " + numbers.get(2) + " items, the artefact has " + items);
            }
            List<Level> all = levels(file, numbers, levels + 1);
            return new ItemGraph(items, numbers.get(4), all.subList(0, levels), all.get(levels));
        }
    }

    private static List<Level> levels(Path file, IntBuffer numbers, int count) throws DamagedArtefactException {
        long at = HEADER_INTS + 2L * count;
        List<Level> levels = new ArrayList<>();
        while (levels.size() < count && at <= numbers.limit()) {
            int level = levels.size();
            boolean hasAllItems = level == 0 || level == count - 1;
            int nodes = numbers.get(HEADER_INTS + 2 * level);
            int neighbours = numbers.get(HEADER_INTS + 2 * level + 1);
            long nodesAt = at;
            long offsetsAt = nodesAt + (hasAllItems ? 0 : nodes);
            long neighboursAt = offsetsAt + nodes + 1;
            at = neighboursAt + neighbours;
            if (nodes < 1 || neighbours < 0 || at > numbers.limit()) {
                break;
            }
            levels.add(new Level(
                    nodes,
                    hasAllItems ? null : numbers.slice((int) nodesAt, nodes),
                    numbers.slice((int) offsetsAt, nodes + 1),
                    numbers.slice((int) neighboursAt, neighbours)));
        }
        if (levels.size() < count || at != numbers.limit()) {
            throw new DamagedArtefactException(
                    file + " has " + numbers.limit() + " numbers, its header says another number");
        }
        return levels;
    }

    /**
     * Searches.
     *
     * @param vectors the matrix of which the graph is
     * @param query {@code [w]}
     * @param allowed says by index which items may be found
     * @param beam how many items are held on the way by inner products; more find better and take longer
     * @param wanted how many items are held on the way by distance, and found at most
     * @param looksMax how many items each of the two walks looks at at most
     * @return up to {@code wanted} allowed items, nearest first; none if a walk ended at {@code looksMax}
     */
    public int[] near(FloatMatrix vectors, float[] query, IntPredicate allowed, int beam, int wanted, int looksMax) {
        Product product = new Product(vectors, query);
        int[] far = walk(product, beam, looksMax, new Walk(levels, entry, new int[0]), null);
        if (far.length == 0) {
            return far;
        }
        return walk(product, wanted, looksMax, new Walk(List.of(byDistance), far[0], far), new Allowed(items, allowed));
    }

    private int[] walk(Product product, int beam, int looksMax, Walk walk, Bits allowed) {
        TopKnnCollector found = new TopKnnCollector(Math.min(beam, items), looksMax);
        try {
            HnswGraphSearcher.search(product, found, walk, allowed);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read but mapped memory", e);
        }
        return found.earlyTerminated()
                ? new int[0]
                : Arrays.stream(found.topDocs().scoreDocs)
                        .mapToInt(hit -> hit.doc)
                        .toArray();
    }

    private record Allowed(int length, IntPredicate allowed) implements Bits {

        @Override
        public boolean get(int item) {
            return allowed.test(item);
        }
    }

    /** One reader's place in one of the graphs. */
    private final class Walk extends HnswGraph {

        private final List<Level> on;
        private final int first;
        private final int[] besideFirst;
        private int nextBeside;
        private IntBuffer neighbours;
        private int next;
        private int end;

        /** Begins at an item that has some neighbours more than the graph says. */
        Walk(List<Level> on, int first, int[] besideFirst) {
            this.on = on;
            this.first = first;
            this.besideFirst = besideFirst;
        }

        @Override
        public void seek(int level, int item) {
            Level here = on.get(level);
            int place = here.place(item);
            nextBeside = item == first ? 0 : besideFirst.length;
            neighbours = here.neighbours();
            next = here.offsets().get(place);
            end = here.offsets().get(place + 1);
        }

        @Override
        public int nextNeighbor() {
            if (nextBeside < besideFirst.length) {
                return besideFirst[nextBeside++];
            }
            return next < end ? neighbours.get(next++) : DocIdSetIterator.NO_MORE_DOCS;
        }

        @Override
        public int size() {
            return items;
        }

        @Override
        public int numLevels() {
            return on.size();
        }

        @Override
        public int entryNode() {
            return first;
        }

        @Override
        public NodesIterator getNodesOnLevel(int level) {
            if (level == 0) {
                return new ArrayNodesIterator(items);
            }
            int[] nodes = new int[on.get(level).count()];
            on.get(level).nodes().get(0, nodes);
            return new ArrayNodesIterator(nodes, nodes.length);
        }
    }

    /** The products of a query with the rows of a matrix, on the scale that Lucene asks for: above 0. */
    private static final class Product implements RandomVectorScorer {

        private final FloatMatrix vectors;
        private final float[] query;
        private final float[] row;

        Product(FloatMatrix vectors, float[] query) {
            this.vectors = vectors;
            this.query = query;
            this.row = new float[query.length];
        }

        @Override
        public float score(int item) {
            return scaled(of(item));
        }

        float of(int item) {
            vectors.row(item, row);
            return product(query, row);
        }

        static float scaled(float product) {
            return product < 0 ? 1 / (1 - product) : product + 1;
        }

        /** Four sums side by side, because the order of one sum would have to be kept. */
        private static float product(float[] a, float[] b) {
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            int k = 0;
            for (; k < a.length - 3; k += 4) {
                s0 += a[k] * b[k];
                s1 += a[k + 1] * b[k + 1];
                s2 += a[k + 2] * b[k + 2];
                s3 += a[k + 3] * b[k + 3];
            }
            for (; k < a.length; k++) {
                s0 += a[k] * b[k];
            }
            return (s0 + s1) + (s2 + s3);
        }

        @Override
        public int maxOrd() {
            return vectors.rows();
        }
    }

    private record Products(FloatMatrix vectors) implements RandomVectorScorerSupplier {

        @Override
        public RandomVectorScorer scorer(int item) {
            return new Product(vectors, vectors.row(item));
        }

        @Override
        public RandomVectorScorerSupplier copy() {
            return this;
        }
    }

    /**
     * Distances of a matrix's rows, with a column more that gives all of them the same length (Bachrach et al., Recsys
     * 2014): nearest is then the largest inner product, but to the row's own neighbourhood and not to the longest.
     *
     * @param vectors the matrix
     * @param more the further column
     */
    // nobody compares or changes them
    @SuppressWarnings("ArrayRecordComponent")
    private record Distances(FloatMatrix vectors, float[] more) implements RandomVectorScorerSupplier {

        static Distances of(FloatMatrix vectors) {
            float[] more = new float[vectors.rows()];
            float longest = 0;
            float[] row = new float[vectors.columns()];
            for (int item = 0; item < more.length; item++) {
                vectors.row(item, row);
                more[item] = Product.product(row, row);
                longest = Math.max(longest, more[item]);
            }
            for (int item = 0; item < more.length; item++) {
                more[item] = (float) Math.sqrt(longest - more[item]);
            }
            return new Distances(vectors, more);
        }

        @Override
        public RandomVectorScorer scorer(int item) {
            Product product = new Product(vectors, vectors.row(item));
            float own = more[item];
            // all rows have the same length: the larger their product, the nearer
            return new RandomVectorScorer() {

                @Override
                public float score(int other) {
                    return Product.scaled(product.of(other) + own * more[other]);
                }

                @Override
                public int maxOrd() {
                    return more.length;
                }
            };
        }

        @Override
        public RandomVectorScorerSupplier copy() {
            return this;
        }
    }
}
