package dev.lmmrec.reading.agreement;

import dev.lmmrec.core.motivation.Motivation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;

/**
 * How well found motivations agree with labelled ones, added up over reviews: micro F1 of one-to-one matches within a
 * review, best match first; two match if the token F1 of their evidence is at least a half.
 */
public final class MotiveScore {

    private static final double TOKEN_F1_MIN = 0.5;

    private final List<Counts> reviews = new ArrayList<>();

    /**
     * What was counted in one review, or in several.
     *
     * @param found motivations that were found
     * @param labelled motivations of the labels
     * @param spans matches by evidence alone
     * @param motives matches of the same side and polarity
     * @param facets those of {@code motives} that have the same facet
     * @param alike matches of the same side, polarity and facet
     */
    public record Counts(int found, int labelled, int spans, int motives, int facets, int alike) {

        private static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        private Counts plus(Counts other) {
            return new Counts(
                    found + other.found,
                    labelled + other.labelled,
                    spans + other.spans,
                    motives + other.motives,
                    facets + other.facets,
                    alike + other.alike);
        }

        /**
         * Motive F1.
         *
         * @return 0 to 1, 0 if there is nothing
         */
        public double motiveF1() {
            return share(2.0 * motives, found + labelled);
        }

        /**
         * How many of the found ones match.
         *
         * @return 0 to 1
         */
        public double precision() {
            return share(motives, found);
        }

        /**
         * How many of the labelled ones are matched.
         *
         * @return 0 to 1
         */
        public double recall() {
            return share(motives, labelled);
        }

        /**
         * F1 of the evidence alone, whatever side and polarity.
         *
         * @return 0 to 1
         */
        public double spanF1() {
            return share(2.0 * spans, found + labelled);
        }

        /**
         * F1 of matches that have the same facet as well.
         *
         * @return 0 to 1
         */
        public double motiveFacetF1() {
            return share(2.0 * alike, found + labelled);
        }

        /**
         * How many of the matches have the same facet.
         *
         * @return 0 to 1
         */
        public double facetAccuracy() {
            return share(facets, motives);
        }

        private static double share(double part, double whole) {
            return whole == 0 ? 0 : part / whole;
        }
    }

    /**
     * Adds one review.
     *
     * @param found what was found in it
     * @param labelled what the labels say
     */
    public void add(List<Motivation> found, List<Motivation> labelled) {
        List<Pair> spans = matches(found, labelled, (a, b) -> true);
        List<Pair> motives = matches(found, labelled, MotiveScore::sameVerdict);
        List<Pair> alike = matches(
                found, labelled, (a, b) -> sameVerdict(a, b) && a.facet().equals(b.facet()));
        int facets = (int) motives.stream().filter(Pair::sameFacet).count();
        reviews.add(new Counts(found.size(), labelled.size(), spans.size(), motives.size(), facets, alike.size()));
    }

    /**
     * All reviews added up.
     *
     * @return the sums
     */
    public Counts total() {
        return sum(reviews);
    }

    /**
     * How many reviews were added.
     *
     * @return a count
     */
    public int reviews() {
        return reviews.size();
    }

    /**
     * The 95 % bootstrap interval of a figure over the reviews.
     *
     * @param figure one of those of {@link Counts}
     * @param seed of the draws
     * @return percentile interval of {@link Interval#ROUNDS} draws
     */
    public Interval interval(ToDoubleFunction<Counts> figure, long seed) {
        return Interval.of(reviews, drawn -> figure.applyAsDouble(sum(drawn)), seed);
    }

    private static Counts sum(List<Counts> reviews) {
        return reviews.stream().reduce(Counts.NONE, Counts::plus);
    }

    @Override
    public String toString() {
        Counts total = total();
        return String.format(
                Locale.ROOT,
                "motive F1 %.3f (precision %.3f, recall %.3f), span F1 %.3f, with facet %.3f, facet accuracy %.3f,"
                        + " found %d, labelled %d",
                total.motiveF1(),
                total.precision(),
                total.recall(),
                total.spanF1(),
                total.motiveFacetF1(),
                total.facetAccuracy(),
                total.found(),
                total.labelled());
    }

    private record Pair(int found, int labelled, double tokenF1, boolean sameFacet) {}

    private static boolean sameVerdict(Motivation a, Motivation b) {
        return a.side() == b.side() && a.polarity() == b.polarity();
    }

    private static List<Pair> matches(
            List<Motivation> found, List<Motivation> labelled, BiPredicate<Motivation, Motivation> mayMatch) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            for (int j = 0; j < labelled.size(); j++) {
                double f1 = tokenF1(found.get(i).evidence(), labelled.get(j).evidence());
                if (f1 >= TOKEN_F1_MIN && mayMatch.test(found.get(i), labelled.get(j))) {
                    boolean sameFacet =
                            found.get(i).facet().equals(labelled.get(j).facet());
                    pairs.add(new Pair(i, j, f1, sameFacet));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::tokenF1).reversed());
        boolean[] foundTaken = new boolean[found.size()];
        boolean[] labelledTaken = new boolean[labelled.size()];
        List<Pair> matched = new ArrayList<>();
        for (Pair pair : pairs) {
            if (!foundTaken[pair.found] && !labelledTaken[pair.labelled]) {
                foundTaken[pair.found] = true;
                labelledTaken[pair.labelled] = true;
                matched.add(pair);
            }
        }
        return matched;
    }

    private static double tokenF1(String a, String b) {
        Map<String, Integer> left = counts(a);
        Map<String, Integer> right = counts(b);
        int common = left.entrySet().stream()
                .mapToInt(entry -> Math.min(entry.getValue(), right.getOrDefault(entry.getKey(), 0)))
                .sum();
        int sum = left.values().stream().mapToInt(Integer::intValue).sum()
                + right.values().stream().mapToInt(Integer::intValue).sum();
        return sum == 0 ? 0 : 2.0 * common / sum;
    }

    private static Map<String, Integer> counts(String text) {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty()) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        return counts;
    }
}
