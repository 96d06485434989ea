package dev.lmmrec.reading.label;

import java.io.IOException;

/** A file of labels cannot be used. The message names the file and line, says what is wrong and what to do. */
public final class LabelsException extends IOException {

    private static final long serialVersionUID = 1L;

    LabelsException(String message) {
        super(message);
    }

    LabelsException(String message, Throwable cause) {
        super(message, cause);
    }
}
