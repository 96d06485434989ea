package dev.lmmrec.scoring.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Says what is wrong with a body that is not what was asked for. */
@Provider
@Priority(Priorities.USER - 1)
public final class UnreadableBodyMapper implements ExceptionMapper<JsonProcessingException> {

    @Override
    public Response toResponse(JsonProcessingException exception) {
        return problem(exception).toResponse();
    }

    static ProblemException problem(JsonProcessingException exception) {
        if (exception instanceof UnrecognizedPropertyException unknown) {
            return ProblemException.badRequest(
                    path(unknown), "is unknown here; there are " + unknown.getKnownPropertyIds());
        }
        if (exception instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return ProblemException.badRequest(path(mapping), "is of the wrong kind: " + mapping.getOriginalMessage());
        }
        return ProblemException.badRequest("body", "is no JSON object: " + exception.getOriginalMessage());
    }

    private static String path(JsonMappingException exception) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : exception.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }
}
