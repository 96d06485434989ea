package dev.lmmrec.core.intake;

/** A line that cannot be read as reviews at all; the message is the reason, made for the owner of the file. */
final class BadLineException extends Exception {

    private static final long serialVersionUID = 1L;

    BadLineException(String reason) {
        // no stack trace: bad lines are expected, and there may be millions
        super(reason, null, false, false);
    }
}
