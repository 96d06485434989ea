package dev.lmmrec.reading;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a reader found in a review.
 *
 * @param motivations with their evidence at its place, in the order of the review
 * @param kind neutral words for the kind of thing the item is, lower case, possibly none
 */
public record Reading(List<Motivation> motivations, List<String> kind) {

    /** How many motivations are kept of one review. */
    public static final int MOTIVATIONS_MAX = 8;

    /** Copies the lists. */
    public Reading {
        motivations = List.copyOf(motivations);
        kind = List.copyOf(kind);
    }

    /**
     * Keeps the surest motivations, and of those that say the same the first.
     *
     * @param found in the order of the review
     * @param kind words for the kind of thing
     * @return at most {@link #MOTIVATIONS_MAX} motivations
     */
    public static Reading ofSurest(List<Motivation> found, List<String> kind) {
        Set<Saying> said = new HashSet<>();
        List<Motivation> different = new ArrayList<>();
        for (Motivation motivation : found) {
            if (said.add(Saying.of(motivation))) {
                different.add(motivation);
            }
        }
        Set<Motivation> surest = new HashSet<>(different.stream()
                .sorted(Comparator.comparingDouble(Motivation::confidence).reversed())
                .limit(MOTIVATIONS_MAX)
                .toList());
        return new Reading(different.stream().filter(surest::contains).toList(), kind);
    }

    private record Saying(Side side, Facet facet, Polarity polarity, String statement) {

        static Saying of(Motivation motivation) {
            return new Saying(motivation.side(), motivation.facet(), motivation.polarity(), motivation.statement());
        }
    }
}
