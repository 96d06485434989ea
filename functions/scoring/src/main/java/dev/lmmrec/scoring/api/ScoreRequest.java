package dev.lmmrec.scoring.api;

import java.util.List;
import java.util.Set;

/**
 * Candidates to be scored.
 *
 * @param userId for whom
 * @param itemIds the candidates
 * @param withoutMotivations the ids of motives that are not to count; left out for none
 */
public record ScoreRequest(String userId, List<String> itemIds, List<String> withoutMotivations) {

    Set<String> leftOut() {
        return Fields.entries("withoutMotivations", withoutMotivations, ConditionParameters.MOTIVATIONS_MAX);
    }
}
