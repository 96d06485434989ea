package dev.lmmrec.scoring.api;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a semicolon in a path. The container takes what follows it for a matrix parameter, which nothing here has,
 * and would answer for the id that remains: somebody else's.
 */
@Singleton
public final class PathCheck {

    /** Made by the container. */
    PathCheck() {}

    /**
     * Checks a request before its method is asked.
     *
     * @param sent the request as it came: that of the container has lost what follows a semicolon by now
     * @param matched its path and what of it is a parameter
     */
    @ServerRequestFilter
    public void check(HttpServerRequest sent, UriInfo matched) {
        if (sent.path().indexOf(';') >= 0) {
            // no path has more than one
            String field =
                    matched.getPathParameters().keySet().stream().findFirst().orElse("path");
            throw ProblemException.badRequest(field, "has a semicolon; write it as %3B");
        }
    }
}
