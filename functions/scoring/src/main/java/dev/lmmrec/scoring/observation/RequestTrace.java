package dev.lmmrec.scoring.observation;

import dev.lmmrec.scoring.ranking.Ranking;
import dev.lmmrec.scoring.ranking.Ranking.Ranked;
import dev.lmmrec.scoring.ranking.Ranking.Strategy;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.RequestScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What one request did and how long it took. For one thread at a time. */
@RequestScoped
public class RequestTrace {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private final List<Ranking> rankings = new ArrayList<>();
    private Span request = Span.getInvalid();
    private Tracer tracer = OpenTelemetry.noop().getTracer("");
    private int profilesKept;
    private int profilesRead;

    /**
     * Has every piece of work shown below a request's span.
     *
     * @param span of the request
     * @param spans begins those below it
     */
    void below(Span span, Tracer spans) {
        request = span;
        tracer = spans;
    }

    /** The request's span. */
    Span request() {
        return request;
    }

    /**
     * Measures a piece of work; of several pieces of one stage the times are added.
     *
     * @param stage what it belongs to
     * @param work the work
     * @param <T> its outcome
     * @return its outcome
     */
    public <T> T time(Stage stage, Supplier<T> work) {
        Span span = tracer.spanBuilder(stage.span())
                .setParent(Context.root().with(request))
                .startSpan();
        long start = System.nanoTime();
        try {
            return work.get();
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            nanos.merge(stage, System.nanoTime() - start, Long::sum);
            span.end();
        }
    }

    /**
     * Notes where profiles came from.
     *
     * @param kept how many were in memory
     * @param read how many were asked of the table
     */
    public void profiles(int kept, int read) {
        profilesKept += kept;
        profilesRead += read;
    }

    /**
     * Notes a ranking.
     *
     * @param ranking what is about to be answered
     * @return the same
     */
    public Ranking ranked(Ranking ranking) {
        rankings.add(ranking);
        return ranking;
    }

    /** Milliseconds by stage, of those that were gone through. */
    Map<Stage, Double> millis() {
        Map<Stage, Double> millis = new EnumMap<>(Stage.class);
        nanos.forEach((stage, time) -> millis.put(stage, time / NANOS_PER_MILLI));
        return millis;
    }

    int profilesKept() {
        return profilesKept;
    }

    int profilesRead() {
        return profilesRead;
    }

    List<Ranking> rankings() {
        return List.copyOf(rankings);
    }

    /** How many of the rankings did not rest on the user's interactions though they were for a user. */
    long fallbacks() {
        return rankings.stream()
                .map(Ranking::strategy)
                .filter(strategy -> strategy == Strategy.TEXT_ONLY || strategy == Strategy.POPULAR)
                .count();
    }

    /** The scores of all ranked items. */
    List<Double> scores() {
        return rankings.stream()
                .flatMap(ranking -> ranking.items().stream())
                .map(Ranked::score)
                .toList();
    }

    /** The artefact that ranked. */
    Optional<String> modelVersion() {
        return rankings.stream().map(Ranking::modelVersion).findFirst();
    }
}
