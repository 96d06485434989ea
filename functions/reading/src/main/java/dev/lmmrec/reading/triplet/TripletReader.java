package dev.lmmrec.reading.triplet;

import java.util.List;

/** Finds the triplets of a sentence. */
public interface TripletReader extends AutoCloseable {

    /**
     * Tells readers apart.
     *
     * @return for reports
     */
    String id();

    /**
     * Reads one sentence.
     *
     * @param words as the file splits them
     * @return its triplets, each once
     */
    List<Triplet> read(List<String> words);

    @Override
    void close();
}
