package dev.lmmrec.training.fit;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.wrapper.Wrapper;
import dev.lmmrec.training.wrapper.Wrappers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that shapes a run besides the data.
 *
 * @param backbone what knows users and items from interactions
 * @param wrapper what aligns it with text
 * @param width d, of interaction vectors and of aligned vectors alike
 * @param learningRate of Adam
 * @param batchSize positives a step
 * @param epochsMax training stops here at the latest
 * @param validateEvery epochs between two validations
 * @param patience validations without a better Recall@20 after which training stops
 * @param squaredNormWeight of the L2 term; 0 switches it off
 * @param seed of split, first parameters, negatives and whatever else a step draws
 */
public record Settings(
        Part backbone,
        Part wrapper,
        int width,
        double learningRate,
        int batchSize,
        int epochsMax,
        int validateEvery,
        int patience,
        double squaredNormWeight,
        long seed) {

    /** What runs use unless told otherwise: chosen on validation on a few thousand reviews. */
    public static final Settings DEFAULTS = new Settings(
            new Part("lightgcn", Map.of()), new Part("lmmrec", Map.of()), 64, 5e-3, 1_024, 150, 3, 5, 1e-3, 1);

    /**
     * A backbone or wrapper and what was chosen of its settings.
     *
     * @param name in its catalogue
     * @param chosen values by the names of settings; the defaults hold for the others
     */
    public record Part(String name, Map<String, Double> chosen) {

        /** Copies the map. */
        public Part {
            chosen = Map.copyOf(chosen);
        }
    }

    /**
     * Checks every setting.
     *
     * @throws IllegalArgumentException naming all that are out of range or unknown
     */
    public Settings {
        List<String> problems = new ArrayList<>();
        try {
            problems.addAll(new Catalogue().recipe(backbone.name()).problems(backbone.chosen()));
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        try {
            problems.addAll(new Wrappers().recipe(wrapper.name()).problems(wrapper.chosen()));
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        require(problems, width >= 1 && width <= 1_024, "dim", width, "1 to 1024");
        require(problems, learningRate > 0 && learningRate <= 1, "learning-rate", learningRate, "above 0 and up to 1");
        require(problems, batchSize >= 1 && batchSize <= 1 << 20, "batch", batchSize, "1 to 1048576");
        require(problems, epochsMax >= 1 && epochsMax <= 100_000, "epochs", epochsMax, "1 to 100000");
        require(problems, validateEvery >= 1, "validate-every", validateEvery, "at least 1");
        require(problems, patience >= 1, "patience", patience, "at least 1");
        require(problems, nonNegative(squaredNormWeight), "l2", squaredNormWeight, "0 or more");
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
     * Makes the backbone.
     *
     * @return a new one
     */
    public Backbone newBackbone() {
        return new Catalogue().recipe(backbone.name()).make(backbone.chosen());
    }

    /**
     * Makes the wrapper.
     *
     * @return a new one
     */
    public Wrapper newWrapper() {
        return new Wrappers().recipe(wrapper.name()).make(wrapper.chosen());
    }

    /**
     * The same settings with another seed.
     *
     * @param other the seed
     * @return new settings
     */
    public Settings withSeed(long other) {
        return new Settings(
                backbone,
                wrapper,
                width,
                learningRate,
                batchSize,
                epochsMax,
                validateEvery,
                patience,
                squaredNormWeight,
                other);
    }

    /**
     * The same settings with another wrapper.
     *
     * @param other the wrapper
     * @return new settings
     */
    public Settings withWrapper(Part other) {
        return new Settings(
                backbone,
                other,
                width,
                learningRate,
                batchSize,
                epochsMax,
                validateEvery,
                patience,
                squaredNormWeight,
                seed);
    }

    /**
     * The settings by the names of their options, for provenance: those of backbone and wrapper complete, with the
     * defaults of this program's version.
     *
     * @return in a fixed order
     */
    public Map<String, String> byName() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("backbone", backbone.name());
        new Catalogue()
                .recipe(backbone.name())
                .complete(backbone.chosen())
                .forEach((name, value) -> named.put(backbone.name() + "." + name, value.toString()));
        named.put("wrapper", wrapper.name());
        new Wrappers()
                .recipe(wrapper.name())
                .complete(wrapper.chosen())
                .forEach((name, value) -> named.put(wrapper.name() + "." + name, value.toString()));
        named.put("dim", Integer.toString(width));
        named.put("learning-rate", Double.toString(learningRate));
        named.put("batch", Integer.toString(batchSize));
        named.put("epochs", Integer.toString(epochsMax));
        named.put("validate-every", Integer.toString(validateEvery));
        named.put("patience", Integer.toString(patience));
        named.put("l2", Double.toString(squaredNormWeight));
        named.put("seed", Long.toString(seed));
        return named;
    }
}
