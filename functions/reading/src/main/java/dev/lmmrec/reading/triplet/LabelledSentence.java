package dev.lmmrec.reading.triplet;

import java.util.List;

/**
 * A sentence with its triplets.
 *
 * @param words as the file splits them
 * @param triplets what the labels say, possibly none
 */
public record LabelledSentence(List<String> words, List<Triplet> triplets) {

    /** Copies the lists. */
    public LabelledSentence {
        words = List.copyOf(words);
        triplets = List.copyOf(triplets);
    }
}
