package dev.lmmrec.extraction.cost;

import software.amazon.cloudwatchlogs.emf.environment.Environment;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;
import software.amazon.cloudwatchlogs.emf.sinks.ISink;

/**
 * Where metrics go. Told instead of found out: the library would ask the network where it runs.
 *
 * @param sink takes the lines
 */
record MetricSink(ISink sink) implements Environment {

    /** What all of the project's metrics are filed under. */
    static final String NAMESPACE = "lmmrec";

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
        // whoever writes a line sets all of its dimensions
    }

    @Override
    public ISink getSink() {
        return sink;
    }
}
