package dev.lmmrec.extraction.metric;

import dev.lmmrec.core.motivation.Facet;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.logger.MetricsLogger;
import software.amazon.cloudwatchlogs.emf.model.Unit;

/**
 * Writes the figures of each batch as one line of metrics, so that drift is seen: docs/operations.md. An alarm on new
 * reviews starts training.
 */
public final class MotiveMetrics implements Consumer<BatchFigures> {

    private final MetricLines lines;

    /**
     * Makes the metrics.
     *
     * @param lines where they go
     */
    public MotiveMetrics(MetricLines lines) {
        this.lines = lines;
    }

    @Override
    public void accept(BatchFigures figures) {
        if (figures.reviews() > 0) {
            lines.write(line -> fill(line, figures));
        }
    }

    private static void fill(MetricsLogger line, BatchFigures figures) throws InvalidMetricException {
        line.putMetric("reviews_read", figures.reviews(), Unit.COUNT);
        line.putMetric("reviews_new", figures.newReviews(), Unit.COUNT);
        line.putMetric("reviews_without_motive", figures.reviewsWithoutMotive(), Unit.COUNT);
        line.putMetric("reviews_by_lower_rung", figures.below(), Unit.COUNT);
        line.putMetric("motivations", figures.motivations(), Unit.COUNT);
        line.putMetric("quotes_dropped", figures.ungrounded(), Unit.COUNT);
        Map<String, Integer> byFacet = figures.byFacet();
        // a facet that nobody named is a zero and not a gap
        for (Facet facet : Facet.KNOWN) {
            line.putMetric("facet_" + facet.name(), byFacet.getOrDefault(facet.name(), 0), Unit.COUNT);
        }
        line.putMetric("facet_other", byFacet.getOrDefault("other", 0), Unit.COUNT);
    }
}
