package dev.lmmrec.scoring.api;

import dev.lmmrec.scoring.ranking.Conditions;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A request for several users. What is left out has the same default as in a query string.
 *
 * @param userIds for whom
 * @param k how many items a user
 * @param includeSeen whether items that the user has reviewed may be among them
 * @param items only these items
 * @param excludeItems none of these items
 * @param kinds only things of these kinds
 * @param excludeKinds nothing of these kinds
 * @param minScore none below this score
 * @param diversity 0 to 1
 * @param facet the kind of reason that matters most now
 * @param withoutMotivations the ids of motives that are not to count
 */
public record BatchRequest(
        List<String> userIds,
        Integer k,
        Boolean includeSeen,
        List<String> items,
        List<String> excludeItems,
        List<String> kinds,
        List<String> excludeKinds,
        Double minScore,
        Double diversity,
        String facet,
        List<String> withoutMotivations) {

    Conditions conditions() {
        Fields.notEmpty("items", items);
        Fields.notEmpty("kinds", kinds);
        ConditionParameters parameters = new ConditionParameters();
        parameters.k = Objects.toString(k, "10");
        parameters.includeSeen = Objects.toString(includeSeen, "false");
        parameters.items = items;
        parameters.excludeItems = excludeItems;
        parameters.kinds = kinds;
        parameters.excludeKinds = excludeKinds;
        parameters.minScore = Objects.toString(minScore, null);
        parameters.diversity = Objects.toString(diversity, "0");
        parameters.facet = facet;
        return parameters.read(Fields::entries);
    }

    Set<String> leftOut() {
        return Fields.entries("withoutMotivations", withoutMotivations, ConditionParameters.MOTIVATIONS_MAX);
    }
}
