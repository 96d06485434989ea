package dev.lmmrec.training.backbone.blend;

import dev.lmmrec.training.evaluation.Scorer;
import java.util.Objects;

/**
 * A model that takes part in a blend.
 *
 * @param name in tables
 * @param scorer its scores; safe for use by several threads at once
 */
public record Part(String name, Scorer scorer) {

    /** Checks that both are there. */
    public Part {
        Objects.requireNonNull(name);
        Objects.requireNonNull(scorer);
    }
}
