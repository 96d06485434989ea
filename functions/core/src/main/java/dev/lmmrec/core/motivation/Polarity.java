package dev.lmmrec.core.motivation;

/** Whether a want was met. */
public enum Polarity {
    /** The want was met, the trait pleases. */
    POSITIVE,
    /** The want was not met, the trait displeases. */
    NEGATIVE,
    /** A plain need or fact without a verdict. */
    NEUTRAL
}
