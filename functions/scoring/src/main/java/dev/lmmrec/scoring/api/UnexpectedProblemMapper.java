package dev.lmmrec.scoring.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Tells clients no more of a fault of ours than where to find it in the log. */
@Provider
public final class UnexpectedProblemMapper implements ExceptionMapper<Exception> {

    private static final Logger LOG = Logger.getLogger(UnexpectedProblemMapper.class);

    @Override
    public Response toResponse(Exception exception) {
        UUID id = UUID.randomUUID();
        LOG.errorf(exception, "fault %s", id);
        Response.Status status = Response.Status.INTERNAL_SERVER_ERROR;
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem(
                        "about:blank",
                        status.getReasonPhrase(),
                        status.getStatusCode(),
                        "something failed here; the log has it as fault " + id,
                        null))
                .build();
    }
}
