package dev.lmmrec.training.data;

/** The input cannot be trained on. Thrown before any training starts; the message says what is wrong and where. */
public final class RefusedInputException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message names the file, line, row or limit, and what to do
     */
    public RefusedInputException(String message) {
        super(message);
    }

    /**
     * Says what is wrong and why.
     *
     * @param message names the file, line, row or limit, and what to do
     * @param cause what was thrown
     */
    public RefusedInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
