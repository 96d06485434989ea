package dev.lmmrec.core.profile;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile.Interaction;
import dev.lmmrec.core.profile.ProfileMotivation.Quote;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.vector.DenseVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Merges what was found in reviews into a profile. A pure function of the set of rows: their order and repetition do
 * not matter, so a replayed or reordered delivery gives the same profile. Training uses it on training reviews alone,
 * which is why no held-out review can reach a vector that it is judged by.
 */
public final class ProfileMerge {

    /** How many of the latest reviews a profile is merged from. */
    public static final int REVIEWS_MAX = 200;

    /** How many motivations a profile keeps. */
    public static final int MOTIVATIONS_MAX = 24;

    /** How many quotes a motivation keeps. */
    public static final int QUOTES_MAX = 3;

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}'-]+");
    private static final int KIND_WORDS_MAX = 5;
    private static final int KIND_REVIEWS_SURE_MIN = 4;
    private static final int TEXT_LENGTH_MAX = 2_000;

    /** From this cosine on, two statements of one facet and polarity count as the same reason. */
    private static final double SAME_REASON_COSINE_MIN = 0.8;

    private static final Comparator<ReviewMotivations> LATEST_FIRST = Comparator.comparingLong(
                    (ReviewMotivations row) -> row.review().time())
            .reversed()
            .thenComparing(ReviewMotivations::reviewId);

    /** Rows received in the same millisecond are told apart by what they hold, so that order does not matter. */
    private static final Comparator<ReviewMotivations> LATER_REVISION = Comparator.comparingLong(
                    ReviewMotivations::receivedAt)
            .thenComparing(row -> row.vectors().isPresent())
            .thenComparing(ReviewMotivations::contentHash)
            .thenComparing(ReviewMotivations::extractorId)
            .thenComparing(row -> row.motivations().toString())
            .thenComparing(row -> row.kind().toString())
            .thenComparing(row -> row.vectors()
                    .map(vectors -> vectors.encoderId() + vectors.text().encode())
                    .orElse(""));

    private static final Comparator<ProfileMotivation> HEAVIEST_FIRST = Comparator.comparingDouble(
                    ProfileMotivation::weight)
            .reversed()
            .thenComparing(Comparator.comparingLong(ProfileMotivation::lastTime).reversed())
            .thenComparing(ProfileMotivation::statement)
            .thenComparing(ProfileMotivation::side)
            .thenComparing(motivation -> motivation.facet().name())
            .thenComparing(ProfileMotivation::polarity);

    /**
     * Merges the reviews of one user or item.
     *
     * @param key the user or item
     * @param rows rows of that user's or item's reviews; of two with the same review id the later received counts
     * @return the profile without aligned vector, at revision 0; empty if there are no rows
     * @throws IllegalArgumentException if a row belongs to somebody else
     */
    public Optional<Profile> merge(ProfileKey key, Collection<ReviewMotivations> rows) {
        List<ReviewMotivations> latest = latestRevisions(key, rows);
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        List<String> kind = key.side() == Side.ITEM ? kindOf(latest) : List.of();
        List<ProfileMotivation> motivations = motivationsOf(latest);
        double meanRating = latest.stream()
                .mapToDouble(row -> row.review().rating())
                .average()
                .orElseThrow();
        return Optional.of(new Profile(
                key,
                latest.size(),
                meanRating,
                latest.stream().map(row -> interaction(key, row.review())).toList(),
                kind,
                motivations,
                textOf(kind, motivations),
                textVectorOf(latest),
                null,
                null,
                0));
    }

    private static List<ReviewMotivations> latestRevisions(ProfileKey key, Collection<ReviewMotivations> rows) {
        Map<String, ReviewMotivations> byReview = new LinkedHashMap<>();
        for (ReviewMotivations row : rows) {
            String owner = key.side() == Side.USER
                    ? row.review().userId()
                    : row.review().itemId();
            if (!owner.equals(key.id())) {
                throw new IllegalArgumentException("review " + row.reviewId() + " is not of " + key);
            }
            byReview.merge(row.reviewId(), row, BinaryOperator.maxBy(LATER_REVISION));
        }
        return byReview.values().stream()
                .sorted(LATEST_FIRST)
                .limit(REVIEWS_MAX)
                .toList();
    }

    private static Interaction interaction(ProfileKey key, Review review) {
        String counterpart = key.side() == Side.USER ? review.itemId() : review.userId();
        return new Interaction(review.reviewId(), counterpart, review.rating(), review.time());
    }

    /** Words that some review calls the thing by, as far as several reviews use them. */
    private static List<String> kindOf(List<ReviewMotivations> rows) {
        Set<String> candidates =
                rows.stream().flatMap(row -> row.kind().stream()).collect(Collectors.toSet());
        Map<String, Long> counts = rows.stream()
                .flatMap(row -> Stream.concat(
                                row.kind().stream(), wordsOf(row.review()).filter(candidates::contains))
                        .distinct())
                .collect(Collectors.groupingBy(word -> word, Collectors.counting()));
        // among several reviews a word that only one of them uses is more often chance than the name of the thing
        long countMin = rows.size() < KIND_REVIEWS_SURE_MIN ? 1 : 2;
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= countMin)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(KIND_WORDS_MAX)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Stream<String> wordsOf(Review review) {
        String text = (review.title() + " " + review.text()).toLowerCase(Locale.ROOT);
        return NO_LETTERS.splitAsStream(text);
    }

    private static DenseVector textVectorOf(List<ReviewMotivations> rows) {
        List<DenseVector> vectors = rows.stream()
                .flatMap(row -> row.vectors().stream())
                .map(ReviewVectors::text)
                .toList();
        return vectors.isEmpty() ? null : DenseVector.meanDirection(vectors).atRest();
    }

    private static String textOf(List<String> kind, List<ProfileMotivation> motivations) {
        String text = Stream.concat(kind.stream(), motivations.stream().map(ProfileMotivation::statement))
                .collect(Collectors.joining("; "));
        if (text.length() <= TEXT_LENGTH_MAX) {
            return text;
        }
        // never between the two halves of a surrogate pair
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(TEXT_LENGTH_MAX - 1)) ? TEXT_LENGTH_MAX - 1 : TEXT_LENGTH_MAX);
    }

    private static List<ProfileMotivation> motivationsOf(List<ReviewMotivations> rows) {
        Map<Bucket, List<Group>> groups = new LinkedHashMap<>();
        for (ReviewMotivations row : rows) {
            for (int i = 0; i < row.motivations().size(); i++) {
                Motivation motivation = row.motivations().get(i);
                int index = i;
                DenseVector vector = row.vectors()
                        .map(vectors -> vectors.statements().get(index))
                        .orElse(null);
                Mention mention = new Mention(row.review(), motivation, vector);
                List<Group> sameBucket = groups.computeIfAbsent(Bucket.of(motivation), bucket -> new ArrayList<>());
                sameBucket.stream()
                        .filter(group -> group.sharesReasonWith(mention))
                        .findFirst()
                        .orElseGet(() -> addTo(sameBucket))
                        .mentions
                        .add(mention);
            }
        }
        return groups.values().stream()
                .flatMap(List::stream)
                .map(Group::merged)
                .sorted(HEAVIEST_FIRST)
                .limit(MOTIVATIONS_MAX)
                .toList();
    }

    private static Group addTo(List<Group> groups) {
        Group group = new Group();
        groups.add(group);
        return group;
    }

    /** Only motivations of one bucket can be the same reason. */
    private record Bucket(Side side, Facet facet, Polarity polarity) {

        static Bucket of(Motivation motivation) {
            return new Bucket(motivation.side(), motivation.facet(), motivation.polarity());
        }
    }

    /** A motivation where it was found. */
    private record Mention(Review review, Motivation motivation, DenseVector vector) {

        String words() {
            return motivation.statement().strip().toLowerCase(Locale.ROOT);
        }
    }

    /** Mentions of one reason; the first, which is the latest, speaks for all. */
    private static final class Group {

        private final List<Mention> mentions = new ArrayList<>();

        boolean sharesReasonWith(Mention mention) {
            Mention first = mentions.get(0);
            return first.words().equals(mention.words())
                    || (first.vector() != null
                            && mention.vector() != null
                            && first.vector().dot(mention.vector()) >= SAME_REASON_COSINE_MIN);
        }

        ProfileMotivation merged() {
            Mention first = mentions.get(0);
            Set<String> reviews = mentions.stream()
                    .map(mention -> mention.review().reviewId())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            List<Quote> quotes = mentions.stream()
                    .map(mention -> new Quote(
                            mention.review().reviewId(),
                            mention.review().userId(),
                            mention.review().itemId(),
                            mention.motivation().evidence()))
                    .distinct()
                    .limit(QUOTES_MAX)
                    .toList();
            return new ProfileMotivation(
                    first.motivation().side(),
                    first.motivation().facet(),
                    first.motivation().polarity(),
                    first.motivation().statement(),
                    reviews.size(),
                    mean(mention -> mention.motivation().strength()),
                    mean(mention -> mention.motivation().confidence()),
                    first.review().time(),
                    quotes,
                    first.vector());
        }

        private double mean(ToDoubleFunction<Mention> value) {
            return mentions.stream().mapToDouble(value).average().orElseThrow();
        }
    }
}
