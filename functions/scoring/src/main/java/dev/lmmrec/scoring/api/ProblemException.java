package dev.lmmrec.scoring.api;

import jakarta.ws.rs.core.Response;

/** A request that cannot be answered; it becomes a {@link Problem}. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Response.Status status;
    private final String field;

    private ProblemException(Response.Status status, String field, String detail) {
        super(detail);
        this.status = status;
        this.field = field;
    }

    /**
     * The request is wrong.
     *
     * @param field which part of it
     * @param detail what is wrong with the offending value and what would be right
     * @return the problem
     */
    public static ProblemException badRequest(String field, String detail) {
        return new ProblemException(Response.Status.BAD_REQUEST, field, detail);
    }

    /**
     * The caller may not ask this.
     *
     * @param field which part of the request is not the caller's, null if it is the whole
     * @param detail what the caller would have to be
     * @return the problem
     */
    public static ProblemException forbidden(String field, String detail) {
        return new ProblemException(Response.Status.FORBIDDEN, field, detail);
    }

    /**
     * The request is larger than any that makes sense.
     *
     * @param detail how large it is, and how large it may be
     * @return the problem
     */
    public static ProblemException tooLarge(String detail) {
        return new ProblemException(Response.Status.REQUEST_ENTITY_TOO_LARGE, "body", detail);
    }

    /**
     * There is no such thing.
     *
     * @param detail what was looked for
     * @return the problem
     */
    public static ProblemException notFound(String detail) {
        return new ProblemException(Response.Status.NOT_FOUND, null, detail);
    }

    /**
     * It cannot be answered now.
     *
     * @param detail why, and what must happen first
     * @return the problem
     */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(Response.Status.SERVICE_UNAVAILABLE, null, detail);
    }

    Response toResponse() {
        Problem problem =
                new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), getMessage(), field);
        return Response.status(status).type(Problem.MEDIA_TYPE).entity(problem).build();
    }
}
