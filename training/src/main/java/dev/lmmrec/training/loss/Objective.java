package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What training makes small: the weighted sum of terms. Which terms there are is configuration; a term of weight 0 is
 * switched off.
 *
 * @param terms those that are switched on
 */
public record Objective(List<LossTerm> terms) {

    /**
     * Keeps the terms that count.
     *
     * @throws IllegalArgumentException if none does, or a weight is negative
     */
    public Objective {
        for (LossTerm term : terms) {
            if (!(term.weight() >= 0)) {
                throw new IllegalArgumentException("loss term " + term.name() + " has weight " + term.weight());
            }
        }
        terms = terms.stream().filter(term -> term.weight() > 0).toList();
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("an objective without terms");
        }
    }

    /**
     * The weighted sum.
     *
     * @param forward the step
     * @return a scalar
     */
    public NDArray value(Forward forward) {
        NDArray sum = forward.tape().manager().create(0f);
        for (LossTerm term : terms) {
            sum = sum.add(term.value(forward).mul(forward.tape().number(term.weight())));
        }
        return sum;
    }
}
