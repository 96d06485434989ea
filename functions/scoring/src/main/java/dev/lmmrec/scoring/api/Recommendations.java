package dev.lmmrec.scoring.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lmmrec.models.FusedQuery;
import dev.lmmrec.scoring.ranking.Ranking;
import dev.lmmrec.scoring.reason.Reason;
import java.util.List;

/**
 * Ranked items with reasons.
 *
 * @param userId whom they are for; absent where they are for nobody
 * @param modelVersion the artefact that ranked them
 * @param strategy what the order rests on
 * @param note what the reader should know about that, absent as a rule
 * @param items best first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recommendations(
        String userId, String modelVersion, Ranking.Strategy strategy, String note, List<Item> items) {

    /** Copies the items. */
    public Recommendations {
        items = List.copyOf(items);
    }

    /**
     * One recommended item.
     *
     * @param rank from 1
     * @param itemId the item
     * @param kind words for the kind of thing it is, possibly none
     * @param score comparable within one answer only
     * @param parts what the score is the sum of
     * @param reasons best first, possibly none
     */
    public record Item(
            int rank, String itemId, List<String> kind, double score, FusedQuery.Parts parts, List<Reason> reasons) {}
}
