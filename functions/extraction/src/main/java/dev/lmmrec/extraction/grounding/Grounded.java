package dev.lmmrec.extraction.grounding;

import dev.lmmrec.core.motivation.Motivation;
import java.util.List;

/**
 * What is left of an extractor's candidates.
 *
 * @param motivations those whose evidence stands in the review, strongest first
 * @param ungrounded how many were dropped because their evidence does not
 * @param repeated how many were dropped because they repeat another one or exceed the limit
 */
public record Grounded(List<Motivation> motivations, int ungrounded, int repeated) {

    /** Copies the list. */
    public Grounded {
        motivations = List.copyOf(motivations);
    }
}
