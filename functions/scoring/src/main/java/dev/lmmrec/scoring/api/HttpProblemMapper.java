package dev.lmmrec.scoring.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Gives what the container refuses, such as unknown paths and methods, the form of a problem document. */
@Provider
public final class HttpProblemMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException exception) {
        if (exception.getCause() instanceof JsonProcessingException body) {
            return UnreadableBodyMapper.problem(body).toResponse();
        }
        Response.StatusType status = exception.getResponse().getStatusInfo();
        return Response.fromResponse(exception.getResponse())
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem(
                        "about:blank",
                        status.getReasonPhrase(),
                        status.getStatusCode(),
                        "this API has no such path, method or media type; see its OpenAPI document",
                        null))
                .build();
    }
}
