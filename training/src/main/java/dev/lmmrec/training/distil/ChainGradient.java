package dev.lmmrec.training.distil;

import dev.lmmrec.reading.span.SpanMarker;
import dev.lmmrec.reading.span.SpanMarker.Lattice;

/** The gradient of a chain's negative log-likelihood: what the chain expects less what the labels say. */
final class ChainGradient {

    private static final int SIZE = SpanMarker.TAGS.size();

    private final double[][] transitions;
    private final double[][] ofTransitions = new double[SIZE][SIZE];
    private double error;
    private int tokens;

    /** Begins with the current transitions, {@code [tags × tags]} row by row. */
    ChainGradient(float[] transitions) {
        this.transitions = new double[SIZE][SIZE];
        for (int from = 0; from < SIZE; from++) {
            for (int to = 0; to < SIZE; to++) {
                this.transitions[from][to] =
                        SpanMarker.follows(from, to) ? transitions[from * SIZE + to] : Double.NEGATIVE_INFINITY;
            }
        }
    }

    /**
     * Adds one sequence.
     *
     * @param emissions row by row
     * @param offset where the sequence begins in them
     * @param tags what the labels say
     * @param gradient by emissions, filled at the same places
     */
    void add(float[] emissions, int offset, int[] tags, float[] gradient) {
        double[][] scores = new double[tags.length][SIZE];
        for (int i = 0; i < tags.length; i++) {
            for (int tag = 0; tag < SIZE; tag++) {
                scores[i][tag] = emissions[offset + i * SIZE + tag];
            }
        }
        Lattice lattice = Lattice.of(scores, transitions);
        for (int i = 0; i < tags.length; i++) {
            int goldBefore = i == 0 ? SpanMarker.OUT : tags[i - 1];
            for (int tag = 0; tag < SIZE; tag++) {
                double probability = lattice.probability(i, tag);
                gradient[offset + i * SIZE + tag] = (float) (probability - (tags[i] == tag ? 1 : 0));
                for (int before = 0; before < SIZE; before++) {
                    if (SpanMarker.follows(before, tag)) {
                        boolean gold = before == goldBefore && tags[i] == tag;
                        ofTransitions[before][tag] += lattice.probability(i, before, tag) - (gold ? 1 : 0);
                    }
                }
            }
            error += 1 - lattice.probability(i, tags[i]);
        }
        tokens += tags.length;
    }

    /** By transitions, row by row, of all sequences. */
    float[] ofTransitions() {
        float[] flat = new float[SIZE * SIZE];
        for (int from = 0; from < SIZE; from++) {
            for (int to = 0; to < SIZE; to++) {
                flat[from * SIZE + to] = (float) ofTransitions[from][to];
            }
        }
        return flat;
    }

    int tokens() {
        return tokens;
    }

    /** How improbable the labelled tags are, on average over tokens. */
    double meanError() {
        return tokens == 0 ? 0 : error / tokens;
    }
}
