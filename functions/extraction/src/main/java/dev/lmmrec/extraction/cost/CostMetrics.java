package dev.lmmrec.extraction.cost;

import dev.lmmrec.extraction.metric.MetricLines;
import java.util.function.Consumer;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.logger.MetricsLogger;
import software.amazon.cloudwatchlogs.emf.model.Unit;

/** Writes each review's cost as one line of metrics: by provider and model, and for the function as a whole. */
public final class CostMetrics implements Consumer<ReviewCost> {

    private final MetricLines lines;

    /**
     * Makes the metrics.
     *
     * @param lines where they go
     */
    public CostMetrics(MetricLines lines) {
        this.lines = lines;
    }

    @Override
    public void accept(ReviewCost cost) {
        lines.write(line -> fill(line, cost), "rung", cost.rung(), "model", cost.model());
    }

    private static void fill(MetricsLogger line, ReviewCost cost) throws InvalidMetricException {
        line.putMetric("reviews_answered", cost.answered() ? 1 : 0, Unit.COUNT);
        line.putMetric("model_calls", cost.calls(), Unit.COUNT);
        line.putMetric("tokens_in", (double) cost.tokensIn(), Unit.COUNT);
        line.putMetric("tokens_out", (double) cost.tokensOut(), Unit.COUNT);
        line.putMetric("review_cost", cost.cost(), Unit.NONE);
        line.putMetric("statements_refused", cost.statementsRefused(), Unit.COUNT);
        line.putMetric("review_time", (double) cost.took().toMillis(), Unit.MILLISECONDS);
        line.putProperty("reviewId", cost.reviewId());
    }
}
