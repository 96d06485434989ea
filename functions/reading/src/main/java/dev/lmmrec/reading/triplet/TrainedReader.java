package dev.lmmrec.reading.triplet;

import dev.lmmrec.reading.triplet.PieceEncoder.Pieces;
import dev.lmmrec.reading.triplet.Triplet.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads with a graph that was trained on labelled sentences: it tags the words of aspects and opinions, and says of
 * each pair of words whether they belong together and with which sentiment. An aspect and an opinion are a triplet if
 * their words on average say so.
 */
public final class TrainedReader implements TripletReader {

    private static final int TAGS = TripletHead.TAGS.size();
    private static final int ASPECT_FIRST = TripletHead.TAGS.indexOf("aspect-first");
    private static final int OPINION_FIRST = TripletHead.TAGS.indexOf("opinion-first");

    /** Chosen on the dev part of 14res; in theory half of the F1 that is reached. */
    private static final double TOGETHER_MIN = 0.35;

    private final PieceEncoder encoder;
    private final TrainedGraph graph;

    private TrainedReader(PieceEncoder encoder, TrainedGraph graph) {
        this.encoder = encoder;
        this.graph = graph;
    }

    /**
     * Opens what training wrote.
     *
     * @param folder with {@link TripletHead#FILE} and {@link TripletHead#GRAPH}
     * @return a reader, to be closed
     * @throws IOException if a file is missing, damaged or of another program
     */
    public static TrainedReader open(Path folder) throws IOException {
        TripletHead head;
        try (InputStream json = Files.newInputStream(folder.resolve(TripletHead.FILE))) {
            head = TripletHead.read(json);
        }
        if (!head.encoder().equals(PieceEncoder.ID)) {
            throw new IOException("the reader of triplets was trained on " + head.encoder() + ", this program has "
                    + PieceEncoder.ID + "; train it anew");
        }
        byte[] bytes = Files.readAllBytes(folder.resolve(TripletHead.GRAPH));
        TrainedGraph graph = new TrainedGraph(bytes, head.graphSha256());
        return new TrainedReader(new PieceEncoder(), graph);
    }

    @Override
    public String id() {
        return "triplets-" + graph.id();
    }

    @Override
    public List<Triplet> read(List<String> words) {
        List<Triplet> triplets = new ArrayList<>();
        if (words.isEmpty()) {
            return triplets;
        }
        Pieces pieces = encoder.encode(words);
        int size = pieces.words();
        Map<String, float[]> said = graph.run(pieces, TripletHead.distances(size));
        List<Words> opinions = parts(said.get("tags"), size, OPINION_FIRST);
        for (Words aspect : parts(said.get("tags"), size, ASPECT_FIRST)) {
            for (Words opinion : opinions) {
                int kind = kind(said.get("pairs"), size, aspect, opinion);
                if (kind > 0) {
                    triplets.add(new Triplet(aspect, opinion, TripletHead.SENTIMENTS.get(kind - 1)));
                }
            }
        }
        return triplets;
    }

    private static List<Words> parts(float[] scores, int size, int firstTag) {
        List<Words> parts = new ArrayList<>();
        int first = -1;
        for (int word = 0; word <= size; word++) {
            int tag = word == size ? 0 : largest(scores, word * TAGS);
            if (first >= 0 && tag != firstTag + 1) {
                parts.add(new Words(first, word - 1));
                first = -1;
            }
            // a further word without a first one is taken for a first one
            if (tag == firstTag || (first < 0 && tag == firstTag + 1)) {
                first = word;
            }
        }
        return parts;
    }

    private static int largest(float[] scores, int offset) {
        int best = 0;
        for (int tag = 1; tag < TAGS; tag++) {
            best = scores[offset + tag] > scores[offset + best] ? tag : best;
        }
        return best;
    }

    /** The kind of pair that is most probable on average over the words of both, 0 if they hardly belong together. */
    private static int kind(float[] scores, int size, Words aspect, Words opinion) {
        double[] sums = new double[TripletHead.PAIRS];
        for (int a = aspect.first(); a <= aspect.last(); a++) {
            for (int o = opinion.first(); o <= opinion.last(); o++) {
                double[] probabilities = new double[sums.length];
                double all = 0;
                for (int kind = 0; kind < sums.length; kind++) {
                    probabilities[kind] = Math.exp(scores[(a * sums.length + kind) * size + o]);
                    all += probabilities[kind];
                }
                for (int kind = 0; kind < sums.length; kind++) {
                    sums[kind] += probabilities[kind] / all;
                }
            }
        }
        int best = 1;
        for (int kind = 2; kind < sums.length; kind++) {
            best = sums[kind] > sums[best] ? kind : best;
        }
        int words = aspect.size() * opinion.size();
        return 1 - sums[0] / words >= TOGETHER_MIN ? best : 0;
    }

    @Override
    public void close() {
        encoder.close();
        graph.close();
    }
}
