package dev.lmmrec.training.data;

import dev.lmmrec.core.digest.Sha256;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.training.data.Interactions.Pair;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * All that a deployment knows when it trains.
 *
 * @param users user ids in the order of their indices, which is that of the alphabet and so says nothing of popularity
 * @param items item ids in the order of their indices, likewise
 * @param interactions who met what
 * @param rows the newest revision of every review, with or without an interaction
 * @param encoderIdOrNull the one sentence encoder of all vectors; null if no row has vectors
 */
public record Dataset(
        List<String> users,
        List<String> items,
        Interactions interactions,
        List<ReviewMotivations> rows,
        String encoderIdOrNull) {

    /** The width of sentence vectors. */
    public static final int TEXT_WIDTH = 384;

    /** Copies the lists. */
    public Dataset {
        users = List.copyOf(users);
        items = List.copyOf(items);
        rows = List.copyOf(rows);
    }

    /**
     * What a data set must fulfil, and which reviews count as interactions.
     *
     * @param ratingMin a review counts as an interaction from this rating on
     * @param usersMin the fewest users worth training on
     * @param itemsMin the fewest items worth training on
     * @param encoderIdOrNull the sentence encoder whose vectors are expected; null for any, as long as it is one
     */
    public record Limits(double ratingMin, int usersMin, int itemsMin, String encoderIdOrNull) {}

    /**
     * Reads rows, checking every one.
     *
     * @param found rows in any order; of two with the same review id the later received counts
     * @param limits what they must fulfil
     * @return the data set
     * @throws RefusedInputException if there are no rows, too few users or items, or vectors of another encoder or
     *     width
     */
    public static Dataset of(Collection<ReviewMotivations> found, Limits limits) throws RefusedInputException {
        if (found.isEmpty()) {
            throw new RefusedInputException("there are no rows of motivations; import reviews and wait until they are"
                    + " extracted before training");
        }
        Map<String, ReviewMotivations> rows = new LinkedHashMap<>();
        for (ReviewMotivations row : found) {
            rows.merge(row.reviewId(), row, (a, b) -> b.receivedAt() > a.receivedAt() ? b : a);
        }
        String encoderId = limits.encoderIdOrNull();
        String encoderOrigin = "the setting";
        TreeSet<String> users = new TreeSet<>();
        TreeSet<String> items = new TreeSet<>();
        for (ReviewMotivations row : rows.values()) {
            requireOneLine(row, "userId", row.review().userId());
            requireOneLine(row, "itemId", row.review().itemId());
            if (row.vectors().isPresent()) {
                ReviewVectors vectors = row.vectors().get();
                if (encoderId == null) {
                    encoderId = vectors.encoderId();
                    encoderOrigin = "review " + row.reviewId();
                }
                requireVectors(row, vectors, encoderId, encoderOrigin);
            }
            if (isInteraction(row, limits.ratingMin())) {
                users.add(row.review().userId());
                items.add(row.review().itemId());
            }
        }
        requireEnough("users", users.size(), limits.usersMin(), limits, rows.size());
        requireEnough("items", items.size(), limits.itemsMin(), limits, rows.size());
        List<String> userIds = List.copyOf(users);
        List<String> itemIds = List.copyOf(items);
        Map<String, Integer> userIndex = indexOf(userIds);
        Map<String, Integer> itemIndex = indexOf(itemIds);
        List<Pair> pairs = rows.values().stream()
                .filter(row -> isInteraction(row, limits.ratingMin()))
                .map(row -> new Pair(
                        userIndex.get(row.review().userId()),
                        itemIndex.get(row.review().itemId())))
                .toList();
        return new Dataset(
                userIds,
                itemIds,
                Interactions.of(userIds.size(), itemIds.size(), pairs),
                List.copyOf(rows.values()),
                encoderId);
    }

    /**
     * All reviews by indices.
     *
     * @return one per row, in the order of the rows
     */
    public List<ReviewText> reviews() {
        Map<String, Integer> userIndex = indexOf(users);
        Map<String, Integer> itemIndex = indexOf(items);
        return rows.stream()
                .map(row -> new ReviewText(
                        userIndex.getOrDefault(row.review().userId(), ReviewText.UNKNOWN),
                        itemIndex.getOrDefault(row.review().itemId(), ReviewText.UNKNOWN),
                        row))
                .toList();
    }

    /**
     * The reviews that one may look at while pairs are held out: every one but those of held-out pairs, whatever their
     * rating. All text that a model meets before it is measured comes from these.
     *
     * @param split says which pairs are held out
     * @return the reviews, in the order of the rows
     */
    public List<ReviewText> reviewsWithout(Split split) {
        return reviews().stream()
                .filter(review ->
                        !review.hasUser() || !review.hasItem() || !split.holdsOut(review.user(), review.item()))
                .toList();
    }

    /**
     * The same data set with other rows of the same reviews, such as rows that got vectors or lost their motivations.
     *
     * @param others one row per row, of the same review
     * @param otherEncoderIdOrNull the sentence encoder of their vectors; null if they have none
     * @return a new data set
     * @throws IllegalArgumentException if a row is of another review
     */
    public Dataset withRows(List<ReviewMotivations> others, String otherEncoderIdOrNull) {
        if (others.size() != rows.size()) {
            throw new IllegalArgumentException(others.size() + " rows for " + rows.size());
        }
        for (int i = 0; i < others.size(); i++) {
            if (!others.get(i).reviewId().equals(rows.get(i).reviewId())) {
                throw new IllegalArgumentException(
                        "row " + i + " is of review " + others.get(i).reviewId() + ", must be of "
                                + rows.get(i).reviewId());
            }
        }
        return new Dataset(users, items, interactions, others, otherEncoderIdOrNull);
    }

    /**
     * The sentence encoder of the rows' vectors.
     *
     * @return its id, or empty if no row has vectors
     */
    public Optional<String> encoderId() {
        return Optional.ofNullable(encoderIdOrNull);
    }

    /**
     * Names the interactions: equal for equal sets of pairs of ids.
     *
     * @return SHA-256, hexadecimal
     */
    public String fingerprint() {
        MessageDigest digest = Sha256.begin();
        for (int user = 0; user < users.size(); user++) {
            for (int item : interactions.itemsOf(user)) {
                digest.update((users.get(user) + "\t" + items.get(item) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return Sha256.of(digest);
    }

    /**
     * Names the interactions and all that was written: equal for equal sets of reviews with equal motivations.
     *
     * @return SHA-256, hexadecimal
     */
    public String textFingerprint() {
        MessageDigest digest = Sha256.begin();
        digest.update(fingerprint().getBytes(StandardCharsets.UTF_8));
        rows.stream()
                .map(row -> row.reviewId() + "\t" + row.contentHash() + "\t" + row.motivations() + "\t"
                        + row.vectors().map(ReviewVectors::encoderId).orElse("") + "\n")
                .sorted()
                .forEach(row -> digest.update(row.getBytes(StandardCharsets.UTF_8)));
        return Sha256.of(digest);
    }

    /**
     * The largest part in which every user and every item has at least so many interactions; reviews of others are left
     * out.
     *
     * @param least how many, 1 or more
     * @return the part, with indices of its own
     * @throws RefusedInputException if nothing remains
     */
    public Dataset core(int least) throws RefusedInputException {
        Interactions kept = interactions.core(least);
        List<String> userIds = IntStream.range(0, users.size())
                .filter(user -> kept.countOf(user) > 0)
                .mapToObj(users::get)
                .toList();
        int[] itemCounts = kept.itemCounts();
        List<String> itemIds = IntStream.range(0, items.size())
                .filter(item -> itemCounts[item] > 0)
                .mapToObj(items::get)
                .toList();
        if (userIds.isEmpty()) {
            throw new RefusedInputException("no users and items with at least " + least
                    + " interactions among themselves; choose a smaller core than " + least);
        }
        Map<String, Integer> userIndex = indexOf(userIds);
        Map<String, Integer> itemIndex = indexOf(itemIds);
        List<Pair> pairs = new ArrayList<>();
        for (int user = 0; user < users.size(); user++) {
            for (int item : kept.itemsOf(user)) {
                pairs.add(new Pair(userIndex.get(users.get(user)), itemIndex.get(items.get(item))));
            }
        }
        return new Dataset(
                userIds,
                itemIds,
                Interactions.of(userIds.size(), itemIds.size(), pairs),
                rows.stream()
                        .filter(row -> userIndex.containsKey(row.review().userId())
                                && itemIndex.containsKey(row.review().itemId()))
                        .toList(),
                encoderIdOrNull);
    }

    /**
     * Finds indices by id.
     *
     * @param ids the ids in the order of their indices
     * @return the index of each id
     */
    public static Map<String, Integer> indexOf(List<String> ids) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            index.put(ids.get(i), i);
        }
        return index;
    }

    private static boolean isInteraction(ReviewMotivations row, double ratingMin) {
        return row.review().rating() >= ratingMin;
    }

    private static void requireOneLine(ReviewMotivations row, String field, String id) throws RefusedInputException {
        if (id.isBlank() || id.indexOf('\n') >= 0 || id.indexOf('\r') >= 0) {
            throw new RefusedInputException("review " + row.reviewId() + ": " + field
                    + " is blank or has a line break; the artefact lists one id a line");
        }
    }

    private static void requireVectors(ReviewMotivations row, ReviewVectors vectors, String encoderId, String origin)
            throws RefusedInputException {
        if (!encoderId.equals(vectors.encoderId())) {
            throw new RefusedInputException("review " + row.reviewId() + " has vectors of encoder '"
                    + vectors.encoderId() + "', but " + origin + " has '" + encoderId
                    + "'; embed all reviews with one encoder before training");
        }
        if (vectors.text().width() != TEXT_WIDTH) {
            throw new RefusedInputException("review " + row.reviewId() + " has a text vector of width "
                    + vectors.text().width() + ", must be " + TEXT_WIDTH);
        }
        for (float component : vectors.text().toArray()) {
            if (!Float.isFinite(component)) {
                throw new RefusedInputException(
                        "review " + row.reviewId() + " has a text vector with " + component + "; embed it again");
            }
        }
    }

    private static void requireEnough(String what, int count, int min, Limits limits, int rows)
            throws RefusedInputException {
        if (count < min) {
            throw new RefusedInputException("there are " + count + " " + what + " with a rating of at least "
                    + limits.ratingMin() + " in " + rows + " rows; training needs at least " + min);
        }
    }
}
