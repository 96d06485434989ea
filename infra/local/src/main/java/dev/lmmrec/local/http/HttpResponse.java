package dev.lmmrec.local.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer to send.
 *
 * @param status the status code
 * @param headers single-valued headers
 * @param cookies values of {@code Set-Cookie}
 * @param body the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record HttpResponse(int status, Map<String, String> headers, List<String> cookies, byte[] body) {

    static HttpResponse json(int status, String body) {
        return new HttpResponse(
                status, Map.of("content-type", "application/json"), List.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    static HttpResponse message(int status, String message) {
        return json(status, "{\"message\":\"" + message + "\"}");
    }

    HttpResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpResponse(status, more, cookies, body);
    }
}
