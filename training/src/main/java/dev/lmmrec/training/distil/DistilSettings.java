package dev.lmmrec.training.distil;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the student is trained.
 *
 * @param seed of weights, order, dropout and the validation part
 * @param epochs how often all examples are seen
 * @param width numbers a token inside the head
 * @param learningRate Adam's, falling to a fiftieth
 * @param dropout share of numbers that are left out in training
 * @param voteWeight how much facet, polarity and strength weigh beside the spans
 * @param validationShare of the reviews; they are measured on when all is done
 */
public record DistilSettings(
        long seed,
        int epochs,
        int width,
        double learningRate,
        double dropout,
        double voteWeight,
        double validationShare) {

    /** What was found to work on validation reviews. */
    public static final DistilSettings DEFAULT = new DistilSettings(1, 10, 192, 1e-3, 0.35, 0.4, 0.08);

    /**
     * The same with another seed and number of epochs.
     *
     * @param otherSeed the seed
     * @param otherEpochs the epochs
     * @return new settings
     */
    public DistilSettings with(long otherSeed, int otherEpochs) {
        return new DistilSettings(otherSeed, otherEpochs, width, learningRate, dropout, voteWeight, validationShare);
    }

    Map<String, String> byName() {
        Map<String, String> names = new TreeMap<>();
        names.put("seed", Long.toString(seed));
        names.put("epochs", Integer.toString(epochs));
        names.put("width", Integer.toString(width));
        names.put("learningRate", Double.toString(learningRate));
        names.put("dropout", Double.toString(dropout));
        names.put("voteWeight", Double.toString(voteWeight));
        names.put("validationShare", Double.toString(validationShare));
        return names;
    }
}
