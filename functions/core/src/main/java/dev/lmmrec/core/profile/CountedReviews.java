package dev.lmmrec.core.profile;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which reviews a profile knows of, and which of them count in it.
 *
 * <p>Of an item's reviews by one author only the latest counts, so that nobody speaks twice. Of the reviews that a
 * profile's owner wrote or got in one day (UTC) no more count than {@link #DAY_REVIEWS_MAX}, or than count from calmer
 * days together if those are more: a burst waits until the calmer days have as much to say, and a second one does not
 * help it. The earliest of the day count first. Time here is the time a review was written, so that the import of an
 * old file is no burst.
 *
 * <p>A profile knows the latest reviews, of an item at most {@link #AUTHOR_REVIEWS_KEPT_MAX} by one author and
 * {@link #DAY_REVIEWS_KEPT_MAX} of one day: neither one busy author nor one busy day can make it forget all others.
 *
 * @param known latest first
 * @param counted those of them that count, latest first
 * @param held why the others do not, by review id
 */
record CountedReviews(List<ReviewMotivations> known, List<ReviewMotivations> counted, Map<String, Held> held) {

    /** How many reviews of one day count in any case. */
    static final int DAY_REVIEWS_MAX = 10;

    /** How many reviews of one day an item's profile knows of. */
    static final int DAY_REVIEWS_KEPT_MAX = 50;

    /** How many reviews by one author an item's profile knows of. */
    static final int AUTHOR_REVIEWS_KEPT_MAX = 3;

    private static final long DAY_SECONDS = 86_400;
    private static final long DAY_UNKNOWN = 0;

    private static final Comparator<ReviewMotivations> LATEST_FIRST = Comparator.comparingLong(
                    (ReviewMotivations row) -> row.review().time())
            .reversed()
            .thenComparing(ReviewMotivations::reviewId);

    /**
     * Chooses.
     *
     * @param side whose profile it is
     * @param rows one row a review, in any order
     * @param knownMax how many reviews a profile knows of
     * @return the choice, which depends on the set of rows alone
     */
    static CountedReviews of(Side side, List<ReviewMotivations> rows, int knownMax) {
        List<ReviewMotivations> latest = rows.stream().sorted(LATEST_FIRST).toList();
        List<ReviewMotivations> known = side == Side.ITEM ? withinShares(latest) : latest;
        known = known.subList(0, Math.min(known.size(), knownMax));
        List<ReviewMotivations> once = side == Side.ITEM ? latestOfEachAuthor(known) : known;
        List<ReviewMotivations> counted = withoutBursts(once);
        Map<String, Held> held = new HashMap<>();
        known.forEach(row -> held.put(row.reviewId(), Held.REPEATED));
        once.forEach(row -> held.put(row.reviewId(), Held.BURST));
        counted.forEach(row -> held.remove(row.reviewId()));
        return new CountedReviews(known, counted, held);
    }

    private static List<ReviewMotivations> withinShares(List<ReviewMotivations> latest) {
        Map<String, Integer> byAuthor = new HashMap<>();
        Map<Long, Integer> byDay = new HashMap<>();
        List<ReviewMotivations> within = new ArrayList<>();
        for (ReviewMotivations row : latest) {
            if (byAuthor.merge(row.userId(), 1, Integer::sum) <= AUTHOR_REVIEWS_KEPT_MAX
                    && (dayOf(row) == DAY_UNKNOWN
                            || byDay.merge(dayOf(row), 1, Integer::sum) <= DAY_REVIEWS_KEPT_MAX)) {
                within.add(row);
            }
        }
        return within;
    }

    private static List<ReviewMotivations> latestOfEachAuthor(List<ReviewMotivations> latest) {
        Set<String> authors = new HashSet<>();
        return latest.stream().filter(row -> authors.add(row.userId())).toList();
    }

    private static List<ReviewMotivations> withoutBursts(List<ReviewMotivations> latest) {
        if (latest.size() <= DAY_REVIEWS_MAX) {
            return latest;
        }
        Map<Long, List<ReviewMotivations>> byDay = new TreeMap<>();
        for (ReviewMotivations row : latest) {
            byDay.computeIfAbsent(dayOf(row), day -> new ArrayList<>()).add(row);
        }
        Set<String> held = new HashSet<>();
        List<ReviewMotivations> unknown = byDay.remove(DAY_UNKNOWN);
        int counted = unknown == null ? 0 : unknown.size();
        // the calmest first: two busy days must not vouch for each other
        for (List<ReviewMotivations> day : calmestFirst(byDay)) {
            int counts = Math.min(day.size(), Math.max(DAY_REVIEWS_MAX, counted));
            // latest first: what is beyond the count are the first of the list
            day.subList(0, day.size() - counts).forEach(row -> held.add(row.reviewId()));
            counted += counts;
        }
        return latest.stream().filter(row -> !held.contains(row.reviewId())).toList();
    }

    /** Of days with as many reviews the earlier one. */
    private static List<List<ReviewMotivations>> calmestFirst(Map<Long, List<ReviewMotivations>> byDay) {
        return byDay.values().stream()
                .sorted(Comparator.comparingInt(List::size))
                .toList();
    }

    private static long dayOf(ReviewMotivations row) {
        return Math.floorDiv(row.review().time(), DAY_SECONDS);
    }
}
