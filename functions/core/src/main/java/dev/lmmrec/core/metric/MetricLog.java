package dev.lmmrec.core.metric;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

    private static final Logger LOG = System.getLogger(MetricLog.class.getName());

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
     * Writes a line. What cannot be written is logged and forgotten: a figure must never cost the work.
     *
     * @param content what it says
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
            LOG.log(Level.WARNING, "a line of metrics was not written: " + e.getMessage());
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
