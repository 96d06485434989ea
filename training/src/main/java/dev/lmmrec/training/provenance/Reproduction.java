package dev.lmmrec.training.provenance;

import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Compares an artefact with one that was made after its manifest. */
public final class Reproduction {

    private static final int TOP = 20;
    private static final int LISTS_MAX = 1_000;

    private final double metricTolerance;

    /**
     * Sets what still counts as the same.
     *
     * @param metricTolerance how far a metric may be off, absolute
     * @throws IllegalArgumentException if it is negative or no number
     */
    public Reproduction(double metricTolerance) {
        if (!(metricTolerance >= 0)) {
            throw new IllegalArgumentException("the tolerance is " + metricTolerance + ", must be 0 or more");
        }
        this.metricTolerance = metricTolerance;
    }

    /**
     * One thing compared.
     *
     * @param what what it is
     * @param expected in the artefact
     * @param got in the one made again
     * @param same whether that counts as the same
     */
    public record Line(String what, String expected, String got, boolean same) {}

    /**
     * Compares.
     *
     * @param expected the artefact
     * @param got the one made again
     * @return a line for each thing that must be the same
     * @throws IOException if a file cannot be read
     * @throws DamagedArtefactException if vectors are not where the contract has them
     */
    public List<Line> compare(Artefact expected, Artefact got) throws IOException, DamagedArtefactException {
        Manifest before = expected.manifest();
        Manifest after = got.manifest();
        List<Line> lines = new ArrayList<>();
        equal(lines, "interactions", before.dataFingerprint(), after.dataFingerprint());
        for (String key : List.of(Provenance.ROWS_FINGERPRINT, "split", "epochs-trained")) {
            equal(lines, key, before.provenance().get(key), after.provenance().get(key));
        }
        equal(lines, "users", before.users(), after.users());
        equal(lines, "items", before.items(), after.items());
        equal(lines, "widths", before.dims(), after.dims());
        equal(lines, "encoder", before.encoderId(), after.encoderId());
        TreeSet<String> metrics = new TreeSet<>(before.metrics().keySet());
        metrics.addAll(after.metrics().keySet());
        for (String metric : metrics) {
            lines.add(metric(metric, before.metrics(), after.metrics()));
        }
        if (before.dims().equals(after.dims()) && expected.users().equals(got.users())) {
            ServedVectors mine = ServedVectors.of(expected);
            ServedVectors others = ServedVectors.of(got);
            lines.add(lists("top 20 items of users", mine, others, mine.users(), ServedVectors::firstOfUser));
            lines.add(lists("top 20 by text of items", mine, others, mine.items(), ServedVectors::nearestByText));
        } else {
            lines.add(new Line("top 20", "the same users and widths", "others", false));
        }
        return lines;
    }

    private static void equal(List<Line> lines, String what, Object expected, Object got) {
        lines.add(new Line(what, String.valueOf(expected), String.valueOf(got), Objects.equals(expected, got)));
    }

    private Line metric(String name, Map<String, Double> before, Map<String, Double> after) {
        Double expected = before.get(name);
        Double got = after.get(name);
        boolean same = expected != null && got != null && Math.abs(expected - got) <= metricTolerance;
        return new Line(name, figure(expected), figure(got), same);
    }

    private static String figure(Double value) {
        return value == null ? "none" : String.format(Locale.ROOT, "%.6f", value);
    }

    private interface Ranking {

        List<String> first(ServedVectors vectors, String of, int count);
    }

    private static Line lists(String what, ServedVectors mine, ServedVectors others, List<String> of, Ranking ranking) {
        // of many, every n-th: the whole range is met, and nobody has to know a seed
        int step = Math.max(1, (of.size() + LISTS_MAX - 1) / LISTS_MAX);
        int[] asked = IntStream.iterate(0, i -> i < of.size(), i -> i + step).toArray();
        long equal = IntStream.of(asked)
                .filter(i -> ranking.first(mine, of.get(i), TOP).equals(ranking.first(others, of.get(i), TOP)))
                .count();
        return new Line(what, asked.length + " equal lists", equal + " equal lists", equal == asked.length);
    }
}
