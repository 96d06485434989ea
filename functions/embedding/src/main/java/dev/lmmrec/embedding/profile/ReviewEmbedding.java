package dev.lmmrec.embedding.profile;

import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.embedding.encoder.SentenceEncoder;
import java.util.List;
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
        if (row.vectors()
                .filter(vectors -> vectors.encoderId().equals(SentenceEncoder.ID))
                .isPresent()) {
            return Optional.of(row);
        }
        Review review = row.review();
        String text = review.title().isBlank() ? review.text() : review.title() + ". " + review.text();
        List<DenseVector> statements = row.motivations().stream()
                .map(Motivation::statement)
                .map(this::encode)
                .toList();
        ReviewMotivations embedded = row.withVectors(new ReviewVectors(SentenceEncoder.ID, encode(text), statements));
        return motivations.putVectors(embedded) ? Optional.of(embedded) : Optional.empty();
    }

    private DenseVector encode(String text) {
        return encoder.encode(text).atRest();
    }
}
