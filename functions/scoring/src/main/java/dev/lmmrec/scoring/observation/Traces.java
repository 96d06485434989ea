package dev.lmmrec.scoring.observation;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Spans of requests by OpenTelemetry. Without an endpoint nothing of the library but its interfaces is loaded. With one
 * the library reads its own variables ({@code OTEL_…}) for all that is not said here.
 */
public final class Traces implements AutoCloseable {

    /**
     * A function that is frozen after its answer sends nothing, so the answer waits, but not long for a dead receiver.
     */
    private static final long SENDING_MILLIS_MAX = 250;

    private static final TextMapGetter<ContainerRequestContext> HEADERS = new TextMapGetter<>() {

        @Override
        public Iterable<String> keys(ContainerRequestContext request) {
            return request.getHeaders().keySet();
        }

        @Override
        public String get(ContainerRequestContext request, String name) {
            return request == null ? null : request.getHeaderString(name);
        }
    };

    private final Optional<OpenTelemetrySdk> sdk;
    private final Tracer tracer;

    /**
     * Begins.
     *
     * @param endpoint where spans are sent, by OTLP over HTTP; empty for nowhere
     */
    public Traces(Optional<String> endpoint) {
        this.sdk = endpoint.map(Traces::sending);
        this.tracer =
                sdk.<OpenTelemetry>map(own -> own).orElse(OpenTelemetry.noop()).getTracer("dev.lmmrec.scoring");
    }

    private static OpenTelemetrySdk sending(String endpoint) {
        return AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> Map.of(
                        "otel.service.name", "lmmrec-scoring",
                        "otel.exporter.otlp.endpoint", endpoint,
                        "otel.exporter.otlp.protocol", "http/protobuf",
                        // a request's spans are sent once: its answer waits for them
                        "otel.java.exporter.otlp.retry.disabled", "true",
                        "otel.metrics.exporter", "none",
                        "otel.logs.exporter", "none"))
                .build()
                .getOpenTelemetrySdk();
    }

    /**
     * Begins the span of a request, below the one that the caller names in {@code traceparent}.
     *
     * @param request the request
     * @return the span, which whoever began it ends
     */
    Span begin(ContainerRequestContext request) {
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
        return tracer.spanBuilder(request.getMethod())
                .setSpanKind(SpanKind.SERVER)
                .setParent(caller)
                .setAttribute("http.request.method", request.getMethod())
                .startSpan();
    }

    /** What begins spans below one. */
    Tracer tracer() {
        return tracer;
    }

    /** Sends what has ended. */
    void send() {
        sdk.ifPresent(own -> own.getSdkTracerProvider().forceFlush().join(SENDING_MILLIS_MAX, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        sdk.ifPresent(OpenTelemetrySdk::close);
    }
}
