package dev.lmmrec.scoring.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses bodies that are larger than any request of this API can be. On AWS nothing in front of the function does: an
 * HTTP API takes 10 MB.
 */
@Provider
public final class BodyLimit implements ContainerRequestFilter {

    /** The same as in {@code infra/deployment.json}, {@code api.limits.bodyBytesMax}. */
    static final int BYTES_MAX = 1024 * 1024;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getLength() > BYTES_MAX) {
            throw ProblemException.tooLarge(
                    "the body has " + request.getLength() + " bytes, at most " + BYTES_MAX + " are allowed");
        }
    }
}
