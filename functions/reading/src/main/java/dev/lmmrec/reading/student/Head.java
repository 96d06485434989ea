package dev.lmmrec.reading.student;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.reading.span.SpanMarker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What distillation says of the head that it trained, beside the graph {@link #GRAPH}: the file {@link #FILE}.
 *
 * @param encoder the token vectors it was trained on, {@link TokenEncoder#ID}
 * @param looks the fingerprint of the cue classes it was trained on
 * @param transitions how well a tag goes after another, {@code [tags][tags]}
 * @param sides what the side of a span adds to its votes, {@code [sides][votes]}
 * @param facets the facets its first votes are for
 * @param data what it was trained on: fingerprint and counts
 * @param settings how it was trained: seed and sizes
 * @param metrics what validation measured
 * @param graphSha256 of the graph, in hexadecimal
 */
// nobody compares or changes them
@SuppressWarnings("ArrayRecordComponent")
public record Head(
        String encoder,
        String looks,
        double[][] transitions,
        float[][] sides,
        List<String> facets,
        Map<String, String> data,
        Map<String, String> settings,
        Map<String, Double> metrics,
        String graphSha256) {

    /** The name of this file. */
    public static final String FILE = "student.json";

    /** The name of the graph: one review's vectors and looks to emissions, attention and votes. */
    public static final String GRAPH = "head.onnx";

    /** The order in which sides are counted. */
    public static final List<Side> SIDES = List.of(Side.USER, Side.ITEM);

    /** The order in which polarities are voted for. */
    public static final List<Polarity> POLARITIES = List.of(Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.NEUTRAL);

    /** One vote for each facet and polarity, and the strength. */
    public static final int VOTES = Facet.KNOWN.size() + POLARITIES.size() + 1;

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if they do not fit this program
     */
    public Head {
        int tags = SpanMarker.TAGS.size();
        require(transitions.length == tags, "transitions", transitions.length, tags);
        require(Arrays.stream(transitions).allMatch(row -> row.length == tags), "transitions' rows", -1, tags);
        require(sides.length == SIDES.size(), "sides", sides.length, SIDES.size());
        require(Arrays.stream(sides).allMatch(row -> row.length == VOTES), "sides' rows", -1, VOTES);
        require(facets.size() == Facet.KNOWN.size(), "facets", facets.size(), Facet.KNOWN.size());
        facets = List.copyOf(facets);
        data = Collections.unmodifiableMap(new TreeMap<>(data));
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }

    private static void require(boolean fits, String what, int size, int wanted) {
        if (!fits) {
            throw new IllegalArgumentException(
                    FILE + ": " + what + " have size " + (size < 0 ? "other than" : size + ", not") + " " + wanted
                            + "; train the student anew with this program");
        }
    }

    /**
     * The same with more figures.
     *
     * @param more what was measured
     * @return a new head
     */
    public Head with(Map<String, Double> more) {
        Map<String, Double> all = new TreeMap<>(metrics);
        all.putAll(more);
        return new Head(encoder, looks, transitions, sides, facets, data, settings, all, graphSha256);
    }

    /**
     * Reads it.
     *
     * @param in the JSON
     * @return the head
     * @throws IOException if it is none
     */
    public static Head read(InputStream in) throws IOException {
        return JSON.readValue(in, Head.class);
    }

    /**
     * Writes it.
     *
     * @param out gets JSON
     * @throws IOException if it cannot be written
     */
    public void write(OutputStream out) throws IOException {
        JSON.writeValue(out, this);
    }
}
