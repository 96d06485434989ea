package dev.lmmrec.core.reason;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lmmrec.core.vector.DenseVector;
import java.util.Map;
import java.util.TreeMap;

/**
 * What training learnt of which statements of an item a user would give as well.
 *
 * @param features weights by {@link StatementFeatures#NAMES}; what is missing weighs nothing
 * @param direction weighs the components of a statement's sentence vector, {@code [384]}: what people say often,
 *     whatever the item; null if that was not learnt
 */
public record StatementWeights(
        Map<String, Double> features,
        @JsonInclude(JsonInclude.Include.NON_NULL) DenseVector direction) {

    /**
     * What is said most and is nearest to what the user wrote, for artefacts made without motivations to learn from.
     */
    public static final StatementWeights UNLEARNT = new StatementWeights(
            Map.of("support", 1.0, "alike-in-item", 1.0, "nearest-want", 1.0, "user-facet", 0.3), null);

    /**
     * Copies the weights and checks their names.
     *
     * @throws IllegalArgumentException if a weight is of no feature that this code knows, or not finite
     */
    public StatementWeights {
        features = Map.copyOf(new TreeMap<>(features));
        features.forEach((name, weight) -> {
            if (!StatementFeatures.NAMES.contains(name) || !Double.isFinite(weight)) {
                throw new IllegalArgumentException("weight " + weight + " of feature '" + name
                        + "': must be finite and of one of " + StatementFeatures.NAMES);
            }
        });
    }
}
