package dev.lmmrec.scoring.api;

import java.util.List;

/**
 * The answer to a request for several users.
 *
 * @param results one a user, in the order of the request
 */
public record BatchRecommendations(List<Recommendations> results) {

    /** Copies the results. */
    public BatchRecommendations {
        results = List.copyOf(results);
    }
}
