package dev.lmmrec.reading.span;

import dev.lmmrec.core.motivation.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Marks the words that show a motivation: a linear-chain conditional random field over six places inside a span and one
 * outside. A span has at least two tokens.
 */
public final class SpanMarker {

    /** Outside; then, for each side, a span's first, inner and last token. */
    public static final List<String> TAGS =
            List.of("out", "user-first", "user-inner", "user-last", "item-first", "item-inner", "item-last");

    /** The tag of a token outside of every span. */
    public static final int OUT = 0;

    /** The tag of the first token of a span on the USER side; those of inner and last tokens come next. */
    public static final int USER_FIRST = 1;

    /** The same for the ITEM side. */
    public static final int ITEM_FIRST = 4;

    private static final int SIZE = TAGS.size();
    private static final double PROBABILITY_MIN = 0.002;

    /** Of a tag outside of a span where what is unsure is looked for as well. */
    private static final double OUT_WEIGHT = 0.5;

    private final double[][] transitions;
    private final double outBias;

    /**
     * Makes a marker.
     *
     * @param transitions how well a tag (second index) goes after another (first index); impossible ones are not used
     * @param outBias added to the score of every token outside: below 0 finds more spans
     */
    public SpanMarker(double[][] transitions, double outBias) {
        this.outBias = outBias;
        this.transitions = new double[SIZE][SIZE];
        for (int from = 0; from < SIZE; from++) {
            for (int to = 0; to < SIZE; to++) {
                this.transitions[from][to] = follows(from, to) ? transitions[from][to] : Double.NEGATIVE_INFINITY;
            }
        }
    }

    /**
     * Whether a tag may stand right after another; {@code OUT} also stands before and after the sentence.
     *
     * @param from the tag before
     * @param to the tag after
     * @return whether they may meet
     */
    public static boolean follows(int from, int to) {
        boolean closed = from == OUT || from % 3 == 0;
        if (closed) {
            return to == OUT || to % 3 == 1;
        }
        // inside a span: on to its inner or last token
        return to != OUT && to % 3 != 1 && (from - 1) / 3 == (to - 1) / 3;
    }

    /**
     * The most probable spans of a sentence.
     *
     * @param emissions for each token how well each tag fits it
     * @return from left to right
     */
    public List<MarkedSpan> mark(double[][] emissions) {
        int size = emissions.length;
        if (size == 0) {
            return List.of();
        }
        double[][] scores = new double[size][];
        for (int i = 0; i < size; i++) {
            scores[i] = emissions[i].clone();
            scores[i][OUT] += outBias;
        }
        return spans(Lattice.of(scores, transitions), size, 1);
    }

    /**
     * What may be marked in a text.
     *
     * @param spans from left to right, each with the support of those that are much the same
     * @param expected how many spans there are on average over all taggings
     */
    public record Marks(List<MarkedSpan> spans, double expected) {

        /** Copies the list. */
        public Marks {
            spans = List.copyOf(spans);
        }
    }

    /**
     * Spans that may be in a sentence, also those that are less probable than none.
     *
     * @param emissions for each token how well each tag fits it
     * @return spans, and how many to expect
     */
    public Marks possible(double[][] emissions) {
        int size = emissions.length;
        if (size == 0) {
            return new Marks(List.of(), 0);
        }
        Lattice lattice = Lattice.of(emissions, transitions);
        double expected = 0;
        for (int i = 0; i < size; i++) {
            expected += lattice.probability(i, USER_FIRST) + lattice.probability(i, ITEM_FIRST);
        }
        Map<Side, List<MarkedSpan>> others = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            others.put(side, lattice.spans(side, PROBABILITY_MIN));
        }
        List<MarkedSpan> possible = new ArrayList<>();
        for (MarkedSpan span : spans(lattice, size, OUT_WEIGHT)) {
            double support = 0;
            for (MarkedSpan other : others.get(span.side())) {
                support += span.isLike(other) ? other.probability() : 0;
            }
            possible.add(
                    new MarkedSpan(span.side(), span.first(), span.last(), span.probability(), Math.min(1, support)));
        }
        return new Marks(possible, expected);
    }

    private static List<MarkedSpan> spans(Lattice lattice, int size, double outWeight) {
        int[] tags = best(lattice, size, outWeight);
        List<MarkedSpan> spans = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (tags[i] != OUT && tags[i] % 3 == 1) {
                int first = i;
                while (tags[i] % 3 != 0) {
                    i++;
                }
                Side side = tags[first] == USER_FIRST ? Side.USER : Side.ITEM;
                double probability = lattice.spanProbability(tags[first], first, i);
                spans.add(new MarkedSpan(side, first, i, probability, probability));
            }
        }
        return spans;
    }

    /**
     * The tagging with the largest sum of its tags' probabilities. The likeliest tagging as a whole would leave out a
     * span whose borders are unsure, because each of its possible borders is less likely than no span. Where being
     * outside weighs less, more is found.
     */
    private static int[] best(Lattice lattice, int size, double outWeight) {
        double[] best = new double[SIZE];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        best[OUT] = 0;
        int[][] from = new int[size][SIZE];
        for (int i = 0; i < size; i++) {
            double[] next = new double[SIZE];
            for (int to = 0; to < SIZE; to++) {
                double largest = Double.NEGATIVE_INFINITY;
                for (int before = 0; before < SIZE; before++) {
                    if (follows(before, to) && best[before] > largest) {
                        largest = best[before];
                        from[i][to] = before;
                    }
                }
                next[to] = largest + (to == OUT ? outWeight : 1) * lattice.probability(i, to);
            }
            best = next;
        }
        int[] tags = new int[size];
        int last = OUT;
        for (int tag = 0; tag < SIZE; tag++) {
            if (follows(tag, OUT) && best[tag] > best[last]) {
                last = tag;
            }
        }
        for (int i = size - 1; i >= 0; i--) {
            tags[i] = last;
            last = from[i][last];
        }
        return tags;
    }

    /** The sums over all taggings of a sentence, scaled so that each place's forward sums add up to 1. */
    public static final class Lattice {

        private final double[][] emissions;
        private final double[][] steps;
        private final double[][] forward;
        private final double[][] backward;
        private final double[] scales;

        private Lattice(double[][] emissions, double[][] steps) {
            int size = emissions.length;
            this.emissions = emissions;
            this.steps = steps;
            this.forward = new double[size][SIZE];
            this.backward = new double[size][SIZE];
            this.scales = new double[size];
        }

        /**
         * Adds up.
         *
         * @param scores for each token how well each tag fits it
         * @param transitions how well a tag goes after another, negative infinity for those that may not meet
         * @return the sums
         */
        public static Lattice of(double[][] scores, double[][] transitions) {
            double[][] emissions = new double[scores.length][SIZE];
            for (int i = 0; i < scores.length; i++) {
                double largest = Arrays.stream(scores[i]).max().orElseThrow();
                for (int tag = 0; tag < SIZE; tag++) {
                    emissions[i][tag] = Math.exp(scores[i][tag] - largest);
                }
            }
            double[][] steps = new double[SIZE][SIZE];
            for (int from = 0; from < SIZE; from++) {
                for (int to = 0; to < SIZE; to++) {
                    steps[from][to] = Math.exp(transitions[from][to]);
                }
            }
            Lattice lattice = new Lattice(emissions, steps);
            lattice.sum();
            return lattice;
        }

        private void sum() {
            int size = emissions.length;
            for (int i = 0; i < size; i++) {
                for (int to = 0; to < SIZE; to++) {
                    double sum = 0;
                    for (int from = 0; from < SIZE; from++) {
                        sum += (i == 0 ? (from == OUT ? 1 : 0) : forward[i - 1][from]) * steps[from][to];
                    }
                    boolean open = i == size - 1 && !follows(to, OUT);
                    forward[i][to] = open ? 0 : sum * emissions[i][to];
                    scales[i] += forward[i][to];
                }
                for (int to = 0; to < SIZE; to++) {
                    forward[i][to] /= scales[i];
                }
            }
            for (int tag = 0; tag < SIZE; tag++) {
                backward[size - 1][tag] = follows(tag, OUT) ? 1 : 0;
            }
            for (int i = size - 2; i >= 0; i--) {
                for (int from = 0; from < SIZE; from++) {
                    double sum = 0;
                    for (int to = 0; to < SIZE; to++) {
                        sum += steps[from][to] * emissions[i + 1][to] * backward[i + 1][to];
                    }
                    backward[i][from] = sum / scales[i + 1];
                }
            }
        }

        /**
         * The probability that a token has a tag.
         *
         * @param index the token's
         * @param tag the tag
         * @return from 0 to 1
         */
        public double probability(int index, int tag) {
            return forward[index][tag] * backward[index][tag];
        }

        /**
         * The probability that a token has a tag and the one before it another.
         *
         * @param index the token's
         * @param before the tag of the token before, {@code OUT} before the first token
         * @param tag the token's tag
         * @return from 0 to 1
         */
        public double probability(int index, int before, int tag) {
            double entry = index == 0 ? (before == OUT ? 1 : 0) : forward[index - 1][before];
            return entry * steps[before][tag] * emissions[index][tag] * backward[index][tag] / scales[index];
        }

        /** The probability of exactly this span. */
        double spanProbability(int firstTag, int first, int last) {
            double product = forward[first][firstTag];
            for (int i = first + 1; i <= last; i++) {
                int before = i - 1 == first ? firstTag : firstTag + 1;
                int tag = i == last ? firstTag + 2 : firstTag + 1;
                product *= steps[before][tag] * emissions[i][tag] / scales[i];
            }
            return Math.min(1, product * backward[last][firstTag + 2]);
        }

        /**
         * The spans of one side.
         *
         * @param side whom they are about
         * @param least less probable ones are left out
         * @return from left to right, their support being their own probability
         */
        List<MarkedSpan> spans(Side side, double least) {
            int firstTag = side == Side.USER ? USER_FIRST : ITEM_FIRST;
            int inner = firstTag + 1;
            int lastTag = firstTag + 2;
            List<MarkedSpan> spans = new ArrayList<>();
            for (int first = 0; first < emissions.length - 1; first++) {
                // so far: of all spans that begin here, those that go on
                double open = forward[first][firstTag];
                int before = firstTag;
                for (int i = first + 1; i < emissions.length && open * backward[i - 1][before] >= least; i++) {
                    double closed = open * steps[before][lastTag] * emissions[i][lastTag] / scales[i];
                    double probability = Math.min(1, closed * backward[i][lastTag]);
                    if (probability >= least) {
                        spans.add(new MarkedSpan(side, first, i, probability, probability));
                    }
                    open *= steps[before][inner] * emissions[i][inner] / scales[i];
                    before = inner;
                }
            }
            return spans;
        }
    }
}
