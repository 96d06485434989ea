package dev.lmmrec.scoring.observation;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lmmrec.core.metric.MetricLog;
import dev.lmmrec.models.ArtefactWatch;
import dev.lmmrec.scoring.ranking.Ranker;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.logger.MetricsLogger;
import software.amazon.cloudwatchlogs.emf.model.DimensionSet;
import software.amazon.cloudwatchlogs.emf.model.Unit;

/**
 * Gives every request its id and every response the artefact's version, writes a line of metrics for it and, where
 * spans are wanted, one for it and each of its stages.
 */
@Singleton
public final class RequestObserver {

    /** Says which artefact answered; also on problems, once there is one. */
    public static final String MODEL_VERSION_HEADER = "lmmrec-model-version";

    /** The id under which the log has a request. */
    public static final String REQUEST_ID_HEADER = "lmmrec-request-id";

    /** The key of the request's id in log lines. */
    static final String REQUEST_ID = "requestId";

    private static final String START = RequestObserver.class.getName() + ".start";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int FAULT_MIN = 500;

    private final ArtefactWatch<Ranker> artefact;
    private final RequestTrace trace;
    private final Context lambda;
    private final MetricLog metrics;
    private final Traces traces;
    private final AtomicBoolean cold = new AtomicBoolean(true);

    /**
     * Made by the container.
     *
     * @param artefact says which artefact is in use
     * @param trace what the request under way does
     * @param lambda the invocation under way
     * @param metrics where lines go
     * @param traces where spans go
     */
    @Inject
    public RequestObserver(
            ArtefactWatch<Ranker> artefact, RequestTrace trace, Context lambda, MetricLog metrics, Traces traces) {
        this.artefact = artefact;
        this.trace = trace;
        this.lambda = lambda;
        this.metrics = metrics;
        this.traces = traces;
    }

    /**
     * Begins a request.
     *
     * @param request the request
     */
    @ServerRequestFilter(preMatching = true)
    public void begin(ContainerRequestContext request) {
        request.setProperty(START, System.nanoTime());
        MDC.put(REQUEST_ID, lambda.getAwsRequestId());
        trace.below(traces.begin(request), traces.tracer());
    }

    /**
     * Ends a request.
     *
     * @param request the request
     * @param response its response
     * @param resource the method that answered, if one was found
     */
    @ServerResponseFilter
    public void end(ContainerRequestContext request, ContainerResponseContext response, SimpleResourceInfo resource) {
        response.getHeaders().putSingle(REQUEST_ID_HEADER, lambda.getAwsRequestId());
        artefact.inUse().ifPresent(ranker -> response.getHeaders()
                .putSingle(MODEL_VERSION_HEADER, ranker.manifest().version()));
        String operation = resource == null || resource.getMethodName() == null ? "none" : resource.getMethodName();
        try {
            metrics.write(line -> {
                line.setDimensions(DimensionSet.of("function", function(), "operation", operation));
                if (request.getProperty(START) instanceof Long start) {
                    line.putMetric("latency", (System.nanoTime() - start) / NANOS_PER_MILLI, Unit.MILLISECONDS);
                }
                line.putMetric("cold_starts", cold.getAndSet(false) ? 1 : 0, Unit.COUNT);
                line.putMetric("faults", response.getStatus() >= FAULT_MIN ? 1 : 0, Unit.COUNT);
                measure(line);
                line.putProperty(REQUEST_ID, lambda.getAwsRequestId());
                line.putProperty("status", response.getStatus());
            });
        } finally {
            MDC.remove(REQUEST_ID);
            end(trace.request(), operation, response.getStatus());
        }
    }

    /** As it is deployed: environments that share an account are told apart by it. */
    private String function() {
        String name = lambda.getFunctionName();
        return name == null || name.isBlank() ? "local" : name;
    }

    private void end(Span span, String operation, int status) {
        span.updateName(operation);
        span.setAttribute("http.response.status_code", status);
        span.setAttribute("faas.invocation_id", lambda.getAwsRequestId());
        trace.modelVersion().ifPresent(version -> span.setAttribute("lmmrec.model_version", version));
        if (status >= FAULT_MIN) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
        traces.send();
    }

    private void measure(MetricsLogger line) throws InvalidMetricException {
        for (var stage : trace.millis().entrySet()) {
            line.putMetric(stage.getKey().metric(), stage.getValue(), Unit.MILLISECONDS);
        }
        if (trace.profilesKept() + trace.profilesRead() > 0) {
            line.putMetric("profile_cache_hits", trace.profilesKept(), Unit.COUNT);
            line.putMetric("profile_cache_misses", trace.profilesRead(), Unit.COUNT);
        }
        if (!trace.rankings().isEmpty()) {
            line.putMetric("fallbacks", (double) trace.fallbacks(), Unit.COUNT);
            // the whole distribution: drift shows in its percentiles before it shows in its mean
            for (double score : trace.scores()) {
                line.putMetric("score", score, Unit.NONE);
            }
            trace.modelVersion().ifPresent(version -> line.putProperty("modelVersion", version));
        }
    }
}
