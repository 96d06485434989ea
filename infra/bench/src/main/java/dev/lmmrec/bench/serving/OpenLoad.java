package dev.lmmrec.bench.serving;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends requests at a fixed rate whether or not earlier ones have been answered, and counts each one's time from the
 * moment it was due: a server that stands still makes all that was due meanwhile late, as it would its users.
 */
public final class OpenLoad {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();
    private static final int STATUS_OK = 200;

    /** More are not kept waiting at the same time: they would only measure this program's memory. */
    private static final int WAITING_MAX = 2_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * What came of it.
     *
     * @param sent how many requests
     * @param nanos of the answered ones, from when they were due
     * @param failures by what went wrong
     */
    public record Outcome(int sent, Histogram nanos, Map<String, Integer> failures) {

        /** Copies the failures. */
        public Outcome {
            failures = new TreeMap<>(failures);
        }

        /**
         * A percentile.
         *
         * @param percentile from 0 to 100
         * @return milliseconds; of what was answered
         */
        public double millis(double percentile) {
            return nanos.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /**
     * Sends requests.
     *
     * @param perSecond how many a second
     * @param time for how long
     * @param address of each request by its number
     * @param answers is told each answer's number and headers' artefact version; may be called by several threads
     * @return what came of it, once all have been answered
     */
    public Outcome run(int perSecond, Duration time, IntFunction<URI> address, BiConsumer<Integer, String> answers) {
        int count = Math.toIntExact(perSecond * time.toMillis() / TimeUnit.SECONDS.toMillis(1));
        long pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
        Histogram nanos = new ConcurrentHistogram(HOUR_NANOS, 3);
        Map<String, Integer> failures = new ConcurrentHashMap<>();
        AtomicInteger waiting = new AtomicInteger();
        CompletableFuture<?>[] all = new CompletableFuture<?>[count];
        long start = System.nanoTime();
        for (int number = 0; number < count; number++) {
            long due = start + number * pause;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (waiting.get() >= WAITING_MAX) {
                failures.merge("not sent, " + WAITING_MAX + " were waiting", 1, Integer::sum);
                all[number] = CompletableFuture.completedFuture(null);
                continue;
            }
            waiting.incrementAndGet();
            all[number] = send(number, address.apply(number), answers).handle((failure, exception) -> {
                waiting.decrementAndGet();
                String wrong = exception != null ? exception.toString() : failure;
                if (wrong.isEmpty()) {
                    nanos.recordValue(System.nanoTime() - due);
                } else {
                    failures.merge(wrong, 1, Integer::sum);
                }
                return null;
            });
        }
        CompletableFuture.allOf(all).join();
        return new Outcome(count, nanos, failures);
    }

    /** Empty if it went well, else what was wrong. */
    private CompletableFuture<String> send(int number, URI address, BiConsumer<Integer, String> answers) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(ANSWER_MAX).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(response -> {
            if (response.statusCode() != STATUS_OK) {
                return "status " + response.statusCode();
            }
            if (!response.body().contains("\"items\":[{")) {
                return "an answer without items";
            }
            answers.accept(
                    number,
                    response.headers().firstValue("lmmrec-model-version").orElse(""));
            return "";
        });
    }
}
