package dev.lmmrec.training.triplet;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a reader of triplets is trained: its head alone first, then together with the upper layers of the encoder.
 *
 * @param seed of weights, order and dropout
 * @param headEpochs how often all sentences are seen by the head alone
 * @param epochs how often they are seen after that
 * @param width numbers a word inside the head
 * @param rate Adam's for the head, falling to a fiftieth each time
 * @param layersRate the same for the layers of the encoder
 * @param dropout share of the head's numbers that are left out in training
 * @param layersDropout the same for the layers of the encoder
 */
public record TripletSettings(
        long seed,
        int headEpochs,
        int epochs,
        int width,
        double rate,
        double layersRate,
        double dropout,
        double layersDropout) {

    /** The epochs were chosen on the dev part of 14res, from 8 and 15. */
    public static final TripletSettings DEFAULT = new TripletSettings(1, 1, 15, 160, 1e-3, 2e-4, 0.2, 0.1);

    /**
     * The same with another seed and number of epochs.
     *
     * @param otherSeed the seed
     * @param otherEpochs the epochs after those of the head alone
     * @return new settings
     */
    public TripletSettings with(long otherSeed, int otherEpochs) {
        return new TripletSettings(otherSeed, headEpochs, otherEpochs, width, rate, layersRate, dropout, layersDropout);
    }

    Map<String, String> byName() {
        Map<String, String> names = new TreeMap<>();
        names.put("seed", Long.toString(seed));
        names.put("headEpochs", Integer.toString(headEpochs));
        names.put("epochs", Integer.toString(epochs));
        names.put("width", Integer.toString(width));
        names.put("rate", Double.toString(rate));
        names.put("layersRate", Double.toString(layersRate));
        names.put("dropout", Double.toString(dropout));
        names.put("layersDropout", Double.toString(layersDropout));
        return names;
    }
}
