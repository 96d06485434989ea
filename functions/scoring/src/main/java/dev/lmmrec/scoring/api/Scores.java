package dev.lmmrec.scoring.api;

import dev.lmmrec.scoring.ranking.Ranking;
import java.util.List;

/**
 * Candidates in order.
 *
 * @param userId for whom
 * @param modelVersion the artefact that scored them
 * @param strategy what the order rests on
 * @param items those that are known, best first
 * @param unknownItemIds those that are not
 */
public record Scores(
        String userId,
        String modelVersion,
        Ranking.Strategy strategy,
        List<Recommendations.Item> items,
        List<String> unknownItemIds) {

    /** Copies the lists. */
    public Scores {
        items = List.copyOf(items);
        unknownItemIds = List.copyOf(unknownItemIds);
    }
}
