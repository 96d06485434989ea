package dev.lmmrec.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Whether two models differ by more than chance: the users of both are drawn anew, with replacement, many times, and
 * the mean difference is taken each time. With several splits, users and splits are both drawn and every drawn user is
 * met in every drawn split ("pigeonhole" bootstrap, Owen 2007), because one user's results in several splits are not
 * independent. The same input and seed give the same answer.
 */
public final class PairedBootstrap {

    private static final double LOWER = 0.025;
    private static final double UPPER = 0.975;

    private final int resamples;
    private final long seed;

    /**
     * Sets the effort.
     *
     * @param resamples how often to draw, such as 10,000; the smallest p-value is 2 / (resamples + 1)
     * @param seed repeats the draws
     * @throws IllegalArgumentException if there are fewer than 100 draws
     */
    public PairedBootstrap(int resamples, long seed) {
        if (resamples < 100) {
            throw new IllegalArgumentException("resamples is " + resamples + ", must be 100 or more");
        }
        this.resamples = resamples;
        this.seed = seed;
    }

    /**
     * One figure of one model on one split.
     *
     * @param users who was measured, without repetition
     * @param values the figure of each
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Sample(int[] users, double[] values) {

        /**
         * Checks the form.
         *
         * @throws IllegalArgumentException if there is not one value per user
         */
        public Sample {
            if (users.length != values.length) {
                throw new IllegalArgumentException(values.length + " values of " + users.length + " users");
            }
        }

        /**
         * One figure of a run.
         *
         * @param placements of the run
         * @param figure one that is per user
         * @param k the length of lists
         * @return the figure of every user
         */
        public static Sample of(Placements placements, Figure figure, int k) {
            return new Sample(placements.users(), placements.perUser(figure, k));
        }
    }

    /**
     * What came out.
     *
     * @param difference the mean of the first model minus the mean of the second
     * @param lower the difference's 95 % interval, percentiles of the draws
     * @param upper its other end
     * @param p two-sided: how often a draw has the other sign; 1 if nothing differs
     * @param pairs how many pairs of values were compared
     */
    public record Difference(double difference, double lower, double upper, double p, int pairs) {}

    /**
     * Compares two models on one split.
     *
     * @param first of the first model
     * @param second of the second, of the same users
     * @return the difference
     * @throws IllegalArgumentException if the users are not the same, or there are none
     */
    public Difference of(Sample first, Sample second) {
        return of(List.of(first), List.of(second));
    }

    /**
     * Compares two models on several splits.
     *
     * @param first of the first model, one per split
     * @param second of the second, of the same splits in the same order
     * @return the difference of means over all pairs of user and split
     * @throws IllegalArgumentException if the splits or their users are not the same, or there are none
     */
    public Difference of(List<Sample> first, List<Sample> second) {
        double[][] bySplit = differences(first, second);
        int[][] userOf = places(first);
        int users = Arrays.stream(userOf)
                        .flatMapToInt(Arrays::stream)
                        .max()
                        .orElseThrow(() -> new IllegalArgumentException("there are no users to compare"))
                + 1;
        double observed = weightedMean(bySplit, userOf, ones(bySplit.length), ones(users));
        double[] drawn = IntStream.range(0, resamples)
                .parallel()
                .mapToDouble(draw -> draw(bySplit, userOf, users, draw))
                .filter(Double::isFinite)
                .toArray();
        int below = 0;
        int above = 0;
        for (double mean : drawn) {
            below += mean <= 0 ? 1 : 0;
            above += mean >= 0 ? 1 : 0;
        }
        double p = Math.min(1, 2.0 * (Math.min(below, above) + 1) / (drawn.length + 1));
        double[] interval = Quantile.withDefaults().evaluate(drawn, LOWER, UPPER);
        return new Difference(
                observed,
                interval[0],
                interval[1],
                p,
                Arrays.stream(bySplit).mapToInt(split -> split.length).sum());
    }

    private double draw(double[][] bySplit, int[][] userOf, int users, int draw) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + draw);
        int[] splitWeights = new int[bySplit.length];
        for (int i = 0; i < bySplit.length; i++) {
            splitWeights[random.nextInt(bySplit.length)]++;
        }
        int[] userWeights = new int[users];
        for (int i = 0; i < users; i++) {
            userWeights[random.nextInt(users)]++;
        }
        return weightedMean(bySplit, userOf, splitWeights, userWeights);
    }

    private static double weightedMean(double[][] bySplit, int[][] userOf, int[] splitWeights, int[] userWeights) {
        double sum = 0;
        long weights = 0;
        for (int s = 0; s < bySplit.length; s++) {
            if (splitWeights[s] == 0) {
                continue;
            }
            double own = 0;
            long ownWeights = 0;
            for (int i = 0; i < bySplit[s].length; i++) {
                int weight = userWeights[userOf[s][i]];
                own += weight * bySplit[s][i];
                ownWeights += weight;
            }
            sum += splitWeights[s] * own;
            weights += splitWeights[s] * ownWeights;
        }
        return sum / weights;
    }

    private static double[][] differences(List<Sample> first, List<Sample> second) {
        if (first.size() != second.size()) {
            throw new IllegalArgumentException(
                    "the first model has " + first.size() + " splits, the second " + second.size());
        }
        double[][] differences = new double[first.size()][];
        for (int s = 0; s < first.size(); s++) {
            Sample a = first.get(s);
            Sample b = second.get(s);
            if (!Arrays.equals(a.users(), b.users())) {
                throw new IllegalArgumentException("split " + (s + 1) + " has other users in the one model than in the"
                        + " other; only runs of the same splits can be paired");
            }
            differences[s] = IntStream.range(0, a.values().length)
                    .mapToDouble(i -> a.values()[i] - b.values()[i])
                    .toArray();
        }
        return differences;
    }

    /** Users numbered from 0 without gaps, by split and place in the split. */
    private static int[][] places(List<Sample> samples) {
        TreeMap<Integer, Integer> numbers = new TreeMap<>();
        samples.forEach(sample -> Arrays.stream(sample.users()).forEach(user -> numbers.put(user, 0)));
        int next = 0;
        for (var entry : numbers.entrySet()) {
            entry.setValue(next++);
        }
        return samples.stream()
                .map(sample -> Arrays.stream(sample.users()).map(numbers::get).toArray())
                .toArray(int[][]::new);
    }

    private static int[] ones(int length) {
        int[] ones = new int[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
