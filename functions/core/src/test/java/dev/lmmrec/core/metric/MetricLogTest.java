package dev.lmmrec.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;
import software.amazon.cloudwatchlogs.emf.model.Unit;
import software.amazon.cloudwatchlogs.emf.sinks.ISink;

class MetricLogTest {

    private final List<MetricsContext> written = new ArrayList<>();
    private final MetricLog log = new MetricLog(new ISink() {

        @Override
        public void accept(MetricsContext line) {
            written.add(line);
        }

        @Override
        public CompletableFuture<Void> shutdown() {
            return CompletableFuture.completedFuture(null);
        }
    });

    @Test
    void line_goesToTheSink() {
        log.write(line -> line.putMetric("reviews_new", 3, Unit.COUNT));

        assertThat(written).hasSize(1);
    }

    @Test
    void lineThatTheFormatForbids_isForgotten_andCostsNothing() {
        log.write(line -> {
            throw new InvalidMetricException("no such metric");
        });

        assertThat(written).isEmpty();
    }
}
