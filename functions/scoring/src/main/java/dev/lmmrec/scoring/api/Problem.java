package dev.lmmrec.scoring.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A problem document after RFC 9457.
 *
 * @param type always {@code about:blank}: the title is the status' own
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what was wrong and what to do
 * @param field the request's field that was wrong, absent if none was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, String field) {

    /** The media type of problem documents. */
    public static final String MEDIA_TYPE = "application/problem+json";
}
