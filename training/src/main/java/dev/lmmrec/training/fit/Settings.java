package dev.lmmrec.training.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that shapes a run besides the data.
 *
 * @param width d, of interaction vectors and of aligned vectors alike
 * @param layers of the backbone
 * @param edgeKeep the share of edges that a training step keeps
 * @param learningRate of Adam
 * @param batchSize positives a step
 * @param epochsMax training stops here at the latest
 * @param validateEvery epochs between two validations
 * @param patience validations without a better Recall@20 after which training stops
 * @param squaredNormWeight of the L2 term; 0 switches it off
 * @param alignmentWeight of the alignment term; 0 switches it off
 * @param temperature of the alignment term
 * @param seed of split, first parameters, negatives and dropped edges
 */
public record Settings(
        int width,
        int layers,
        double edgeKeep,
        double learningRate,
        int batchSize,
        int epochsMax,
        int validateEvery,
        int patience,
        double squaredNormWeight,
        double alignmentWeight,
        double temperature,
        long seed) {

    /** What runs use unless told otherwise: chosen on validation on a few thousand reviews. */
    public static final Settings DEFAULTS = new Settings(64, 3, 0.8, 5e-3, 1_024, 150, 3, 5, 1e-3, 0.1, 0.4, 1);

    /**
     * Checks every setting.
     *
     * @throws IllegalArgumentException naming all that are out of range
     */
    public Settings {
        List<String> problems = new ArrayList<>();
        require(problems, width >= 1 && width <= 1_024, "dim", width, "1 to 1024");
        require(problems, layers >= 0 && layers <= 8, "layers", layers, "0 to 8");
        require(problems, edgeKeep > 0 && edgeKeep <= 1, "edge-keep", edgeKeep, "above 0 and up to 1");
        require(problems, learningRate > 0 && learningRate <= 1, "learning-rate", learningRate, "above 0 and up to 1");
        require(problems, batchSize >= 1 && batchSize <= 1 << 20, "batch", batchSize, "1 to 1048576");
        require(problems, epochsMax >= 1 && epochsMax <= 100_000, "epochs", epochsMax, "1 to 100000");
        require(problems, validateEvery >= 1, "validate-every", validateEvery, "at least 1");
        require(problems, patience >= 1, "patience", patience, "at least 1");
        require(problems, nonNegative(squaredNormWeight), "l2", squaredNormWeight, "0 or more");
        require(problems, nonNegative(alignmentWeight), "alignment", alignmentWeight, "0 or more");
        require(problems, temperature >= 0.02 && temperature <= 10, "temperature", temperature, "0.02 to 10");
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static boolean nonNegative(double x) {
        return x >= 0 && x < Double.POSITIVE_INFINITY;
    }

    private static void require(List<String> problems, boolean fulfilled, String name, Object value, String range) {
        if (!fulfilled) {
            problems.add(name + " is " + value + ", must be " + range);
        }
    }

    /**
     * The same settings with another seed.
     *
     * @param other the seed
     * @return new settings
     */
    public Settings withSeed(long other) {
        return new Settings(
                width,
                layers,
                edgeKeep,
                learningRate,
                batchSize,
                epochsMax,
                validateEvery,
                patience,
                squaredNormWeight,
                alignmentWeight,
                temperature,
                other);
    }

    /**
     * The settings by the names of their options, for provenance.
     *
     * @return in a fixed order
     */
    public Map<String, String> byName() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("dim", Integer.toString(width));
        named.put("layers", Integer.toString(layers));
        named.put("edge-keep", Double.toString(edgeKeep));
        named.put("learning-rate", Double.toString(learningRate));
        named.put("batch", Integer.toString(batchSize));
        named.put("epochs", Integer.toString(epochsMax));
        named.put("validate-every", Integer.toString(validateEvery));
        named.put("patience", Integer.toString(patience));
        named.put("l2", Double.toString(squaredNormWeight));
        named.put("alignment", Double.toString(alignmentWeight));
        named.put("temperature", Double.toString(temperature));
        named.put("seed", Long.toString(seed));
        return named;
    }
}
