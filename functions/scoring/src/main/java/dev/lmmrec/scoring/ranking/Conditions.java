package dev.lmmrec.scoring.ranking;

import dev.lmmrec.core.motivation.Facet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What recommended items must fulfil.
 *
 * @param k how many at most
 * @param seenToo whether items that the user has reviewed may be among them
 * @param items only these; empty for any
 * @param withoutItems none of these
 * @param kinds only things that are called by one of these words; empty for any
 * @param withoutKinds nothing that is called by one of these words
 * @param scoreMin none below this score
 * @param facet the kind of reason that matters most now; empty if none does
 * @param diversity 0 for the best items, up to 1 for the most different ones among the good
 */
public record Conditions(
        int k,
        boolean seenToo,
        Set<String> items,
        Set<String> withoutItems,
        Set<String> kinds,
        Set<String> withoutKinds,
        OptionalDouble scoreMin,
        Optional<Facet> facet,
        double diversity) {

    /**
     * Copies the sets and checks the numbers.
     *
     * @throws IllegalArgumentException if k is below 1 or diversity not from 0 to 1
     */
    public Conditions {
        items = Set.copyOf(items);
        withoutItems = Set.copyOf(withoutItems);
        kinds = Set.copyOf(kinds);
        withoutKinds = Set.copyOf(withoutKinds);
        if (k < 1 || !(diversity >= 0 && diversity <= 1)) {
            throw new IllegalArgumentException(
                    "k is " + k + ", must be 1 or more; diversity is " + diversity + ", must be from 0 to 1");
        }
    }
}
