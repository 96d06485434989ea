package dev.lmmrec.core.profile;

import dev.lmmrec.core.vector.DenseVector;
import java.util.Optional;

/** Tells what words mean, so that two names of one thing can be seen to be one. Safe for use by several threads. */
@FunctionalInterface
public interface Meanings {

    /** Knows no words: names are then one only if they are written alike, or are singular and plural. */
    Meanings UNKNOWN = words -> Optional.empty();

    /**
     * The direction of a few words.
     *
     * @param words a name of a kind of thing, lower case
     * @return a vector of one width for all words, L2-normalised; empty if nothing is known of them
     */
    Optional<DenseVector> of(String words);
}
