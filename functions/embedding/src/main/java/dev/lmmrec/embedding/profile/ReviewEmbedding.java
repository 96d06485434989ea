package dev.lmmrec.embedding.profile;

import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.encoder.SentenceEncoder;
import java.util.Optional;

/** Gives a review's row its sentence vectors and keeps them in the table, so that no text is encoded twice. */
public final class ReviewEmbedding {

    private final MotivationStore motivations;
    private final SentenceEncoder encoder;

    /**
     * Makes the step.
     *
     * @param motivations where rows are
     * @param encoder makes the vectors
     */
    public ReviewEmbedding(MotivationStore motivations, SentenceEncoder encoder) {
        this.motivations = motivations;
        this.encoder = encoder;
    }

    /**
     * Makes sure that a row has vectors of this function's encoder.
     *
     * @param row the row as it was read
     * @return the row with vectors; empty if it has meanwhile changed, in which case the stream will bring it again
     */
    public Optional<ReviewMotivations> embed(ReviewMotivations row) {
        if (SentenceEncoder.embedded(row)) {
            return Optional.of(row);
        }
        ReviewMotivations embedded = encoder.embed(row);
        return motivations.putVectors(embedded) ? Optional.of(embedded) : Optional.empty();
    }
}
