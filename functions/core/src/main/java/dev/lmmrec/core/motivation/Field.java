package dev.lmmrec.core.motivation;

/** The part of a review that evidence was found in. */
public enum Field {
    /** The headline. */
    TITLE,
    /** The body. */
    TEXT
}
