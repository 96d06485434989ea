package dev.lmmrec.core.motivation;

/** Whom a motivation or a profile is about. */
public enum Side {
    /** The person: a need, goal, situation or taste. */
    USER,
    /** The thing: a trait that answers or fails a need. */
    ITEM
}
