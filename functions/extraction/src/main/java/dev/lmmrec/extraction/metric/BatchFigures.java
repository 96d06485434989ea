package dev.lmmrec.extraction.metric;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Motivation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the reviews of one batch tell of extraction. Safe for use by several threads. */
public final class BatchFigures {

    private final Map<String, Integer> byFacet = new TreeMap<>();
    private int reviews;
    private int reviewsWithoutMotive;
    private int motivations;
    private int ungrounded;
    private int repeated;
    private int below;
    private int newReviews;

    /**
     * Counts one review that was extracted.
     *
     * @param found its motivations
     * @param ungroundedCandidates candidates whose quote does not stand in the review
     * @param repeatedCandidates candidates that repeat others
     * @param byLowerRung whether another extractor than the wanted one answered
     */
    public synchronized void add(
            List<Motivation> found, int ungroundedCandidates, int repeatedCandidates, boolean byLowerRung) {
        reviews++;
        reviewsWithoutMotive += found.isEmpty() ? 1 : 0;
        motivations += found.size();
        ungrounded += ungroundedCandidates;
        repeated += repeatedCandidates;
        below += byLowerRung ? 1 : 0;
        found.forEach(motivation -> byFacet.merge(nameOf(motivation.facet()), 1, Integer::sum));
    }

    /** Counts one review that was stored and had no row before; sent again, or changed, it is not new. */
    public synchronized void addNew() {
        newReviews++;
    }

    /**
     * How many reviews were stored that had no row before.
     *
     * @return their number
     */
    public synchronized int newReviews() {
        return newReviews;
    }

    /** Names that models make up are many and would each be a metric. */
    private static String nameOf(Facet facet) {
        return Facet.KNOWN.contains(facet) ? facet.name() : "other";
    }

    /**
     * How many reviews were extracted.
     *
     * @return their number
     */
    public synchronized int reviews() {
        return reviews;
    }

    /**
     * How many of them have no motivation.
     *
     * @return their number
     */
    public synchronized int reviewsWithoutMotive() {
        return reviewsWithoutMotive;
    }

    /**
     * How many motivations were found.
     *
     * @return their number
     */
    public synchronized int motivations() {
        return motivations;
    }

    /**
     * How many candidates were dropped since their quote does not stand in the review.
     *
     * @return their number
     */
    public synchronized int ungrounded() {
        return ungrounded;
    }

    /**
     * How many candidates were dropped since they repeat others.
     *
     * @return their number
     */
    public synchronized int repeated() {
        return repeated;
    }

    /**
     * How many reviews another extractor than the wanted one answered.
     *
     * @return their number
     */
    public synchronized int below() {
        return below;
    }

    /**
     * The mix of facets.
     *
     * @return motivations by facet; all that are not known everywhere are {@code other}
     */
    public synchronized Map<String, Integer> byFacet() {
        return Map.copyOf(byFacet);
    }
}
