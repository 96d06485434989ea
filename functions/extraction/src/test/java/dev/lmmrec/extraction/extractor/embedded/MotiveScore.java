package dev.lmmrec.extraction.extractor.embedded;

import dev.lmmrec.core.motivation.Motivation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * How well found motivations agree with labelled ones, added up over reviews: micro F1 of one-to-one matches within a
 * review, best match first; two match if the token F1 of their evidence is at least a half.
 */
final class MotiveScore {

    private static final double TOKEN_F1_MIN = 0.5;

    private int found;
    private int labelled;
    private int spans;
    private int motives;
    private int facets;

    void add(List<Motivation> foundOnes, List<Motivation> labelledOnes) {
        found += foundOnes.size();
        labelled += labelledOnes.size();
        spans += matches(foundOnes, labelledOnes, (a, b) -> true).size();
        var same = matches(foundOnes, labelledOnes, (a, b) -> a.side() == b.side() && a.polarity() == b.polarity());
        motives += same.size();
        facets += (int) same.stream().filter(pair -> pair.sameFacet).count();
    }

    double motiveF1() {
        return 2.0 * motives / (found + labelled);
    }

    double spanF1() {
        return 2.0 * spans / (found + labelled);
    }

    double facetAccuracy() {
        return (double) facets / motives;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "motive F1 %.3f (precision %.3f, recall %.3f), span F1 %.3f, facet accuracy %.3f, found %d, labelled %d",
                motiveF1(),
                (double) motives / found,
                (double) motives / labelled,
                spanF1(),
                facetAccuracy(),
                found,
                labelled);
    }

    private record Pair(int found, int labelled, double tokenF1, boolean sameFacet) {}

    private static List<Pair> matches(
            List<Motivation> found, List<Motivation> labelled, BiPredicate<Motivation, Motivation> mayMatch) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            for (int j = 0; j < labelled.size(); j++) {
                double f1 = tokenF1(found.get(i).evidence(), labelled.get(j).evidence());
                if (f1 >= TOKEN_F1_MIN && mayMatch.test(found.get(i), labelled.get(j))) {
                    pairs.add(new Pair(
                            i,
                            j,
                            f1,
                            found.get(i).facet().equals(labelled.get(j).facet())));
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
