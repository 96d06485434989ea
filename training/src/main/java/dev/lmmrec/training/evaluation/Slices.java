package dev.lmmrec.training.evaluation;

import dev.lmmrec.training.data.Interactions;
import java.util.ArrayList;
import java.util.List;

/** Figures of users and items by how much is known of them: 0, 1, 2 to 3, 4 to 7 training interactions and so on. */
public final class Slices {

    private final Interactions train;
    private final int[] itemCounts;

    /**
     * Counts.
     *
     * @param train what the model has learnt from
     */
    public Slices(Interactions train) {
        this.train = train;
        this.itemCounts = train.itemCounts();
    }

    /**
     * From so many to so many training interactions.
     *
     * @param from the fewest
     * @param to the most
     */
    public record Range(int from, int to) {

        boolean contains(int count) {
            return count >= from && count <= to;
        }

        @Override
        public String toString() {
            return from == to ? Integer.toString(from) : from + "-" + to;
        }
    }

    /**
     * A slice of users.
     *
     * @param trainInteractions how many interactions of theirs were learnt from
     * @param users how many of them have held-out items
     * @param recall their mean Recall@k
     * @param ndcg their mean NDCG@k
     */
    public record Users(String trainInteractions, int users, double recall, double ndcg) {}

    /**
     * A slice of items.
     *
     * @param trainInteractions how many interactions of theirs were learnt from
     * @param pairs how many held-out pairs have such an item
     * @param recall the share of these pairs that is among the first k
     */
    public record Items(String trainInteractions, int pairs, double recall) {}

    /**
     * By users.
     *
     * @param placements of a run
     * @param k the length of lists
     * @return slices with at least one user, by rising count
     */
    public List<Users> users(Placements placements, int k) {
        List<Users> slices = new ArrayList<>();
        for (Range range : ranges(train.items())) {
            Placements own = placements.ofUsers(user -> range.contains(train.countOf(user)));
            if (own.users().length > 0) {
                slices.add(new Users(
                        range.toString(), own.users().length, own.mean(Figure.RECALL, k), own.mean(Figure.NDCG, k)));
            }
        }
        return slices;
    }

    /**
     * By items. The recall of items without training interactions is what text alone can give.
     *
     * @param placements of a run
     * @param k the length of lists
     * @return slices with at least one held-out pair, by rising count
     */
    public List<Items> items(Placements placements, int k) {
        List<Items> slices = new ArrayList<>();
        for (Range range : ranges(train.users())) {
            Placements.Hits hits = placements.ofItems(item -> range.contains(itemCounts[item]), k);
            if (hits.pairs() > 0) {
                slices.add(new Items(range.toString(), hits.pairs(), hits.recall()));
            }
        }
        return slices;
    }

    /**
     * The ranges that counts fall into.
     *
     * @param most the largest count
     * @return 0, 1, 2-3, 4-7 … until the largest count is in one
     */
    public static List<Range> ranges(int most) {
        List<Range> ranges = new ArrayList<>(List.of(new Range(0, 0)));
        for (int from = 1; from <= most && from > 0; from *= 2) {
            ranges.add(new Range(from, 2 * from - 1));
        }
        return ranges;
    }
}
