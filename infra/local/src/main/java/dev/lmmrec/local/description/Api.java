package dev.lmmrec.local.description;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands in front of the routes. Who signs the tokens differs between deployments and is given to each.
 *
 * @param authorizer which routes ask for a token, and for which scopes
 * @param limits what a route takes unless it has limits of its own
 * @param routeLimits limits by route key
 */
public record Api(Authorizer authorizer, Limits limits, Map<String, Limits> routeLimits) {

    /**
     * Tokens (JWT) in the header {@code Authorization}.
     *
     * @param openRoutes keys of routes that need none
     * @param routeScopes by route key: scopes of which a token must have one; other routes ask for no scope
     */
    public record Authorizer(Set<String> openRoutes, Map<String, List<String>> routeScopes) {}

    /**
     * What one route takes.
     *
     * @param ratePerSecond requests a second, all callers together, as a steady rate; where an environment on AWS is
     *     given a lower one, that holds
     * @param burst how many at once above the rate
     * @param bodyBytesMax the largest body; on AWS the functions and queues behind a route refuse larger ones
     */
    public record Limits(int ratePerSecond, int burst, int bodyBytesMax) {}

    /**
     * A route's limits.
     *
     * @param routeKey the route's key
     * @return its own, or everybody's
     */
    public Limits limitsOf(String routeKey) {
        return routeLimits.getOrDefault(routeKey, limits);
    }
}
