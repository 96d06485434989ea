package dev.lmmrec.local.http;

import dev.lmmrec.local.description.Api;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A token bucket a route: as many requests at once as the burst, refilled at the steady rate. */
final class Throttle {

    private final Map<String, Bucket> buckets;

    Throttle(Api api, Collection<String> routeKeys) {
        this.buckets =
                routeKeys.stream().collect(Collectors.toMap(Function.identity(), key -> bucket(api.limitsOf(key))));
    }

    private static Bucket bucket(Api.Limits limits) {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(limits.burst()).refillGreedy(limits.ratePerSecond(), Duration.ofSeconds(1)))
                .build();
    }

    boolean admits(String routeKey) {
        return buckets.get(routeKey).tryConsume(1);
    }
}
