package dev.lmmrec.extraction.metric;

import dev.lmmrec.core.metric.MetricLog;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.logger.MetricsLogger;
import software.amazon.cloudwatchlogs.emf.model.DimensionSet;

/** Writes lines of the embedded metric format in the namespace {@code lmmrec}, of which CloudWatch makes metrics. */
public final class MetricLines {

    private static final String FUNCTION = "AWS_LAMBDA_FUNCTION_NAME";

    private final MetricLog log;
    private final String function;

    /** Lines that go to the standard output, where Lambda picks them up. */
    public MetricLines() {
        this(new MetricLog(), System.getenv().getOrDefault(FUNCTION, "local"));
    }

    /**
     * Lines that go somewhere else.
     *
     * @param log takes them
     * @param function the name of the function that writes them
     */
    public MetricLines(MetricLog log, String function) {
        this.log = log;
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
     * Writes one line.
     *
     * @param filling what stands on it
     * @param names names and values of dimensions in turn, in addition to the function: the metrics exist by the
     *     function alone, and by these alone
     */
    public void write(Filling filling, String... names) {
        log.write(line -> {
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
        });
    }
}
