package dev.lmmrec.training.words;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Checksum;

/** Weights of a few words among many, by rising word number. Immutable. */
public final class SparseRow {

    /** No words. */
    static final SparseRow EMPTY = new SparseRow(new int[0], new float[0]);

    /** What is left below this after a subtraction is rounding. */
    private static final float NOTHING = 1e-5f;

    private final int[] words;
    private final float[] weights;

    private SparseRow(int[] words, float[] weights) {
        this.words = words;
        this.weights = weights;
    }

    static SparseRow of(Map<Integer, Float> weightOf) {
        int[] words = new int[weightOf.size()];
        float[] weights = new float[words.length];
        int next = 0;
        for (Map.Entry<Integer, Float> entry : new TreeMap<>(weightOf).entrySet()) {
            words[next] = entry.getKey();
            weights[next++] = entry.getValue();
        }
        return new SparseRow(words, weights);
    }

    /**
     * How many words there are.
     *
     * @return the count
     */
    public int size() {
        return words.length;
    }

    /**
     * A word's number.
     *
     * @param at from 0 to the size
     * @return the number
     */
    public int word(int at) {
        return words[at];
    }

    /**
     * A word's weight.
     *
     * @param at from 0 to the size
     * @return the weight
     */
    public float weight(int at) {
        return weights[at];
    }

    /**
     * The inner product with a full row.
     *
     * @param full a weight for every word
     * @return the inner product
     */
    float dot(float[] full) {
        float sum = 0;
        for (int at = 0; at < words.length; at++) {
            sum += weights[at] * full[words[at]];
        }
        return sum;
    }

    /** Adds words and weights, and first how many, so that rows in turn cannot be taken for one another. */
    void addTo(Checksum sum) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + words.length * (Integer.BYTES + Float.BYTES));
        bytes.putInt(words.length);
        for (int at = 0; at < words.length; at++) {
            bytes.putInt(words[at]).putFloat(weights[at]);
        }
        sum.update(bytes.array());
    }

    SparseRow plus(SparseRow other) {
        return combined(other, 1);
    }

    SparseRow minus(SparseRow other) {
        return combined(other, -1);
    }

    private SparseRow combined(SparseRow other, int sign) {
        int[] both = new int[words.length + other.words.length];
        float[] sum = new float[both.length];
        int size = 0;
        int a = 0;
        int b = 0;
        while (a < words.length || b < other.words.length) {
            int word = Math.min(
                    a < words.length ? words[a] : Integer.MAX_VALUE,
                    b < other.words.length ? other.words[b] : Integer.MAX_VALUE);
            float weight = 0;
            if (a < words.length && words[a] == word) {
                weight += weights[a++];
            }
            if (b < other.words.length && other.words[b] == word) {
                weight += sign * other.weights[b++];
            }
            if (Math.abs(weight) > NOTHING) {
                both[size] = word;
                sum[size++] = weight;
            }
        }
        return new SparseRow(Arrays.copyOf(both, size), Arrays.copyOf(sum, size));
    }

    /** TF-IDF of counts: {@code (1 + ln count) · idf}, L2-normalised. */
    SparseRow weighted(float[] idf) {
        int[] kept = new int[words.length];
        float[] weighted = new float[words.length];
        int size = 0;
        for (int at = 0; at < words.length; at++) {
            if (idf[words[at]] > 0) {
                kept[size] = words[at];
                weighted[size++] = (float) (1 + Math.log(weights[at])) * idf[words[at]];
            }
        }
        return new SparseRow(Arrays.copyOf(kept, size), Arrays.copyOf(weighted, size)).direction();
    }

    /** The same row of length 1; an empty row stays. */
    SparseRow direction() {
        double squares = 0;
        for (float weight : weights) {
            squares += (double) weight * weight;
        }
        float norm = (float) Math.sqrt(squares);
        float[] scaled = new float[weights.length];
        for (int at = 0; at < scaled.length; at++) {
            scaled[at] = norm == 0 ? 0 : weights[at] / norm;
        }
        return new SparseRow(words, scaled);
    }
}
