package dev.lmmrec.models;

/** An artefact is not what its manifest says; it must not be used. */
public final class DamagedArtefactException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message names the file, what was expected and what was found
     */
    public DamagedArtefactException(String message) {
        super(message);
    }

    /**
     * Says what is wrong and why.
     *
     * @param message names the file, what was expected and what was found
     * @param cause what was thrown
     */
    public DamagedArtefactException(String message, Throwable cause) {
        super(message, cause);
    }
}
