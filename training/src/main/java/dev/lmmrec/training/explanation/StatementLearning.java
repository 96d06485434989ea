package dev.lmmrec.training.explanation;

import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.reason.StatementFeatures;
import dev.lmmrec.core.reason.StatementWeights;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.training.data.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Learns the order of statements: among an item's statements, those that agree with the left-out review should have the
 * larger worth. The loss is the mean over questions of {@code −log Σ_agreeing softmax(worth)}, a linear worth of
 * standardised features and of the statement's sentence vector, with squared norms of both; solved by gradient descent
 * with Adam's steps on all questions at once, so that equal input gives equal weights.
 */
final class StatementLearning {

    private static final int STEPS = 200;
    private static final double RATE = 0.05;
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.99;
    private static final double FEATURE_RIDGE = 1e-3;

    private final double directionRidge;

    /**
     * Sets what the direction costs.
     *
     * @param directionRidge the weight of its squared norm
     */
    StatementLearning(double directionRidge) {
        this.directionRidge = directionRidge;
    }

    /** The candidates of a question as numbers: standardised features, then the sentence vector. */
    private static final class Example {

        private final float[][] rows;
        private final boolean[] agreeing;

        Example(float[][] rows, boolean[] agreeing) {
            this.rows = rows;
            this.agreeing = agreeing;
        }
    }

    /** Learns from questions of which some candidate agrees and some does not; without any nothing is learnt. */
    StatementWeights learn(List<Question> questions) {
        List<Example> examples = questions.parallelStream()
                .map(StatementLearning::example)
                .filter(Objects::nonNull)
                .toList();
        if (examples.isEmpty()) {
            return StatementWeights.UNLEARNT;
        }
        int features = StatementFeatures.NAMES.size();
        double[] mean = new double[features];
        double[] scale = new double[features];
        standardise(examples, mean, scale);
        double[] weights = new double[features + Dataset.TEXT_WIDTH];
        descend(examples, weights);
        Map<String, Double> byName = new TreeMap<>();
        for (int f = 0; f < features; f++) {
            byName.put(StatementFeatures.NAMES.get(f), weights[f] / scale[f]);
        }
        float[] direction = new float[Dataset.TEXT_WIDTH];
        for (int k = 0; k < direction.length; k++) {
            direction[k] = (float) weights[features + k];
        }
        return new StatementWeights(byName, DenseVector.of(direction).atRest());
    }

    private static Example example(Question question) {
        boolean[] agreeing = question.agreeing(Agreement.REASON);
        int count = (int)
                IntStream.range(0, agreeing.length).filter(c -> agreeing[c]).count();
        if (count == 0 || count == agreeing.length) {
            return null;
        }
        StatementFeatures features = new StatementFeatures(question.user(), question.item());
        int width = StatementFeatures.NAMES.size();
        float[][] rows = new float[agreeing.length][width + Dataset.TEXT_WIDTH];
        for (int c = 0; c < rows.length; c++) {
            ProfileMotivation statement = question.candidates().get(c);
            double[] own = features.of(statement);
            for (int f = 0; f < width; f++) {
                rows[c][f] = (float) own[f];
            }
            System.arraycopy(statement.vector().toArray(), 0, rows[c], width, Dataset.TEXT_WIDTH);
        }
        return new Example(rows, agreeing);
    }

    private static void standardise(List<Example> examples, double[] mean, double[] scale) {
        long count = 0;
        double[] squares = new double[mean.length];
        for (Example example : examples) {
            for (float[] row : example.rows) {
                count++;
                for (int f = 0; f < mean.length; f++) {
                    mean[f] += row[f];
                    squares[f] += (double) row[f] * row[f];
                }
            }
        }
        for (int f = 0; f < mean.length; f++) {
            mean[f] /= count;
            double deviation = Math.sqrt(Math.max(0, squares[f] / count - mean[f] * mean[f]));
            scale[f] = deviation < 1e-9 ? 1 : deviation;
        }
        for (Example example : examples) {
            for (float[] row : example.rows) {
                for (int f = 0; f < mean.length; f++) {
                    row[f] = (float) ((row[f] - mean[f]) / scale[f]);
                }
            }
        }
    }

    private void descend(List<Example> examples, double[] weights) {
        double[] first = new double[weights.length];
        double[] second = new double[weights.length];
        int features = StatementFeatures.NAMES.size();
        for (int step = 1; step <= STEPS; step++) {
            double[] gradient = gradient(examples, weights);
            for (int k = 0; k < weights.length; k++) {
                double slope = gradient[k] / examples.size()
                        + 2 * (k < features ? FEATURE_RIDGE : directionRidge) * weights[k];
                first[k] = FIRST_DECAY * first[k] + (1 - FIRST_DECAY) * slope;
                second[k] = SECOND_DECAY * second[k] + (1 - SECOND_DECAY) * slope * slope;
                double unbiased = first[k] / (1 - Math.pow(FIRST_DECAY, step));
                double size = Math.sqrt(second[k] / (1 - Math.pow(SECOND_DECAY, step))) + 1e-8;
                // smaller towards the end, so that it comes to rest
                weights[k] -= RATE * (1 - (double) step / (STEPS + 1)) * unbiased / size;
            }
        }
    }

    private static double[] gradient(List<Example> examples, double[] weights) {
        double[] gradient = new double[weights.length];
        for (Example example : examples) {
            double[] worth = new double[example.rows.length];
            for (int c = 0; c < worth.length; c++) {
                for (int k = 0; k < weights.length; k++) {
                    worth[c] += weights[k] * example.rows[c][k];
                }
            }
            double largest = Arrays.stream(worth).max().orElseThrow();
            double all = 0;
            double agreeing = 0;
            for (int c = 0; c < worth.length; c++) {
                worth[c] = Math.exp(worth[c] - largest);
                all += worth[c];
                agreeing += example.agreeing[c] ? worth[c] : 0;
            }
            for (int c = 0; c < worth.length; c++) {
                double slope = worth[c] / all - (example.agreeing[c] ? worth[c] / agreeing : 0);
                for (int k = 0; k < weights.length; k++) {
                    gradient[k] += slope * example.rows[c][k];
                }
            }
        }
        return gradient;
    }
}
