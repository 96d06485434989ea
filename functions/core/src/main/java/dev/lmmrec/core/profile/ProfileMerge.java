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
import java.time.Duration;
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
import java.util.stream.Stream;
import org.atteo.evo.inflector.English;

/**
 * Merges what was found in reviews into a profile. A pure function of the set of rows: their order and repetition do
 * not matter, so a replayed or reordered delivery gives the same profile. Training uses it on training reviews alone,
 * which is why no held-out review can reach a vector that it is judged by.
 *
 * <p>Which reviews count is said at {@link CountedReviews}. Two motivations are one reason if they agree in side, facet
 * and polarity and their statements have the same words or lie near each other; so what pleased and what displeased
 * never meet. Of an item, one name of a kind of thing speaks for all that are written alike or mean the same.
 */
public final class ProfileMerge {

    /** How many of the latest reviews a profile is merged from. */
    public static final int REVIEWS_MAX = 200;

    /** How many motivations a profile keeps. */
    public static final int MOTIVATIONS_MAX = 24;

    /** How many quotes a motivation keeps. */
    public static final int QUOTES_MAX = 3;

    /** After how long a review counts half in the weight of a motivation. Not measured: people and things change. */
    public static final Duration HALF_LIFE = Duration.ofDays(730);

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}'-]+");
    private static final int KIND_WORDS_MAX = 5;
    private static final int KIND_REVIEWS_SURE_MIN = 4;

    /** From this cosine on, two statements of one facet and polarity count as the same reason. */
    private static final double SAME_REASON_COSINE_MIN = 0.8;

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

    private final KindNames kindNames;

    /** A merge that sees names of one kind of thing as one if they are written alike. */
    public ProfileMerge() {
        this(Meanings.UNKNOWN);
    }

    /**
     * A merge that also sees names as one that mean the same.
     *
     * @param meanings tells what names of kinds mean
     */
    public ProfileMerge(Meanings meanings) {
        this.kindNames = new KindNames(meanings);
    }

    /**
     * Merges the reviews of one user or item.
     *
     * @param key the user or item
     * @param rows rows of that user's or item's reviews; of two with the same review id the later received counts
     * @return the profile without aligned vector, at revision 0; empty if there are no rows
     * @throws IllegalArgumentException if a row belongs to somebody else
     */
    public Optional<Profile> merge(ProfileKey key, Collection<ReviewMotivations> rows) {
        CountedReviews reviews = CountedReviews.of(key.side(), latestRevisions(key, rows), REVIEWS_MAX);
        if (reviews.known().isEmpty()) {
            return Optional.empty();
        }
        List<ReviewMotivations> counted = reviews.counted();
        Optional<String> encoder = encoderOf(counted);
        List<String> kind = key.side() == Side.ITEM ? kindOf(counted) : List.of();
        List<ProfileMotivation> motivations = motivationsOf(counted, encoder);
        double meanRating = counted.stream()
                .mapToDouble(row -> row.review().rating())
                .average()
                .orElseThrow();
        return Optional.of(new Profile(
                key,
                reviews.known().size(),
                meanRating,
                reviews.known().stream()
                        .map(row ->
                                interaction(key, row.review(), reviews.held().get(row.reviewId())))
                        .toList(),
                kind,
                motivations,
                ProfileText.of(kind, motivations),
                textVectorOf(counted, encoder),
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
        return List.copyOf(byReview.values());
    }

    /** While one encoder replaces another, a table holds vectors of both, which cannot be compared. */
    private static Optional<String> encoderOf(List<ReviewMotivations> rows) {
        return rows.stream()
                .flatMap(row -> row.vectors().stream())
                .map(ReviewVectors::encoderId)
                .findFirst();
    }

    private static Optional<ReviewVectors> vectorsOf(ReviewMotivations row, Optional<String> encoder) {
        return row.vectors()
                .filter(vectors -> encoder.filter(vectors.encoderId()::equals).isPresent());
    }

    private static Interaction interaction(ProfileKey key, Review review, Held heldOrNull) {
        String counterpart = key.side() == Side.USER ? review.itemId() : review.userId();
        return new Interaction(review.reviewId(), counterpart, review.rating(), review.time(), heldOrNull);
    }

    /** Names that some review calls the thing by, as far as several reviews use them. */
    private List<String> kindOf(List<ReviewMotivations> rows) {
        Map<String, Set<String>> reviewsByName = new LinkedHashMap<>();
        rows.forEach(row -> row.kind().forEach(name -> reviewsByName.put(name, new LinkedHashSet<>())));
        Map<String, Set<String>> reviewsByForm = new LinkedHashMap<>();
        reviewsByName.forEach((name, reviews) -> reviewsByForm.putIfAbsent(English.plural(name), reviews));
        reviewsByForm.putAll(reviewsByName);
        for (ReviewMotivations row : rows) {
            row.kind().forEach(name -> reviewsByName.get(name).add(row.reviewId()));
            formsIn(row.review(), reviewsByForm.keySet())
                    .forEach(form -> reviewsByForm.get(form).add(row.reviewId()));
        }
        // among several reviews a name that only one of them uses is more often chance than the name of the thing
        int countMin = rows.size() < KIND_REVIEWS_SURE_MIN ? 1 : 2;
        return kindNames.together(reviewsByName).stream()
                .filter(kind -> kind.reviews().size() >= countMin)
                .limit(KIND_WORDS_MAX)
                .map(KindNames.Kind::name)
                .toList();
    }

    private static Stream<String> formsIn(Review review, Set<String> forms) {
        String text = (review.title() + " " + review.text()).toLowerCase(Locale.ROOT);
        List<String> words = NO_LETTERS.splitAsStream(text).toList();
        String spaced = " " + String.join(" ", words) + " ";
        return Stream.concat(
                words.stream().filter(forms::contains),
                forms.stream().filter(form -> form.indexOf(' ') > 0 && spaced.contains(" " + form + " ")));
    }

    private static DenseVector textVectorOf(List<ReviewMotivations> rows, Optional<String> encoder) {
        List<DenseVector> vectors = rows.stream()
                .flatMap(row -> vectorsOf(row, encoder).stream())
                .map(ReviewVectors::text)
                .toList();
        return vectors.isEmpty() ? null : DenseVector.meanDirection(vectors).atRest();
    }

    private static List<ProfileMotivation> motivationsOf(List<ReviewMotivations> rows, Optional<String> encoder) {
        long latest = rows.get(0).review().time();
        Map<Bucket, List<Group>> groups = new LinkedHashMap<>();
        for (ReviewMotivations row : rows) {
            Optional<ReviewVectors> vectors = vectorsOf(row, encoder);
            for (int i = 0; i < row.motivations().size(); i++) {
                Motivation motivation = row.motivations().get(i);
                int index = i;
                Mention mention = new Mention(
                        row.review(),
                        motivation,
                        vectors.map(all -> all.statements().get(index)).orElse(null));
                List<Group> sameBucket = groups.computeIfAbsent(Bucket.of(motivation), bucket -> new ArrayList<>());
                nearest(sameBucket, mention)
                        .orElseGet(() -> addTo(sameBucket))
                        .mentions
                        .add(mention);
            }
        }
        return groups.values().stream()
                .flatMap(List::stream)
                .map(group -> group.merged(latest))
                .sorted(HEAVIEST_FIRST)
                .limit(MOTIVATIONS_MAX)
                .toList();
    }

    private static Optional<Group> nearest(List<Group> groups, Mention mention) {
        Group nearest = null;
        double likeness = SAME_REASON_COSINE_MIN;
        for (Group group : groups) {
            double own = group.likenessTo(mention);
            if (own >= likeness && (nearest == null || own > likeness)) {
                nearest = group;
                likeness = own;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Half for every half-life. */
    private static double shareLeft(long ageSeconds) {
        return Math.pow(0.5, (double) ageSeconds / HALF_LIFE.toSeconds());
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

        /** The same words are the same reason, whatever their vectors. */
        double likenessTo(Mention mention) {
            Mention first = mentions.get(0);
            if (first.words().equals(mention.words())) {
                return Double.POSITIVE_INFINITY;
            }
            return first.vector() == null || mention.vector() == null
                    ? Double.NEGATIVE_INFINITY
                    : first.vector().dot(mention.vector());
        }

        ProfileMotivation merged(long latest) {
            Mention first = mentions.get(0);
            Map<String, Long> reviews = new LinkedHashMap<>();
            mentions.forEach(mention -> reviews.put(
                    mention.review().reviewId(), latest - mention.review().time()));
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
                    reviews.values().stream()
                            .mapToDouble(ProfileMerge::shareLeft)
                            .sum(),
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
