package dev.lmmrec.scoring.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Refuses parameters of a query string that an operation does not have, and those that are there without a value: a
 * condition that is misspelt or empty would be none, and everything would come back.
 */
@Singleton
public final class QueryCheck {

    private static final Set<String> CONDITIONS =
            Set.of("k", "items", "excludeItems", "kinds", "excludeKinds", "minScore", "diversity", "facet");

    /** By the name of the method of {@link ScoringResource}, for those that have any; the document lists the same. */
    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            "users", Set.of("prefix", "after", "k"),
            "recommendations",
                    Stream.concat(CONDITIONS.stream(), Stream.of("includeSeen", "withoutMotivations"))
                            .collect(Collectors.toUnmodifiableSet()),
            "similar", CONDITIONS,
            "motivated", Set.of("k", "offset", "user", "motive"));

    /** Made by the container. */
    QueryCheck() {}

    /**
     * Checks a request before its method is asked.
     *
     * @param request the request
     * @param resource the method, which not every request has
     */
    @ServerRequestFilter
    public void check(ContainerRequestContext request, SimpleResourceInfo resource) {
        if (resource == null || resource.getMethodName() == null) {
            return;
        }
        Set<String> known = PARAMETERS.getOrDefault(resource.getMethodName(), Set.of());
        // in order, so that the same request is refused for the same parameter
        new TreeMap<>(request.getUriInfo().getQueryParameters()).forEach((name, values) -> check(name, values, known));
    }

    private static void check(String name, List<String> values, Set<String> known) {
        if (!known.contains(name)) {
            throw ProblemException.badRequest(
                    name,
                    "is unknown here; there "
                            + (known.isEmpty() ? "are no parameters" : "are " + new TreeSet<>(known)));
        }
        if (values.stream().anyMatch(String::isEmpty)) {
            throw ProblemException.badRequest(name, "is empty; give it a value or leave it out");
        }
    }
}
