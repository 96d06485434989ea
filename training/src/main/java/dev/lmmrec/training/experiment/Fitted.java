package dev.lmmrec.training.experiment;

import dev.lmmrec.training.evaluation.Scorer;
import dev.lmmrec.training.fit.Trained.Checkpoint;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model after training.
 *
 * @param scorer ranks items
 * @param onValidation the scorer that validation is measured with: another one where the scorer has learnt from the
 *     validation part so much that it would be flattered
 * @param bestEpoch the epoch of its state, from 1; 0 if it was not learnt by gradient
 * @param history its validations on the way; empty if it was not learnt by gradient
 * @param notes what else was found, such as the weights of a blend
 */
public record Fitted(
        Scorer scorer, Scorer onValidation, int bestEpoch, List<Checkpoint> history, Map<String, String> notes) {

    /** Copies the collections. */
    public Fitted {
        history = List.copyOf(history);
        notes = Collections.unmodifiableMap(new TreeMap<>(notes));
    }

    /**
     * A model that validation does not flatter.
     *
     * @param scorer ranks items
     * @param bestEpoch the epoch of its state
     * @param history its validations on the way
     * @param notes what else was found
     */
    public Fitted(Scorer scorer, int bestEpoch, List<Checkpoint> history, Map<String, String> notes) {
        this(scorer, scorer, bestEpoch, history, notes);
    }
}
