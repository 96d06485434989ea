package dev.lmmrec.local.failure;

/** The local deployment cannot do what was asked; the message says what is wrong and what to do. */
public final class LocalException extends RuntimeException {

    /**
     * Something is wrong.
     *
     * @param message what is wrong, where, and what to do
     */
    public LocalException(String message) {
        super(message);
    }

    /**
     * Something is wrong, and why is known.
     *
     * @param message what is wrong, where, and what to do
     * @param cause why
     */
    public LocalException(String message, Throwable cause) {
        super(message, cause);
    }
}
