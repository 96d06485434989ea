package dev.lmmrec.bench.search;

import ai.onnxruntime.OrtException;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.graph.ItemGraph;
import dev.lmmrec.scoring.ranking.ItemIndex;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Measures ways of finding a user's best items on the same vectors, one after the other in one process.
 *
 * @param width of a query
 * @param k how many items are sought
 * @param queries how many are measured; as many again warm up before
 * @param beams of the approximate search
 * @param seed decides the vectors
 * @param progress is told a line a step
 */
public record SearchBench(int width, int k, int queries, List<Integer> beams, long seed, Consumer<String> progress) {

    /** Items that a user has seen already. */
    private static final int SEEN = 50;

    private static final int SHORT_BYTES = 2;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long MICROSECOND = 1_000;
    private static final double P50 = 50;
    private static final double P99 = 99;

    /**
     * One way on one number of items.
     *
     * @param way what was measured
     * @param vectors on what
     * @param items how many
     * @param p50 milliseconds, half of the queries took no longer
     * @param p99 milliseconds, 99 of 100 queries took no longer
     * @param processor milliseconds of processor time of the asking thread, half of the queries took no longer: other
     *     work on the machine lengthens it less
     * @param recall the share of the true best items that was found
     */
    public record Row(
            String way, Vectors vectors, int items, double p50, double p99, double processor, double recall) {}

    /**
     * The least time.
     *
     * @param items how many
     * @param oneThread milliseconds that one thread needs to read what the exact search reads
     * @param allThreads milliseconds that all processors together need
     */
    public record Floor(int items, double oneThread, double allThreads) {}

    /**
     * How fast memory is.
     *
     * @param items how many
     * @return the least time that a search of 16-bit numbers can take
     */
    public Floor floor(int items) {
        long bytes = (long) items * width * SHORT_BYTES;
        return new Floor(
                items,
                MemoryFloor.nanos(bytes, 1) / NANOS_PER_MILLI,
                MemoryFloor.nanos(bytes, Runtime.getRuntime().availableProcessors()) / NANOS_PER_MILLI);
    }

    /** A way of searching; returns items. */
    @FunctionalInterface
    private interface Way {
        int[] top(float[] query, BitSet excluded) throws OrtException;
    }

    /**
     * Measures all ways.
     *
     * @param folder for the artefact
     * @param items how many
     * @param vectors what they are like
     * @return one row a way
     * @throws IOException if the artefact cannot be written
     * @throws DamagedArtefactException never, for it was written just now
     * @throws OrtException if ONNX Runtime fails
     */
    public List<Row> run(Path folder, int items, Vectors vectors)
            throws IOException, DamagedArtefactException, OrtException {
        progress.accept(items + " " + vectors + " items: writing the artefact");
        Artefact artefact =
                new MadeUpArtefact(items, 1, 1, width, vectors, seed).write(folder, Instant.ofEpochMilli(items));
        FloatMatrix matrix = artefact.itemVectors();
        List<float[]> users = IntStream.range(0, 2 * queries)
                .mapToObj(user -> vectors.user(user, width, seed))
                .toList();
        Random random = new Random(seed);
        List<BitSet> seen = users.stream()
                .map(user -> {
                    BitSet some = new BitSet(items);
                    IntStream.range(0, SEEN).forEach(i -> some.set(random.nextInt(items)));
                    return some;
                })
                .toList();
        List<Row> rows = new ArrayList<>();
        List<int[]> truth = new ArrayList<>();
        PlainSearch plain = new PlainSearch(matrix);
        rows.add(measure(
                "plain Java", items, vectors, users, seen, truth, (query, without) -> plain.top(query, without, k)));
        try (ScorerGraph graph = new ScorerGraph(artefact)) {
            rows.add(measure(
                    "ONNX Runtime",
                    items,
                    vectors,
                    users,
                    seen,
                    truth,
                    (query, without) -> graph.top(query, without, k)));
        }
        ItemIndex exact = ItemIndex.exact(matrix);
        rows.add(measure("exact", items, vectors, users, seen, truth, (query, without) -> top(exact, query, without)));
        Path file = artefact.file(ArtefactFiles.ITEM_GRAPH);
        if (!artefact.has(ArtefactFiles.ITEM_GRAPH)) {
            ItemGraph.write(matrix, file);
        }
        ItemGraph graph = ItemGraph.map(file, items);
        for (int beam : beams) {
            ItemIndex approximate = ItemIndex.approximate(matrix, graph, beam);
            rows.add(measure(
                    "graph, beam " + beam,
                    items,
                    vectors,
                    users,
                    seen,
                    truth,
                    (query, without) -> top(approximate, query, without)));
        }
        return rows;
    }

    private int[] top(ItemIndex index, float[] query, BitSet excluded) {
        return index.top(query, item -> !excluded.get(item), k).items();
    }

    /** Measures one way; the first one says what is true. */
    private Row measure(
            String name, int items, Vectors vectors, List<float[]> users, List<BitSet> seen, List<int[]> truth, Way way)
            throws OrtException {
        Histogram nanos = new Histogram(3);
        Histogram processorNanos = new Histogram(3);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        boolean first = truth.isEmpty();
        long found = 0;
        long sought = 0;
        for (int query = 0; query < users.size(); query++) {
            long processorStart = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            int[] best = way.top(users.get(query), seen.get(query));
            long took = System.nanoTime() - start;
            long processorTook = threads.getCurrentThreadCpuTime() - processorStart;
            if (first) {
                truth.add(best);
            }
            if (query >= queries) {
                nanos.recordValue(Math.max(took, MICROSECOND));
                processorNanos.recordValue(Math.max(processorTook, MICROSECOND));
                int[] wanted = truth.get(query);
                sought += wanted.length;
                found += IntStream.of(wanted)
                        .filter(item -> IntStream.of(best).anyMatch(other -> other == item))
                        .count();
            }
        }
        Row row = new Row(
                name,
                vectors,
                items,
                nanos.getValueAtPercentile(P50) / NANOS_PER_MILLI,
                nanos.getValueAtPercentile(P99) / NANOS_PER_MILLI,
                processorNanos.getValueAtPercentile(P50) / NANOS_PER_MILLI,
                found / (double) sought);
        progress.accept("  " + name + ": " + row.p50() + " ms");
        return row;
    }
}
