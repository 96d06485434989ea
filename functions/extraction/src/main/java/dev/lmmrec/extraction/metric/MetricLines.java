package dev.lmmrec.extraction.metric;

import org.jboss.logging.Logger;
import software.amazon.cloudwatchlogs.emf.environment.Environment;
import software.amazon.cloudwatchlogs.emf.exception.DimensionSetExceededException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidDimensionException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidNamespaceException;
import software.amazon.cloudwatchlogs.emf.logger.MetricsLogger;
import software.amazon.cloudwatchlogs.emf.model.DimensionSet;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;
import software.amazon.cloudwatchlogs.emf.sinks.ConsoleSink;
import software.amazon.cloudwatchlogs.emf.sinks.ISink;

/** Writes lines of the embedded metric format in the namespace {@code lmmrec}, of which CloudWatch makes metrics. */
public final class MetricLines {

    private static final Logger LOG = Logger.getLogger(MetricLines.class);
    private static final String NAMESPACE = "lmmrec";
    private static final String FUNCTION = "AWS_LAMBDA_FUNCTION_NAME";

    private final ISink sink;
    private final String function;

    /** Lines that go to the standard output, where Lambda picks them up. */
    public MetricLines() {
        this(new ConsoleSink(), System.getenv().getOrDefault(FUNCTION, "local"));
    }

    /**
     * Lines that go somewhere else.
     *
     * @param sink takes them
     * @param function the name of the function that writes them
     */
    public MetricLines(ISink sink, String function) {
        this.sink = sink;
        this.function = function;
    }

    /** Puts metrics and properties on a line. */
    @FunctionalInterface
    public interface Filling {

        /**
         * Fills the line.
         *
         * @param line takes metrics and properties
         * @throws InvalidMetricException if a metric has no valid name or value
         */
        void fill(MetricsLogger line) throws InvalidMetricException;
    }

    /**
     * Writes one line. What cannot be written is logged and forgotten: a figure must never cost the work.
     *
     * @param filling what stands on it
     * @param names names and values of dimensions in turn, in addition to the function: the metrics exist by the
     *     function alone, and by these alone
     */
    public void write(Filling filling, String... names) {
        try {
            MetricsLogger line = new MetricsLogger(new ToSink(sink));
            line.setNamespace(NAMESPACE);
            DimensionSet byFunction = DimensionSet.of("function", function);
            if (names.length == 0) {
                line.setDimensions(byFunction);
            } else {
                DimensionSet own = new DimensionSet();
                for (int i = 0; i < names.length; i += 2) {
                    own.addDimension(names[i], names[i + 1]);
                }
                line.setDimensions(own, byFunction);
            }
            filling.fill(line);
            line.flush();
        } catch (InvalidNamespaceException
                | InvalidMetricException
                | InvalidDimensionException
                | DimensionSetExceededException e) {
            LOG.warnf("a line of metrics was not written: %s", e.getClass().getSimpleName());
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
            // the dimensions are all set above
        }

        @Override
        public ISink getSink() {
            return sink;
        }
    }
}
