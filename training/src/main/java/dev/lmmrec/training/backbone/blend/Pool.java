package dev.lmmrec.training.backbone.blend;

import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The items that a stack chooses among for one user, and what it knows of them: each part's standardised score, the
 * logarithm of its rank in the pool, and how often the item was met.
 */
final class Pool {

    /** How many of its first items each part puts into the pool. */
    private static final int OF_PART = 80;

    /** What is added to ranks, so that the first places do not count for everything. */
    private static final int RANK_OFFSET = 3;

    private final int[] items;
    private final float[][] scores;
    private final float[][] ranks;
    private final float[] itemActivity;
    private final double userActivity;

    private Pool(int[] items, float[][] scores, float[][] ranks, float[] itemActivity, double userActivity) {
        this.items = items;
        this.scores = scores;
        this.ranks = ranks;
        this.itemActivity = itemActivity;
        this.userActivity = userActivity;
    }

    /** Logarithms of counts, made to have mean 0 and deviation 1 over the users and items of training. */
    static final class Activity {

        private final float[] ofItems;
        private final double mean;
        private final double deviation;

        Activity(Interactions train) {
            double[] users = IntStream.range(0, train.users())
                    .mapToDouble(user -> logarithm(train.countOf(user)))
                    .toArray();
            double[] items = Arrays.stream(train.itemCounts())
                    .mapToDouble(Activity::logarithm)
                    .toArray();
            mean = Arrays.stream(users).average().orElse(0);
            deviation = deviation(users, mean);
            double itemMean = Arrays.stream(items).average().orElse(0);
            double itemDeviation = deviation(items, itemMean);
            ofItems = new float[items.length];
            for (int item = 0; item < items.length; item++) {
                ofItems[item] = (float) ((items[item] - itemMean) / itemDeviation);
            }
        }

        double ofUser(int interactions) {
            return (logarithm(interactions) - mean) / deviation;
        }

        private static double logarithm(int count) {
            return Math.log(Math.max(1, count));
        }

        private static double deviation(double[] values, double mean) {
            double squares =
                    Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
            return squares == 0 ? 1 : Math.sqrt(squares / values.length);
        }
    }

    /** Asks all parts. What they say of items outside the pool is summed up in {@code others}, {@code [n]}. */
    static Pool of(
            List<Part> parts, int[] history, Activity activity, float[] others, BiConsumer<Scorer, float[]> ask) {
        int n = others.length;
        int m = parts.size();
        float[][] rows = new float[m][n];
        boolean[] chosen = new boolean[n];
        Arrays.fill(others, 0);
        for (int p = 0; p < m; p++) {
            ask.accept(parts.get(p).scorer(), rows[p]);
            StandardRow.standardise(rows[p], history);
            for (int item = 0; item < n; item++) {
                others[item] += rows[p][item] / m;
            }
            float[] sorted = rows[p].clone();
            for (int item : history) {
                sorted[item] = Float.NEGATIVE_INFINITY;
                rows[p][item] = Float.NEGATIVE_INFINITY;
            }
            Arrays.sort(sorted);
            float least = sorted[Math.max(0, n - OF_PART)];
            int left = OF_PART;
            for (int item = 0; item < n && left > 0; item++) {
                if (rows[p][item] > least) {
                    chosen[item] = true;
                    left--;
                }
            }
            for (int item = 0; item < n && left > 0; item++) {
                if (rows[p][item] == least) {
                    chosen[item] = true;
                    left--;
                }
            }
        }
        for (int item : history) {
            chosen[item] = false;
        }
        int[] items = IntStream.range(0, n).filter(item -> chosen[item]).toArray();
        float[][] scores = new float[m][items.length];
        float[][] ranks = new float[m][items.length];
        float[] itemActivity = new float[items.length];
        for (int c = 0; c < items.length; c++) {
            itemActivity[c] = activity.ofItems[items[c]];
            for (int p = 0; p < m; p++) {
                scores[p][c] = rows[p][items[c]];
            }
        }
        for (int p = 0; p < m; p++) {
            float[] row = scores[p];
            int[] order = IntStream.range(0, items.length)
                    .boxed()
                    .sorted((a, b) -> Float.compare(row[b], row[a]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int rank = 0; rank < order.length; rank++) {
                ranks[p][order[rank]] = (float) -Math.log(rank + RANK_OFFSET);
            }
        }
        return new Pool(items, scores, ranks, itemActivity, activity.ofUser(history.length));
    }

    /** How many weights a stack of so many parts has. */
    static int weightsOf(int parts) {
        return 5 * parts + 3;
    }

    int[] items() {
        return items;
    }

    /**
     * The stack's scores of the pool. The weights are, for m parts: m of scores, m of ranks, of the item's activity and
     * its square, m each of scores and ranks times the user's activity, of both activities' product, m of scores times
     * the item's activity.
     */
    double[] scored(double[] weights) {
        int m = scores.length;
        double[] sums = new double[items.length];
        for (int p = 0; p < m; p++) {
            double ofScore = (weights[p] + userActivity * weights[2 * m + 2 + p]) / 2;
            double ofRank = weights[m + p] + userActivity * weights[3 * m + 2 + p];
            double ofBoth = weights[4 * m + 3 + p] / 4;
            for (int c = 0; c < sums.length; c++) {
                sums[c] += scores[p][c] * (ofScore + ofBoth * itemActivity[c]) + ofRank * ranks[p][c];
            }
        }
        double ofItem = weights[2 * m] + userActivity * weights[4 * m + 2];
        for (int c = 0; c < sums.length; c++) {
            sums[c] += itemActivity[c] * (ofItem + weights[2 * m + 1] * itemActivity[c]);
        }
        return sums;
    }

    /** Adds how the weights must change for the scores to change so. */
    void addGradient(double[] ofScores, double[] gradient) {
        int m = scores.length;
        for (int p = 0; p < m; p++) {
            double score = 0;
            double rank = 0;
            double both = 0;
            for (int c = 0; c < ofScores.length; c++) {
                score += ofScores[c] * scores[p][c];
                rank += ofScores[c] * ranks[p][c];
                both += ofScores[c] * scores[p][c] * itemActivity[c];
            }
            gradient[p] += score / 2;
            gradient[m + p] += rank;
            gradient[2 * m + 2 + p] += userActivity * score / 2;
            gradient[3 * m + 2 + p] += userActivity * rank;
            gradient[4 * m + 3 + p] += both / 4;
        }
        double item = 0;
        double square = 0;
        for (int c = 0; c < ofScores.length; c++) {
            item += ofScores[c] * itemActivity[c];
            square += ofScores[c] * itemActivity[c] * itemActivity[c];
        }
        gradient[2 * m] += item;
        gradient[2 * m + 1] += square;
        gradient[4 * m + 2] += userActivity * item;
    }
}
