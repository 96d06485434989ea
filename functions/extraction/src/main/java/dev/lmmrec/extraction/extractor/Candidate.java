package dev.lmmrec.extraction.extractor;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;

/**
 * A motivation whose evidence nobody has looked for yet.
 *
 * @param side whom it is about
 * @param facet the kind of reason
 * @param polarity whether the want was met
 * @param statement the reason in a few words
 * @param evidence words that are said to stand in the review
 * @param strength how much it drives the verdict, 0 to 1
 * @param confidence how sure the reading is, 0 to 1
 */
@RegisterForReflection
public record Candidate(
        Side side,
        Facet facet,
        Polarity polarity,
        String statement,
        String evidence,
        double strength,
        double confidence) {

    /** Refuses missing parts. */
    public Candidate {
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(facet, "facet");
        Objects.requireNonNull(polarity, "polarity");
        Objects.requireNonNull(statement, "statement");
        Objects.requireNonNull(evidence, "evidence");
    }
}
