package dev.lmmrec.scoring.ranking;

import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.graph.ItemGraph;
import java.util.function.IntPredicate;

/** Finds the items whose vectors have the largest inner products with a query. Safe for use by several threads. */
public sealed interface ItemIndex permits FlatIndex, GraphIndex {

    /**
     * Looks at all items, and so finds the best ones without fail.
     *
     * @param vectors {@code [n, w]}, stays mapped
     * @return the index
     */
    static ItemIndex exact(FloatMatrix vectors) {
        return new FlatIndex(vectors);
    }

    /**
     * Walks along a graph, and so finds nearly always the best ones, in a time that hardly grows with their number.
     *
     * @param vectors {@code [n, w]}, stays mapped
     * @param graph of these vectors
     * @param beam how many items are held on the way, from 1; more find better and take longer
     * @return the index
     * @throws IllegalArgumentException if the beam is below 1
     */
    static ItemIndex approximate(FloatMatrix vectors, ItemGraph graph, int beam) {
        return new GraphIndex(vectors, graph, beam);
    }

    /**
     * Its size.
     *
     * @return how many items there are
     */
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
