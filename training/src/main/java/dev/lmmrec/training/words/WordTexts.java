package dev.lmmrec.training.words;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.PairNumbers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Checksum;

/**
 * TF-IDF rows of users (their own reviews), of items (their reviews) and of users' histories (the reviews that others
 * wrote on their items). Words of motivations are words of their own beside those of texts. A row's weights are
 * {@code (1 + ln count) · idf} with {@code idf = 1 + ln((1 + n) / (1 + df))} over items, L2-normalised. For a training
 * pair each row can be had without the pair's own review.
 */
public final class WordTexts {

    /** A word that a single review uses tells nothing of others. */
    private static final int REVIEWS_MIN = 2;

    /** Marks the words of motivations, which are words of their own; no word of a text has a colon at second place. */
    private static final String OF_MOTIVE = "m:";

    private final Interactions train;
    private final List<String> vocabulary;
    private final float[] idf;
    private final PairNumbers pairs;
    private final SparseRow[] userCounts;
    private final SparseRow[] itemCounts;
    private final SparseRow[] pairCounts;
    private final SparseRow[] users;
    private final SparseRow[] items;
    private final SparseRow[] itemsWithoutPair;
    private final SparseRow[] historySums;

    private WordTexts(Dataset dataset, Interactions train, List<ReviewMotivations> rows) {
        this.train = train;
        Map<String, Integer> userIndex = Dataset.indexOf(dataset.users());
        Map<String, Integer> itemIndex = Dataset.indexOf(dataset.items());
        List<List<String>> texts = new ArrayList<>();
        try (Words words = new Words()) {
            rows.forEach(row -> texts.add(wordsOf(row, words)));
        }
        Map<String, Integer> numbers = vocabularyOf(texts);
        vocabulary = List.copyOf(numbers.keySet());
        pairs = PairNumbers.of(train);
        userCounts = empty(train.users());
        itemCounts = empty(train.items());
        pairCounts = empty(train.count());
        int next = 0;
        for (ReviewMotivations row : rows) {
            SparseRow counts = countsOf(texts.get(next++), numbers);
            Integer user = userIndex.get(row.userId());
            Integer item = itemIndex.get(row.itemId());
            add(counts, userCounts, user == null ? -1 : user);
            add(counts, itemCounts, item == null ? -1 : item);
            add(counts, pairCounts, user == null || item == null ? -1 : pairs.of(user, item));
        }
        idf = idfOf(itemCounts, vocabulary.size());
        users = weighted(userCounts);
        items = weighted(itemCounts);
        itemsWithoutPair = itemsWithoutPair();
        historySums = historySums();
    }

    private WordTexts(WordTexts counted, float[] idf) {
        this.train = counted.train;
        this.vocabulary = counted.vocabulary;
        this.pairs = counted.pairs;
        this.userCounts = counted.userCounts;
        this.itemCounts = counted.itemCounts;
        this.pairCounts = counted.pairCounts;
        this.idf = idf;
        users = weighted(userCounts);
        items = weighted(itemCounts);
        itemsWithoutPair = itemsWithoutPair();
        historySums = historySums();
    }

    private SparseRow[] itemsWithoutPair() {
        SparseRow[] rows = new SparseRow[pairs.count()];
        Arrays.setAll(
                rows,
                pair -> itemCounts[pairs.item(pair)].minus(pairCounts[pair]).weighted(idf));
        return rows;
    }

    private SparseRow[] historySums() {
        SparseRow[] sums = empty(train.users());
        for (int user = 0; user < train.users(); user++) {
            for (int pair = pairs.first(user); pair < pairs.end(user); pair++) {
                sums[user] = sums[user].plus(itemsWithoutPair[pair]);
            }
        }
        return sums;
    }

    /**
     * Counts the words of reviews.
     *
     * @param dataset says who is who
     * @param train the training pairs
     * @param rows the reviews that may be looked at, and no others
     * @return the rows, by the words of texts and motivations alike
     */
    public static WordTexts of(Dataset dataset, Interactions train, Collection<ReviewMotivations> rows) {
        return new WordTexts(dataset, train, List.copyOf(rows));
    }

    /**
     * The same reviews with other weights for the two kinds of words.
     *
     * @param text what every word of titles and texts weighs, in multiples of its idf; 0 leaves them out
     * @param motives what every word of motivations' statements and evidence weighs, likewise
     * @return new rows
     */
    public WordTexts weighing(double text, double motives) {
        float[] other = idfOf(itemCounts, vocabulary.size());
        for (int word = 0; word < other.length; word++) {
            other[word] *= (float) (vocabulary.get(word).startsWith(OF_MOTIVE) ? motives : text);
        }
        return new WordTexts(this, other);
    }

    /**
     * No review says anything.
     *
     * @param train the training pairs
     * @return empty rows
     */
    public static WordTexts silent(Interactions train) {
        return new WordTexts(new Dataset(List.of(), List.of(), train, List.of(), null), train, List.of());
    }

    /**
     * The words that more than one review uses, by their numbers.
     *
     * @return the vocabulary
     */
    public List<String> vocabulary() {
        return vocabulary;
    }

    /**
     * What a user wrote.
     *
     * @param user the user's index
     * @return normalised; empty if nothing
     */
    public SparseRow user(int user) {
        return users[user];
    }

    /**
     * What was written about an item.
     *
     * @param item the item's index
     * @return normalised; empty if nothing
     */
    public SparseRow item(int item) {
        return items[item];
    }

    /**
     * What others wrote about a user's items.
     *
     * @param user the user's index
     * @return normalised; empty if nothing
     */
    public SparseRow history(int user) {
        return historySums[user].direction();
    }

    /**
     * What a user wrote besides one training pair's review.
     *
     * @param user the user's index
     * @param item the pair's item
     * @return normalised; empty if nothing
     */
    public SparseRow userWithout(int user, int item) {
        return userCounts[user].minus(pairCounts[trainingPair(user, item)]).weighted(idf);
    }

    /**
     * What was written about an item besides one training pair's review.
     *
     * @param user the pair's user
     * @param item the item's index
     * @return normalised; empty if nothing
     */
    public SparseRow itemWithout(int user, int item) {
        return itemsWithoutPair[trainingPair(user, item)];
    }

    /**
     * What others wrote about a user's items besides one of them.
     *
     * @param user the user's index
     * @param item the item that is left out
     * @return normalised; empty if nothing
     */
    public SparseRow historyWithout(int user, int item) {
        return historySums[user]
                .minus(itemsWithoutPair[trainingPair(user, item)])
                .direction();
    }

    /**
     * What a user wrote in the reviews of some training pairs.
     *
     * @param user the user's index
     * @param items the pairs' items
     * @return normalised; empty if nothing
     */
    public SparseRow userBy(int user, int[] items) {
        SparseRow counts = SparseRow.EMPTY;
        for (int item : items) {
            counts = counts.plus(pairCounts[trainingPair(user, item)]);
        }
        return counts.weighted(idf);
    }

    /**
     * What others wrote about some of a user's items.
     *
     * @param user the user's index
     * @param items the items
     * @return normalised; empty if nothing
     */
    public SparseRow historyBy(int user, int[] items) {
        SparseRow sum = SparseRow.EMPTY;
        for (int item : items) {
            sum = sum.plus(itemsWithoutPair[trainingPair(user, item)]);
        }
        return sum.direction();
    }

    /**
     * The training pairs.
     *
     * @return as given
     */
    public Interactions train() {
        return train;
    }

    /**
     * Whether there are any words.
     *
     * @return false for silent reviews
     */
    public boolean present() {
        return !vocabulary.isEmpty();
    }

    /**
     * Adds the words and how often who used them, which all rows follow from.
     *
     * @param sum what to add them to
     */
    public void addTo(Checksum sum) {
        sum.update(String.join("\n", vocabulary).getBytes(StandardCharsets.UTF_8));
        for (SparseRow[] counts : List.of(userCounts, itemCounts, pairCounts)) {
            for (SparseRow row : counts) {
                row.addTo(sum);
            }
        }
    }

    private int trainingPair(int user, int item) {
        int pair = pairs.of(user, item);
        if (pair < 0) {
            throw new IllegalArgumentException("user " + user + " and item " + item + " are no training pair");
        }
        return pair;
    }

    private static List<String> wordsOf(ReviewMotivations row, Words words) {
        List<String> all = words.of(row.review().title() + " . " + row.review().text());
        row.motivations().forEach(motivation -> words.of(motivation.statement() + " . " + motivation.evidence())
                .forEach(word -> all.add(OF_MOTIVE + word)));
        return all;
    }

    /** In the order of the alphabet, so that the rows' order does not matter. */
    private static Map<String, Integer> vocabularyOf(List<List<String>> texts) {
        Map<String, Integer> reviews = new TreeMap<>();
        texts.forEach(text -> text.stream().distinct().forEach(word -> reviews.merge(word, 1, Integer::sum)));
        reviews.values().removeIf(count -> count < REVIEWS_MIN);
        int number = 0;
        for (Map.Entry<String, Integer> entry : reviews.entrySet()) {
            entry.setValue(number++);
        }
        return reviews;
    }

    private static SparseRow countsOf(List<String> words, Map<String, Integer> numbers) {
        Map<Integer, Float> counts = new HashMap<>();
        for (String word : words) {
            Integer number = numbers.get(word);
            if (number != null) {
                counts.merge(number, 1f, Float::sum);
            }
        }
        return SparseRow.of(counts);
    }

    private static float[] idfOf(SparseRow[] items, int words) {
        int[] frequency = new int[words];
        for (SparseRow item : items) {
            for (int at = 0; at < item.size(); at++) {
                frequency[item.word(at)]++;
            }
        }
        float[] idf = new float[words];
        for (int word = 0; word < words; word++) {
            idf[word] = (float) (1 + Math.log((1.0 + items.length) / (1 + frequency[word])));
        }
        return idf;
    }

    private SparseRow[] weighted(SparseRow[] counts) {
        SparseRow[] weighted = new SparseRow[counts.length];
        Arrays.setAll(weighted, at -> counts[at].weighted(idf));
        return weighted;
    }

    private static void add(SparseRow counts, SparseRow[] sums, int at) {
        if (at >= 0) {
            sums[at] = sums[at].plus(counts);
        }
    }

    private static SparseRow[] empty(int count) {
        SparseRow[] rows = new SparseRow[count];
        Arrays.fill(rows, SparseRow.EMPTY);
        return rows;
    }
}
