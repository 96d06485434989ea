package dev.lmmrec.core.profile;

/** Why a review that a profile knows of does not count in it for now, see {@link CountedReviews}. */
public enum Held {
    /** Its author wrote a later review of the same item, which counts. */
    REPEATED,
    /** It is beyond what one day may add to a profile. */
    BURST
}
