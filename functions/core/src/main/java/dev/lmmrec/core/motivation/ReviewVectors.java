package dev.lmmrec.core.motivation;

import dev.lmmrec.core.vector.DenseVector;
import java.util.List;

/**
 * The sentence vectors of one review, made by the embedding function.
 *
 * @param encoderId which sentence encoder made them
 * @param text of title and text, {@code [384]}, L2-normalised
 * @param statements one per motivation of the review, in their order, each {@code [384]}, L2-normalised
 */
public record ReviewVectors(String encoderId, DenseVector text, List<DenseVector> statements) {

    /** Copies the list. */
    public ReviewVectors {
        statements = List.copyOf(statements);
    }
}
