package dev.lmmrec.reading.linear;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much each feature speaks for each label: a linear model as a readable table. */
final class Weights {

    private final List<String> labels;
    private final Map<String, float[]> rows;

    Weights(List<String> labels, Map<String, float[]> rows) {
        this.labels = List.copyOf(labels);
        this.rows = rows;
    }

    /**
     * Reads a table.
     *
     * @param lines after comment lines that begin with {@code #}, the labels between tabs, then one feature a line: its
     *     name and, between tabs, one number per label, an empty cell for none
     * @throws IllegalArgumentException if a line has another number of cells
     */
    static Weights read(BufferedReader lines) throws IOException {
        List<String> labels = null;
        Map<String, float[]> rows = new HashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("# ") || line.isEmpty()) {
                continue;
            }
            String[] cells = line.split("\t", -1);
            if (labels == null) {
                labels = List.of(Arrays.copyOfRange(cells, 1, cells.length));
                continue;
            }
            if (cells.length != labels.size() + 1) {
                throw new IllegalArgumentException("feature '" + cells[0] + "' has " + (cells.length - 1)
                        + " cells, must have one for each of " + labels);
            }
            float[] row = new float[labels.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = cells[i + 1].isEmpty() ? 0 : Integer.parseInt(cells[i + 1]) / 100f;
            }
            rows.put(cells[0], row);
        }
        if (labels == null) {
            throw new IllegalArgumentException("the table has no line of labels");
        }
        return new Weights(labels, rows);
    }

    List<String> labels() {
        return labels;
    }

    /** The weights of one feature, {@code [labels]}, or null; not to be changed. */
    float[] row(String feature) {
        return rows.get(feature);
    }

    /** Adds up what the features say, {@code [labels]}. */
    double[] scores(Iterable<String> features) {
        double[] scores = new double[labels.size()];
        for (String feature : features) {
            float[] row = rows.get(feature);
            if (row != null) {
                for (int i = 0; i < scores.length; i++) {
                    scores[i] += row[i];
                }
            }
        }
        return scores;
    }

    /** The probability of each label, {@code [labels]}, adding up to 1. */
    double[] probabilities(Iterable<String> features) {
        double[] scores = scores(features);
        double largest = Arrays.stream(scores).max().orElseThrow();
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(scores[i] - largest);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
        return scores;
    }
}
