package dev.lmmrec.training.words;

import java.util.stream.IntStream;

/** Cosines of all items' TF-IDF rows. Costs n² memory. */
public final class WordLikeness {

    private final int items;
    private final float[] cosines;

    /**
     * Computes them.
     *
     * @param texts the rows
     */
    public WordLikeness(WordTexts texts) {
        items = texts.train().items();
        cosines = new float[items * items];
        IntStream.range(0, items).parallel().forEach(one -> {
            float[] weights = new float[texts.vocabulary().size()];
            SparseRow row = texts.item(one);
            for (int at = 0; at < row.size(); at++) {
                weights[row.word(at)] = row.weight(at);
            }
            for (int other = 0; other < items; other++) {
                cosines[one * items + other] = texts.item(other).dot(weights);
            }
        });
    }

    /**
     * How alike two items are.
     *
     * @param one an item's index
     * @param other an item's index
     * @return 0 to 1
     */
    public float of(int one, int other) {
        return cosines[one * items + other];
    }
}
