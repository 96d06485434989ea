package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Setting;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.fit.Trainer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is put around a backbone, and how the two are trained together. */
public interface Wrapping {

    /**
     * Its name in configurations and tables.
     *
     * @return such as {@code lmmrec}
     */
    String name();

    /**
     * Whether it does nothing without text.
     *
     * @return true if data without text are refused
     */
    default boolean needsText() {
        return false;
    }

    /**
     * Whether words alone are not enough.
     *
     * @return true if data without sentence vectors are refused
     */
    default boolean needsSentenceVectors() {
        return false;
    }

    /**
     * What is missing in data.
     *
     * @param dataset the reviews, if there are any
     * @return in words, such as {@code the data have no text}; empty if nothing is missing
     */
    default Optional<String> missing(Optional<Dataset> dataset) {
        if (needsText() && dataset.isEmpty()) {
            return Optional.of("the data have no text");
        }
        return needsSentenceVectors() && dataset.flatMap(Dataset::encoderId).isEmpty()
                ? Optional.of("the data have no sentence vectors, which ./lmmrec embed makes")
                : Optional.empty();
    }

    /**
     * What can be set.
     *
     * @return in a fixed order
     */
    default List<Setting> settings() {
        return List.of();
    }

    /**
     * Its parts that an ablation leaves out.
     *
     * @return by what is left out, the settings that leave it out
     */
    default Map<String, Map<String, Double>> ablations() {
        return Map.of();
    }

    /**
     * Whether it can be put around a backbone.
     *
     * @param backbone what is to be wrapped
     * @return false if the two do not go together, so that a study leaves the pair out
     */
    default boolean fits(Backbone backbone) {
        return true;
    }

    /**
     * Whether training by gradient takes part, so that its settings matter.
     *
     * @param backbone what is wrapped
     * @return true if so
     */
    boolean learns(Backbone backbone);

    /**
     * Trains.
     *
     * @param backbone what is wrapped
     * @param task what to learn from and to choose by
     * @param trainer trains by gradient, with nothing around the backbone yet
     * @param values a value for each of {@link #settings()}
     * @return the model
     */
    Fitted fit(Backbone backbone, Task task, Trainer trainer, Map<String, Double> values);
}
