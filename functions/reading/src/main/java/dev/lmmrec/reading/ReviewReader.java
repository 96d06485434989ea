package dev.lmmrec.reading;

import dev.lmmrec.core.review.Review;

/** Finds in a review why the person wanted the thing and what in the thing answered it; needs no network. */
public interface ReviewReader extends AutoCloseable {

    /**
     * Names this reader so exactly that another id means that other results are to be expected.
     *
     * @return at most 200 characters
     */
    String id();

    /**
     * Reads one review: the same review always gives the same result. Safe for use by several threads.
     *
     * @param review a checked review
     * @return what it says, possibly nothing
     */
    Reading read(Review review);

    /** Gives back what is held outside the heap; after that the reader is not used again. */
    @Override
    default void close() {}
}
