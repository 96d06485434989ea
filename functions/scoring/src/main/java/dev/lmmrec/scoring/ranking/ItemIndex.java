package dev.lmmrec.scoring.ranking;

import java.util.function.IntPredicate;

/** Finds the items whose vectors have the largest inner products with a query. */
sealed interface ItemIndex permits FlatIndex {

    /** How many items there are. */
    int size();

    /**
     * Searches.
     *
     * @param query {@code [w]}
     * @param allowed says by index which items may be found
     * @param k how many at most
     * @return the best allowed items
     * @throws IllegalArgumentException if the query has another width
     */
    Hits top(float[] query, IntPredicate allowed, int k);
}
