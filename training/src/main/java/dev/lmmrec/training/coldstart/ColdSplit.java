package dev.lmmrec.training.coldstart;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.RefusedInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Users and items held out whole: training has no review by the ones and none of the others. Of each, one review is
 * shown afterwards.
 *
 * @param warm what remains
 * @param users held-out users
 * @param items held-out items
 */
public record ColdSplit(Dataset warm, List<ColdUser> users, List<ColdItem> items) {

    /** Copies the lists. */
    public ColdSplit {
        users = List.copyOf(users);
        items = List.copyOf(items);
    }

    /**
     * A held-out user.
     *
     * @param shown the one review that is known of the user, about a warm item
     * @param wanted the other warm items that the user reviewed
     */
    public record ColdUser(ReviewMotivations shown, Set<String> wanted) {

        /** Copies the set. */
        public ColdUser {
            wanted = Set.copyOf(wanted);
        }
    }

    /**
     * A held-out item.
     *
     * @param shown the one review that is known of the item, with vectors if any of its reviews has them
     * @param wantedBy the warm users who reviewed it, without the author of the review that is shown
     */
    public record ColdItem(ReviewMotivations shown, Set<String> wantedBy) {

        /** Copies the set. */
        public ColdItem {
            wantedBy = Set.copyOf(wantedBy);
        }
    }

    /**
     * Draws.
     *
     * @param dataset what to draw from
     * @param share of the users and of the items to hold out, above 0 and below 1
     * @param seed repeats the draw
     * @param limits what the rest must fulfil
     * @return the split; users and items with nothing to find are held out and not among those to measure
     * @throws RefusedInputException if nothing is left to train on, or nothing is held out that could be found
     */
    public static ColdSplit of(Dataset dataset, double share, long seed, Dataset.Limits limits)
            throws RefusedInputException {
        Set<String> coldUsers = drawn(dataset.users(), share, new Random(seed));
        Set<String> coldItems = drawn(dataset.items(), share, new Random(~seed));
        Dataset warm = Dataset.of(
                dataset.rows().stream()
                        .filter(row -> !coldUsers.contains(row.userId()) && !coldItems.contains(row.itemId()))
                        .toList(),
                limits);
        Set<String> warmUsers = Set.copyOf(warm.users());
        Set<String> warmItems = Set.copyOf(warm.items());
        // rows in an order that no file has a say in
        Map<String, ReviewMotivations> interactions = new TreeMap<>();
        dataset.rows().stream()
                .filter(row -> row.review().rating() >= limits.ratingMin())
                .forEach(row -> interactions.put(row.reviewId(), row));
        Map<String, List<ReviewMotivations>> byUser = new LinkedHashMap<>();
        Map<String, List<ReviewMotivations>> byItem = new LinkedHashMap<>();
        for (ReviewMotivations row : interactions.values()) {
            if (coldUsers.contains(row.userId()) && warmItems.contains(row.itemId())) {
                byUser.computeIfAbsent(row.userId(), user -> new ArrayList<>()).add(row);
            }
            if (coldItems.contains(row.itemId())) {
                byItem.computeIfAbsent(row.itemId(), item -> new ArrayList<>()).add(row);
            }
        }
        List<ColdUser> users = new ArrayList<>();
        byUser.forEach((user, rows) -> {
            ReviewMotivations shown = rows.get(new Random(seed ^ user.hashCode()).nextInt(rows.size()));
            Set<String> wanted = new TreeSet<>();
            rows.forEach(row -> wanted.add(row.itemId()));
            wanted.remove(shown.itemId());
            if (!wanted.isEmpty()) {
                users.add(new ColdUser(shown, wanted));
            }
        });
        List<ColdItem> items = new ArrayList<>();
        byItem.forEach((item, rows) -> {
            List<ReviewMotivations> told = told(rows);
            ReviewMotivations shown = told.get(new Random(seed ^ item.hashCode()).nextInt(told.size()));
            Set<String> wantedBy = new HashSet<>();
            rows.forEach(row -> wantedBy.add(row.userId()));
            wantedBy.retainAll(warmUsers);
            wantedBy.remove(shown.userId());
            items.add(new ColdItem(shown, wantedBy));
        });
        if (users.isEmpty() || items.stream().allMatch(item -> item.wantedBy().isEmpty())) {
            throw new RefusedInputException("of the users and items held out none has a second review to find;"
                    + " measure on more reviews or hold out a larger share");
        }
        return new ColdSplit(warm, users, items);
    }

    /** Those with vectors, for an item is placed by them; all if none has any. */
    private static List<ReviewMotivations> told(List<ReviewMotivations> rows) {
        List<ReviewMotivations> told =
                rows.stream().filter(row -> row.vectors().isPresent()).toList();
        return told.isEmpty() ? rows : told;
    }

    private static Set<String> drawn(List<String> ids, double share, Random random) {
        List<String> shuffled = new ArrayList<>(ids);
        Collections.shuffle(shuffled, random);
        return Set.copyOf(shuffled.subList(0, (int) Math.round(share * ids.size())));
    }
}
