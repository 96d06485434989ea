package dev.lmmrec.scoring.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Items in order.
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
        POPULAR,
        /** Nearness to an item. */
        @JsonProperty("similar")
        SIMILAR
    }

    /**
     * One item.
     *
     * @param itemId the item
     * @param kind words for the kind of thing it is, possibly none
     * @param score comparable within one ranking only
     * @param parts what the score is made of
     */
    public record Ranked(String itemId, List<String> kind, double score, Parts parts) {

        /** Copies the words. */
        public Ranked {
            kind = List.copyOf(kind);
        }
    }

    /**
     * What a score is the sum of.
     *
     * @param interaction what the interaction vectors say; of a user whom training knew they also hold what training
     *     learnt from words and from popularity
     * @param text what the aligned text vectors say
     * @param popularity how popular the item is
     */
    public record Parts(double interaction, double text, double popularity) {}
}
