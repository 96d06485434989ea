package dev.lmmrec.extraction.metric;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;
import software.amazon.cloudwatchlogs.emf.sinks.ISink;

/**
 * Keeps the lines that would go to the standard output.
 *
 * @param lines takes them
 */
public record Lines(List<String> lines) implements ISink {

    @Override
    public void accept(MetricsContext context) {
        try {
            lines.addAll(context.serialize());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        return CompletableFuture.completedFuture(null);
    }
}
