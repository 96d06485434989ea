package dev.lmmrec.scoring.feedback;

/** A row changed under all attempts to save it; nothing of the last one was written. */
public final class ContendedRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Tells it.
     *
     * @param message how often it was tried, and what to do
     */
    ContendedRowException(String message) {
        super(message);
    }
}
