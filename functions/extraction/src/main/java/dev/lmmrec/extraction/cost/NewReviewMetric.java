package dev.lmmrec.extraction.cost;

import java.util.function.IntConsumer;
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

/**
 * Writes how many reviews a batch brought that had no row before, as one line of the embedded metric format. An alarm
 * on it starts training; reviews that are sent again, and new revisions, do not count.
 */
public final class NewReviewMetric implements IntConsumer {

    private static final Logger LOG = Logger.getLogger(NewReviewMetric.class);

    private final String function;
    private final ISink sink;

    /**
     * Makes the metric, which goes to the standard output, where Lambda picks it up.
     *
     * @param function the function's name, the metric's one dimension
     */
    public NewReviewMetric(String function) {
        this(function, new ConsoleSink());
    }

    NewReviewMetric(String function, ISink sink) {
        this.function = function;
        this.sink = sink;
    }

    @Override
    public void accept(int reviews) {
        if (reviews == 0) {
            return;
        }
        try {
            MetricsLogger line = new MetricsLogger(new MetricSink(sink));
            line.setNamespace(MetricSink.NAMESPACE);
            line.setDimensions(DimensionSet.of("function", function));
            line.putMetric("reviews_new", reviews, Unit.COUNT);
            line.flush();
        } catch (InvalidNamespaceException
                | InvalidMetricException
                | InvalidDimensionException
                | DimensionSetExceededException e) {
            // a count that is missing must not cost the batch
            LOG.warnf(
                    "%d new reviews are not counted: %s", reviews, e.getClass().getSimpleName());
        }
    }
}
