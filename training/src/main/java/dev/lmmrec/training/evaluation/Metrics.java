package dev.lmmrec.training.evaluation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Mean Recall and NDCG over users.
 *
 * @param users how many users had held-out items
 * @param recall by k
 * @param ndcg by k
 */
public record Metrics(int users, Map<Integer, Double> recall, Map<Integer, Double> ndcg) {

    /** Copies the maps. */
    public Metrics {
        recall = Map.copyOf(recall);
        ndcg = Map.copyOf(ndcg);
    }

    /**
     * Recall at k.
     *
     * @param k one of {@link Evaluation#CUTOFFS}
     * @return 0 to 1
     */
    public double recallAt(int k) {
        return recall.get(k);
    }

    /**
     * NDCG at k.
     *
     * @param k one of {@link Evaluation#CUTOFFS}
     * @return 0 to 1
     */
    public double ndcgAt(int k) {
        return ndcg.get(k);
    }

    /**
     * All figures by name, such as {@code recall@20}.
     *
     * @return in the order of tables: Recall, then NDCG, each by rising k
     */
    public Map<String, Double> byName() {
        Map<String, Double> named = new LinkedHashMap<>();
        Evaluation.CUTOFFS.forEach(k -> named.put("recall@" + k, recallAt(k)));
        Evaluation.CUTOFFS.forEach(k -> named.put("ndcg@" + k, ndcgAt(k)));
        return named;
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
            double mean = runs.stream().mapToDouble(figure).average().orElseThrow();
            double squares = runs.stream()
                    .mapToDouble(figure)
                    .map(x -> (x - mean) * (x - mean))
                    .sum();
            return new Spread(mean, runs.size() < 2 ? 0 : Math.sqrt(squares / (runs.size() - 1)));
        }
    }
}
