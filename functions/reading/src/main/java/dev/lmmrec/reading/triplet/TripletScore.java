package dev.lmmrec.reading.triplet;

import dev.lmmrec.reading.agreement.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;

/**
 * How well found triplets agree with labelled ones, added up over sentences. Exact: all three parts are the same.
 * Relaxed: the sentiment is the same, and both aspects and both opinions have a token F1 of at least a half.
 */
public final class TripletScore {

    private final List<Counts> sentences = new ArrayList<>();

    /**
     * What was counted.
     *
     * @param found triplets that were found
     * @param labelled triplets of the labels
     * @param exact one-to-one matches of all parts
     * @param relaxed one-to-one matches that are nearly so
     */
    public record Counts(int found, int labelled, int exact, int relaxed) {

        /**
         * Exact F1.
         *
         * @return 0 to 1
         */
        public double exactF1() {
            return found + labelled == 0 ? 0 : 2.0 * exact / (found + labelled);
        }

        /**
         * Relaxed F1.
         *
         * @return 0 to 1
         */
        public double relaxedF1() {
            return found + labelled == 0 ? 0 : 2.0 * relaxed / (found + labelled);
        }

        /**
         * How many of the found ones are exact.
         *
         * @return 0 to 1
         */
        public double precision() {
            return found == 0 ? 0 : (double) exact / found;
        }

        /**
         * How many of the labelled ones were found exactly.
         *
         * @return 0 to 1
         */
        public double recall() {
            return labelled == 0 ? 0 : (double) exact / labelled;
        }
    }

    /**
     * Adds one sentence.
     *
     * @param found what was found, each once
     * @param labelled what the labels say
     */
    public void add(List<Triplet> found, List<Triplet> labelled) {
        int exact = matches(found, labelled, Triplet::equals);
        int relaxed = matches(
                found,
                labelled,
                (a, b) -> a.sentiment() == b.sentiment()
                        && a.aspect().isLike(b.aspect())
                        && a.opinion().isLike(b.opinion()));
        sentences.add(new Counts(found.size(), labelled.size(), exact, Math.max(exact, relaxed)));
    }

    private static int matches(List<Triplet> found, List<Triplet> labelled, BiPredicate<Triplet, Triplet> match) {
        List<Triplet> open = new ArrayList<>(labelled);
        int matches = 0;
        for (Triplet each : found) {
            Triplet partner = open.contains(each) && match.test(each, each)
                    ? each
                    : open.stream()
                            .filter(other -> match.test(each, other))
                            .findFirst()
                            .orElse(null);
            if (partner != null) {
                open.remove(partner);
                matches++;
            }
        }
        return matches;
    }

    /**
     * All sentences added up.
     *
     * @return the sums
     */
    public Counts total() {
        return sum(sentences);
    }

    /**
     * How many sentences were added.
     *
     * @return a count
     */
    public int sentences() {
        return sentences.size();
    }

    /**
     * The 95 % bootstrap interval of a figure over the sentences.
     *
     * @param figure one of those of {@link Counts}
     * @param seed of the draws
     * @return percentile interval of {@link Interval#ROUNDS} draws
     */
    public Interval interval(ToDoubleFunction<Counts> figure, long seed) {
        return Interval.of(sentences, drawn -> figure.applyAsDouble(sum(drawn)), seed);
    }

    private static Counts sum(List<Counts> parts) {
        int found = 0;
        int labelled = 0;
        int exact = 0;
        int relaxed = 0;
        for (Counts part : parts) {
            found += part.found();
            labelled += part.labelled();
            exact += part.exact();
            relaxed += part.relaxed();
        }
        return new Counts(found, labelled, exact, relaxed);
    }
}
