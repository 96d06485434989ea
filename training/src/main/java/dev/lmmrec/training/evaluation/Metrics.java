package dev.lmmrec.training.evaluation;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;

/**
 * The figures of one ranking of all users.
 *
 * @param users how many users had held-out items
 * @param byName every {@link Figure} at each of {@link Evaluation#CUTOFFS}, such as {@code recall@20}, in the order of
 *     tables: by figure, then by rising k
 */
public record Metrics(int users, Map<String, Double> byName) {

    /** Copies the map. */
    public Metrics {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /**
     * One figure.
     *
     * @param figure which
     * @param k one of {@link Evaluation#CUTOFFS}
     * @return its value
     * @throws IllegalArgumentException if it was not measured
     */
    public double at(Figure figure, int k) {
        Double value = byName.get(figure.at(k));
        if (value == null) {
            throw new IllegalArgumentException(figure.at(k) + " was not measured; there are " + byName.keySet());
        }
        return value;
    }

    /**
     * Recall at k.
     *
     * @param k one of {@link Evaluation#CUTOFFS}
     * @return 0 to 1
     */
    public double recallAt(int k) {
        return at(Figure.RECALL, k);
    }

    /**
     * NDCG at k.
     *
     * @param k one of {@link Evaluation#CUTOFFS}
     * @return 0 to 1
     */
    public double ndcgAt(int k) {
        return at(Figure.NDCG, k);
    }

    /**
     * Mean and sample standard deviation over repeated runs.
     *
     * @param mean the mean
     * @param sd the standard deviation; 0 for one run
     */
    public record Spread(double mean, double sd) {

        /**
         * Summarises one figure.
         *
         * @param runs the runs, at least one
         * @param figure which figure
         * @return its mean and standard deviation
         */
        public static Spread of(Collection<Metrics> runs, ToDoubleFunction<Metrics> figure) {
            return of(runs.stream().mapToDouble(figure).toArray());
        }

        /**
         * Summarises numbers.
         *
         * @param values at least one
         * @return their mean and standard deviation
         * @throws IllegalArgumentException if there is none
         */
        public static Spread of(double... values) {
            if (values.length == 0) {
                throw new IllegalArgumentException("there is nothing to summarise");
            }
            DoubleStatistics statistics =
                    DoubleStatistics.of(EnumSet.of(Statistic.MEAN, Statistic.STANDARD_DEVIATION), values);
            return new Spread(
                    statistics.getAsDouble(Statistic.MEAN),
                    values.length < 2 ? 0 : statistics.getAsDouble(Statistic.STANDARD_DEVIATION));
        }
    }
}
