package dev.lmmrec.reading.span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.core.motivation.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SpanMarkerTest {

    private static final int SIZE = SpanMarker.TAGS.size();

    /** The sums of the lattice against the enumeration of every tagging of short sentences. */
    @Test
    void probabilities_ofTheLattice_equalThoseOfEveryTaggingAddedUp() {
        long seed = 7;
        Random random = new Random(seed);
        for (int run = 0; run < 30; run++) {
            int length = 1 + random.nextInt(5);
            double[][] scores = new double[length][SIZE];
            for (double[] row : scores) {
                for (int tag = 0; tag < SIZE; tag++) {
                    row[tag] = 2 * random.nextGaussian();
                }
            }
            double[][] transitions = new double[SIZE][SIZE];
            for (int from = 0; from < SIZE; from++) {
                for (int to = 0; to < SIZE; to++) {
                    transitions[from][to] =
                            SpanMarker.follows(from, to) ? random.nextGaussian() : Double.NEGATIVE_INFINITY;
                }
            }
            Map<List<Integer>, Double> taggings = new HashMap<>();
            enumerate(new ArrayList<>(), 0, scores, transitions, taggings);
            double all = taggings.values().stream().mapToDouble(x -> x).sum();
            SpanMarker.Lattice lattice = SpanMarker.Lattice.of(scores, transitions);

            for (int i = 0; i < length; i++) {
                for (int tag = 0; tag < SIZE; tag++) {
                    int at = i;
                    int wanted = tag;
                    double expected = sum(taggings, tags -> tags.get(at) == wanted) / all;
                    assertThat(lattice.probability(i, tag))
                            .as("seed %d run %d", seed, run)
                            .isCloseTo(expected, within(1e-9));
                }
                for (int last = i + 1; last < length; last++) {
                    int first = i;
                    int end = last;
                    double expected = sum(taggings, tags -> isItemSpan(tags, first, end)) / all;
                    assertThat(lattice.spanProbability(SpanMarker.ITEM_FIRST, i, last))
                            .as("seed %d run %d span %d to %d", seed, run, i, last)
                            .isCloseTo(expected, within(1e-9));
                }
            }
        }
    }

    /** Against the enumeration of every tagging. */
    @Test
    void possibleSpans_haveTheProbabilityOfThoseThatAreMuchTheSame_andAreExpectedAsOften() {
        long seed = 9;
        Random random = new Random(seed);
        for (int run = 0; run < 30; run++) {
            double[][] scores = new double[2 + random.nextInt(4)][SIZE];
            for (double[] row : scores) {
                for (int tag = 0; tag < SIZE; tag++) {
                    row[tag] = 2 * random.nextGaussian();
                }
            }
            Map<List<Integer>, Double> taggings = new HashMap<>();
            enumerate(new ArrayList<>(), 0, scores, new double[SIZE][SIZE], taggings);
            double all = taggings.values().stream().mapToDouble(x -> x).sum();

            SpanMarker.Marks marks = new SpanMarker(new double[SIZE][SIZE], 0).possible(scores);

            double expected = taggings.entrySet().stream()
                    .mapToDouble(each -> each.getValue()
                            * each.getKey().stream().filter(tag -> tag % 3 == 1).count())
                    .sum();
            assertThat(marks.expected()).as("seed %d run %d", seed, run).isCloseTo(expected / all, within(1e-9));
            for (MarkedSpan span : marks.spans()) {
                double support = 0;
                for (int first = 0; first < scores.length; first++) {
                    for (int last = first + 1; last < scores.length; last++) {
                        MarkedSpan other = new MarkedSpan(span.side(), first, last, 0, 0);
                        if (span.isLike(other)) {
                            support += sum(taggings, tags -> isSpan(tags, other)) / all;
                        }
                    }
                }
                // spans of little probability are not added up
                assertThat(span.support())
                        .as("seed %d run %d %s", seed, run, span)
                        .isCloseTo(Math.min(1, support), within(0.02));
            }
            assertThat(marks.spans()).as("seed %d run %d", seed, run).allSatisfy(one -> assertThat(marks.spans())
                    .filteredOn(other -> one.common(other) > 0)
                    .containsExactly(one));
        }
    }

    @Test
    void mark_withScoresForOneWord_findsTheSpanThatBeginsThere() {
        double[] begin = {0, 0, 0, 0, 9, 0, 0};
        double[] inside = new double[SIZE];
        double[] end = {0, 0, 0, 0, 0, 0, 9};
        double[] otherwise = {3, 0, 0, 0, 0, 0, 0};

        List<MarkedSpan> spans = new SpanMarker(new double[SIZE][SIZE], 0)
                .mark(new double[][] {otherwise, begin, inside, end, otherwise});

        assertThat(spans).singleElement().satisfies(span -> {
            assertThat(span.side()).isEqualTo(Side.ITEM);
            assertThat(span.first()).isEqualTo(1);
            assertThat(span.last()).isEqualTo(3);
            assertThat(span.probability()).isGreaterThan(0.9).isLessThanOrEqualTo(1);
        });
    }

    @Test
    void mark_ofASingleToken_findsNoSpanBecauseOneHasTwo() {
        SpanMarker marker = new SpanMarker(new double[SIZE][SIZE], 0);

        assertThat(marker.mark(new double[][] {{0, 0, 0, 0, 9, 0, 0}})).isEmpty();
    }

    private static double sum(Map<List<Integer>, Double> taggings, Predicate<List<Integer>> which) {
        return taggings.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static boolean isItemSpan(List<Integer> tags, int first, int last) {
        return isSpan(tags, new MarkedSpan(Side.ITEM, first, last, 0, 0));
    }

    private static boolean isSpan(List<Integer> tags, MarkedSpan span) {
        int firstTag = span.side() == Side.USER ? SpanMarker.USER_FIRST : SpanMarker.ITEM_FIRST;
        boolean inner = tags.subList(span.first() + 1, span.last()).stream().allMatch(tag -> tag == firstTag + 1);
        return inner && tags.get(span.first()) == firstTag && tags.get(span.last()) == firstTag + 2;
    }

    private static void enumerate(
            List<Integer> tags,
            double score,
            double[][] scores,
            double[][] transitions,
            Map<List<Integer>, Double> out) {
        int before = tags.isEmpty() ? SpanMarker.OUT : tags.get(tags.size() - 1);
        if (tags.size() == scores.length) {
            if (SpanMarker.follows(before, SpanMarker.OUT)) {
                out.put(List.copyOf(tags), Math.exp(score));
            }
            return;
        }
        for (int tag = 0; tag < SIZE; tag++) {
            if (SpanMarker.follows(before, tag)) {
                tags.add(tag);
                enumerate(
                        tags,
                        score + transitions[before][tag] + scores[tags.size() - 1][tag],
                        scores,
                        transitions,
                        out);
                tags.remove(tags.size() - 1);
            }
        }
    }
}
