package dev.lmmrec.scoring.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lmmrec.models.FusedQuery;
import java.util.List;
import java.util.Map;

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
        /** The user's interactions, with text, motives and popularity beside them. */
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
     * @param summands by the ids of the user's motives: what each adds to the score
     */
    public record Ranked(
            String itemId, List<String> kind, double score, FusedQuery.Parts parts, Map<String, Double> summands) {

        /** Copies the words and summands. */
        public Ranked {
            kind = List.copyOf(kind);
            summands = Map.copyOf(summands);
        }
    }
}
