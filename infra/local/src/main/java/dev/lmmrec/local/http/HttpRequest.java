package dev.lmmrec.local.http;

import java.util.List;
import java.util.Map;

/**
 * A request as it came in.
 *
 * @param method for example GET
 * @param rawPath the path, still encoded
 * @param rawQuery the query without its question mark, still encoded; empty for none
 * @param headers values by lower-case name
 * @param body the bytes, possibly none
 * @param sourceIp who asks
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record HttpRequest(
        String method,
        String rawPath,
        String rawQuery,
        Map<String, List<String>> headers,
        byte[] body,
        String sourceIp) {

    HttpRequest withBody(byte[] bytes) {
        return new HttpRequest(method, rawPath, rawQuery, headers, bytes, sourceIp);
    }

    String header(String name) {
        return String.join(",", headers.getOrDefault(name, List.of()));
    }
}
