package dev.lmmrec.extraction.cost;

import java.util.function.Consumer;
import org.jboss.logging.Logger;
import software.amazon.cloudwatchlogs.emf.exception.DimensionSetExceededException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidDimensionException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidNamespaceException;
import software.amazon.cloudwatchlogs.emf.logger.MetricsLogger;
import software.amazon.cloudwatchlogs.emf.model.DimensionSet;
import software.amazon.cloudwatchlogs.emf.model.Unit;
import software.amazon.cloudwatchlogs.emf.sinks.ConsoleSink;
import software.amazon.cloudwatchlogs.emf.sinks.ISink;

/** Writes each review's cost as one line of the embedded metric format, of which CloudWatch makes metrics. */
public final class CostMetrics implements Consumer<ReviewCost> {

    private static final Logger LOG = Logger.getLogger(CostMetrics.class);

    private final ISink sink;

    /** Makes metrics that go to the standard output, where Lambda picks them up. */
    public CostMetrics() {
        this(new ConsoleSink());
    }

    CostMetrics(ISink sink) {
        this.sink = sink;
    }

    @Override
    public void accept(ReviewCost cost) {
        try {
            MetricsLogger line = new MetricsLogger(new MetricSink(sink));
            line.setNamespace(MetricSink.NAMESPACE);
            line.setDimensions(DimensionSet.of("rung", cost.rung(), "model", cost.model()));
            line.putMetric("reviews_answered", cost.answered() ? 1 : 0, Unit.COUNT);
            line.putMetric("model_calls", cost.calls(), Unit.COUNT);
            line.putMetric("tokens_in", (double) cost.tokensIn(), Unit.COUNT);
            line.putMetric("tokens_out", (double) cost.tokensOut(), Unit.COUNT);
            line.putMetric("review_cost", cost.cost(), Unit.NONE);
            line.putMetric("statements_refused", cost.statementsRefused(), Unit.COUNT);
            line.putMetric("review_time", (double) cost.took().toMillis(), Unit.MILLISECONDS);
            line.putProperty("reviewId", cost.reviewId());
            line.flush();
        } catch (InvalidNamespaceException
                | InvalidMetricException
                | InvalidDimensionException
                | DimensionSetExceededException e) {
            // what a review cost must never cost the review
            LOG.warnf(
                    "no metric of review %s: %s", cost.reviewId(), e.getClass().getSimpleName());
        }
    }
}
