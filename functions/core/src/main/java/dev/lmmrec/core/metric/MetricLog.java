package dev.lmmrec.core.metric;

import software.amazon.cloudwatchlogs.emf.environment.Environment;
import software.amazon.cloudwatchlogs.emf.exception.DimensionSetExceededException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidDimensionException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidNamespaceException;
import software.amazon.cloudwatchlogs.emf.logger.MetricsLogger;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;
import software.amazon.cloudwatchlogs.emf.sinks.ConsoleSink;
import software.amazon.cloudwatchlogs.emf.sinks.ISink;

/** Where lines of metrics go. */
public final class MetricLog {

    private static final String NAMESPACE = "lmmrec";

    private final ISink sink;

    /** Sends lines to the standard output, where Lambda picks them up. */
    public MetricLog() {
        this(new ConsoleSink());
    }

    /**
     * Sends lines elsewhere.
     *
     * @param sink takes them
     */
    public MetricLog(ISink sink) {
        this.sink = sink;
    }

    /** What a line says. */
    @FunctionalInterface
    public interface Content {

        /**
         * Fills a line.
         *
         * @param line empty, without dimensions
         * @throws InvalidMetricException if a metric's name or value is not allowed
         * @throws InvalidDimensionException if a dimension's name or value is not allowed
         * @throws DimensionSetExceededException if there are too many dimensions
         */
        void fill(MetricsLogger line)
                throws InvalidMetricException, InvalidDimensionException, DimensionSetExceededException;
    }

    /**
     * Writes a line.
     *
     * @param content what it says
     * @throws IllegalArgumentException if the format does not allow it; nothing is written
     */
    public void write(Content content) {
        try {
            MetricsLogger line = new MetricsLogger(new ToSink(sink));
            line.setNamespace(NAMESPACE);
            content.fill(line);
            line.flush();
        } catch (InvalidNamespaceException
                | InvalidMetricException
                | InvalidDimensionException
                | DimensionSetExceededException e) {
            throw new IllegalArgumentException("no line of metrics: " + e.getMessage(), e);
        }
    }

    /** Told instead of found out: the library would ask the network where it runs. */
    private record ToSink(ISink sink) implements Environment {

        @Override
        public boolean probe() {
            return true;
        }

        @Override
        public String getName() {
            return NAMESPACE;
        }

        @Override
        public String getType() {
            return "AWS::Lambda::Function";
        }

        @Override
        public String getLogGroupName() {
            return "";
        }

        @Override
        public void configureContext(MetricsContext context) {
            // the dimensions are set by whoever fills the line
        }

        @Override
        public ISink getSink() {
            return sink;
        }
    }
}
