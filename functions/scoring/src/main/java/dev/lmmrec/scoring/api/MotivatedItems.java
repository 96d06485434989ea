package dev.lmmrec.scoring.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.scoring.reason.Reason.Said;
import java.util.List;

/**
 * Items that speak for a kind of reason.
 *
 * @param facet the kind of reason
 * @param modelVersion the artefact whose items these are
 * @param total how many there are over all pages
 * @param items this page; strongest first, or nearest first to the statement asked for
 */
public record MotivatedItems(Facet facet, String modelVersion, int total, List<Item> items) {

    /** Copies the items. */
    public MotivatedItems {
        items = List.copyOf(items);
    }

    /**
     * One item.
     *
     * @param rank from 1, over all pages
     * @param itemId the item
     * @param kind words for the kind of thing it is, possibly none
     * @param strength the sum of the weights of what pleased reviewers in it, for this kind of reason
     * @param nearness how near its words are to the statement asked for, comparable within one answer; absent where
     *     none was asked for
     * @param said what they say, heaviest first, at most three; none where the profile has changed meanwhile
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(int rank, String itemId, List<String> kind, double strength, Double nearness, List<Said> said) {}
}
