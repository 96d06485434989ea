package dev.lmmrec.scoring.api;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Takes the place of the container's own mapper for bodies of the wrong shape, which is nearer than a general one. */
@Provider
public final class MismatchedBodyMapper implements ExceptionMapper<MismatchedInputException> {

    @Override
    public Response toResponse(MismatchedInputException exception) {
        return UnreadableBodyMapper.problem(exception).toResponse();
    }
}
