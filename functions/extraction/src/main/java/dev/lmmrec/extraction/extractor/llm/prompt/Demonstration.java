package dev.lmmrec.extraction.extractor.llm.prompt;

import dev.lmmrec.extraction.extractor.Candidate;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A review with the motivations that a careful reader found in it: one line of a labelled pool.
 *
 * @param title the review's title, possibly empty
 * @param text the review's text
 * @param rating 1 to 5
 * @param motives what was found, possibly nothing
 */
@RegisterForReflection
public record Demonstration(String title, String text, Double rating, List<Candidate> motives) {

    /**
     * Copies the list and checks that nothing is missing and every quote stands in the review.
     *
     * @throws IllegalArgumentException if the text is missing or a quote does not stand in title or text
     */
    public Demonstration {
        title = title == null ? "" : title;
        if (text == null || text.isBlank() || motives == null || rating == null) {
            throw new IllegalArgumentException("needs text, rating and motives");
        }
        motives = List.copyOf(motives);
        for (Candidate motive : motives) {
            if (!title.contains(motive.evidence()) && !text.contains(motive.evidence())) {
                throw new IllegalArgumentException(
                        "evidence '" + motive.evidence() + "' stands neither in the title nor in the text");
            }
        }
    }
}
