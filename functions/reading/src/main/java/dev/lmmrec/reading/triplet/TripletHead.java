package dev.lmmrec.reading.triplet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.motivation.Polarity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What training says of a reader of triplets, beside the graph {@link #GRAPH}: the file {@link #FILE}.
 *
 * @param encoder the lower layers that its own were trained on, {@link PieceEncoder#ID}
 * @param data what it was trained on: fingerprint and counts
 * @param settings how it was trained: seed and sizes
 * @param metrics what validation measured
 * @param graphSha256 of the graph, in hexadecimal
 */
public record TripletHead(
        String encoder,
        Map<String, String> data,
        Map<String, String> settings,
        Map<String, Double> metrics,
        String graphSha256) {

    /** The name of this file. */
    public static final String FILE = "triplets.json";

    /** The name of the graph: a sentence's pieces and distances to tags and pairs. */
    public static final String GRAPH = "triplets.onnx";

    /** Of each word: outside, or the first or a further one of an aspect or an opinion. */
    public static final List<String> TAGS =
            List.of("out", "aspect-first", "aspect-inner", "opinion-first", "opinion-inner");

    /** Of a word of an aspect and a word of an opinion: 0 if they do not belong together, else one of these and 1. */
    public static final List<Polarity> SENTIMENTS = List.of(Polarity.POSITIVE, Polarity.NEUTRAL, Polarity.NEGATIVE);

    /** Kinds of pairs: none, and the sentiments. */
    public static final int PAIRS = SENTIMENTS.size() + 1;

    private static final int FAR = 8;

    /** More than one, so that the weight of a distance is soon learnt: it has no numbers before it that could grow. */
    private static final float DISTANCE = 4;

    /** Distances that are told apart. */
    public static final int DISTANCES = 2 * FAR + 1;

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Copies the maps. */
    public TripletHead {
        data = Collections.unmodifiableMap(new TreeMap<>(data));
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }

    /**
     * Tells distances apart.
     *
     * @param words how many there are
     * @return a row for each pair of words, aspect by aspect: a number at the place of its distance
     */
    public static float[][] distances(int words) {
        float[][] rows = new float[words * words][DISTANCES];
        for (int aspect = 0; aspect < words; aspect++) {
            for (int opinion = 0; opinion < words; opinion++) {
                int distance = Math.max(-FAR, Math.min(FAR, opinion - aspect));
                rows[aspect * words + opinion][FAR + distance] = DISTANCE;
            }
        }
        return rows;
    }

    /**
     * Reads it.
     *
     * @param in the JSON
     * @return the head
     * @throws IOException if it is none
     */
    public static TripletHead read(InputStream in) throws IOException {
        return JSON.readValue(in, TripletHead.class);
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
