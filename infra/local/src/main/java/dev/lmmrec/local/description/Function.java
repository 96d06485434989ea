package dev.lmmrec.local.description;

import java.util.Map;

/**
 * A Lambda function on the managed Java runtime.
 *
 * @param zip its deployment package, relative to the repository's root
 * @param handler {@code class::method}
 * @param memoryMegabytes the memory of its environment
 * @param timeoutSeconds how long one invocation may take
 * @param environment its variables; values may hold {@code ${table:x}}, {@code ${queue:x}} and {@code ${bucket:x}}; on
 *     AWS a function may do something only to what it is given the name of, and with {@code ${table:x:read}} or
 *     {@code ${bucket:x:read}} only read it
 */
public record Function(
        String zip, String handler, int memoryMegabytes, int timeoutSeconds, Map<String, String> environment) {}
