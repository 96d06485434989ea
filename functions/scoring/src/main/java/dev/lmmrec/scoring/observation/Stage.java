package dev.lmmrec.scoring.observation;

import java.util.Locale;

/** What a request spends its time on. */
public enum Stage {
    /** Looking for the promoted artefact, and loading it if it is new. */
    ARTEFACT,
    /** Looking for items that came after it. */
    ARRIVALS,
    /** Reading the user's profile. */
    PROFILE,
    /** Finding the items. */
    RANKING,
    /** Reading the items' profiles and finding reasons in them. */
    REASONS;

    String metric() {
        return span() + "_time";
    }

    String span() {
        return name().toLowerCase(Locale.ROOT);
    }
}
