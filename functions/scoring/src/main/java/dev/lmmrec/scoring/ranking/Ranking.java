package dev.lmmrec.scoring.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Items in order for one user.
 *
 * @param strategy what the order rests on
 * @param modelVersion the artefact that made it
 * @param items best first
 */
public record Ranking(Strategy strategy, String modelVersion, List<Ranked> items) {

    /** Copies the items. */
    public Ranking {
        items = List.copyOf(items);
    }

    /** What an order rests on. */
    public enum Strategy {
        /** The user's interactions, with text and popularity beside them. */
        @JsonProperty("personal")
        PERSONAL,
        /** The user's words alone: the artefact was trained before this user came. */
        @JsonProperty("text-only")
        TEXT_ONLY,
        /** Nothing is known of the user: everybody's favourites. */
        @JsonProperty("popular")
        POPULAR
    }

    /**
     * One item.
     *
     * @param itemId the item
     * @param score comparable within one ranking only
     */
    public record Ranked(String itemId, double score) {}
}
