package dev.lmmrec.scoring.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.lmmrec.scoring.feedback.FeedbackEvent.Kind;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.Collection;

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
        String field = exception instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? path(mapping)
                : "body";
        // Jackson's own words are for those who wrote the classes, and name them; these two it has no type for
        if (saysAtFirst("Duplicate field", exception)) {
            return ProblemException.badRequest(repeated(exception, field), "is there twice; send it once");
        }
        if (saysAtFirst("Trailing token", exception)) {
            return ProblemException.badRequest(field, "has more behind its JSON object; send one alone");
        }
        if (exception instanceof StreamConstraintsException
                || exception.getCause() instanceof StreamConstraintsException) {
            return ProblemException.badRequest(
                    field,
                    "is nested too deeply, or a name or number in it is too long" + place(exception.getLocation()));
        }
        if (exception instanceof JsonParseException || exception.getCause() instanceof JsonParseException) {
            return ProblemException.badRequest(field, "is no JSON" + place(exception.getLocation()));
        }
        return ProblemException.badRequest(field, "is of the wrong kind, must be " + wanted(exception));
    }

    private static boolean saysAtFirst(String words, JsonProcessingException exception) {
        return exception.getOriginalMessage().startsWith(words)
                || (exception.getCause() instanceof JsonProcessingException cause && saysAtFirst(words, cause));
    }

    /** The field that the parser stopped at. */
    private static String repeated(JsonProcessingException exception, String otherwise) {
        Throwable first = exception.getCause() instanceof JsonParseException cause ? cause : exception;
        try {
            return first instanceof JsonParseException parse
                            && parse.getProcessor() != null
                            && parse.getProcessor().currentName() != null
                    ? parse.getProcessor().currentName()
                    : otherwise;
        } catch (IOException e) {
            return otherwise;
        }
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String wanted(JsonProcessingException exception) {
        Class<?> type = null;
        if (exception instanceof MismatchedInputException mismatched) {
            type = mismatched.getTargetType();
        } else if (exception.getCause() instanceof InputCoercionException tooLarge) {
            type = tooLarge.getTargetType();
        }
        if (type == Kind.class) {
            return FeedbackRequest.KINDS;
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == int.class) {
            return "a whole number of no more than 32 bits";
        }
        if (type == Double.class) {
            return "a number";
        }
        return type != null && Collection.class.isAssignableFrom(type) ? "a list" : "a JSON object";
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
