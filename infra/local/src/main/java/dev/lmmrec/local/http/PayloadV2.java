package dev.lmmrec.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lmmrec.local.token.Admission;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Payload format 2.0: a request as an event, an answer as a response. */
final class PayloadV2 {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern TEXT_TYPE =
            Pattern.compile("(text/.*|application/(.*\\+)?json|application/(.*\\+)?xml|application/javascript"
                    + "|application/x-www-form-urlencoded)(;.*)?");
    private static final int STATUS_MIN = 100;
    private static final int STATUS_MAX = 599;

    private final ObjectMapper json;

    /**
     * Prepares the mapping.
     *
     * @param json writes and parses
     */
    public PayloadV2(ObjectMapper json) {
        this.json = json;
    }

    /**
     * The event of a request.
     *
     * @param request the request
     * @param match its route
     * @param caller what the caller's token says; empty where none was asked for
     * @param requestId the request's id
     * @param at when it came
     * @return the event
     */
    public ObjectNode event(
            HttpRequest request,
            RouteTable.Match match,
            Optional<Admission.Admitted> caller,
            String requestId,
            Instant at) {
        ObjectNode event = json.createObjectNode();
        event.put("version", "2.0");
        event.put("routeKey", match.key());
        event.put("rawPath", request.rawPath());
        event.put("rawQueryString", request.rawQuery());
        List<String> cookies = request.headers().getOrDefault("cookie", List.of()).stream()
                .flatMap(header -> Pattern.compile(";\\s*").splitAsStream(header))
                .filter(cookie -> !cookie.isEmpty())
                .toList();
        if (!cookies.isEmpty()) {
            ArrayNode list = event.putArray("cookies");
            cookies.forEach(list::add);
        }
        ObjectNode headers = event.putObject("headers");
        request.headers().forEach((name, values) -> {
            if (!name.equals("cookie")) {
                headers.put(name, String.join(",", values));
            }
        });
        if (!request.rawQuery().isEmpty()) {
            ObjectNode query = event.putObject("queryStringParameters");
            query(request.rawQuery()).forEach((name, values) -> query.put(name, String.join(",", values)));
        }
        if (!match.parameters().isEmpty()) {
            ObjectNode parameters = event.putObject("pathParameters");
            match.parameters().forEach(parameters::put);
        }
        ObjectNode context = event.putObject("requestContext");
        context.put("accountId", "000000000000");
        context.put("apiId", "local");
        caller.ifPresent(admitted -> putCaller(context, admitted));
        context.put("domainName", request.header("host"));
        context.put("domainPrefix", "local");
        context.putObject("http")
                .put("method", request.method())
                .put("path", request.rawPath())
                .put("protocol", "HTTP/1.1")
                .put("sourceIp", request.sourceIp())
                .put("userAgent", request.header("user-agent"));
        context.put("requestId", requestId);
        context.put("routeKey", match.key());
        context.put("stage", "$default");
        context.put("time", TIME.format(at));
        context.put("timeEpoch", at.toEpochMilli());
        putBody(event, request);
        return event;
    }

    private static void putCaller(ObjectNode context, Admission.Admitted caller) {
        ObjectNode jwt = context.putObject("authorizer").putObject("jwt");
        ObjectNode claims = jwt.putObject("claims");
        caller.claims().forEach(claims::put);
        if (caller.scopes().isEmpty()) {
            jwt.putNull("scopes");
        } else {
            ArrayNode scopes = jwt.putArray("scopes");
            caller.scopes().forEach(scopes::add);
        }
    }

    private static void putBody(ObjectNode event, HttpRequest request) {
        if (request.body().length == 0) {
            event.put("isBase64Encoded", false);
            return;
        }
        Optional<String> text = TEXT_TYPE
                        .matcher(request.header("content-type").toLowerCase(Locale.ROOT))
                        .matches()
                ? utf8(request.body())
                : Optional.empty();
        event.put("body", text.orElseGet(() -> Base64.getEncoder().encodeToString(request.body())));
        event.put("isBase64Encoded", text.isEmpty());
    }

    /**
     * Bytes as text.
     *
     * @param bytes some bytes
     * @return the text, or empty if they are no UTF-8
     */
    static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * A query's parameters, decoded.
     *
     * @param rawQuery the query, still encoded
     * @return values by name, in their order
     * @throws IllegalArgumentException if it is not encoded as queries are
     */
    static Map<String, List<String>> query(String rawQuery) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters
                    .computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), any -> new ArrayList<>())
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return parameters;
    }

    /**
     * The response a function meant.
     *
     * @param payload what it answered: an object with {@code statusCode}, or any other JSON, which is then the body of
     *     a 200
     * @return the response, or empty if the answer is no such thing
     */
    public Optional<HttpResponse> response(byte[] payload) {
        JsonNode answer;
        try {
            answer = json.readTree(payload);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
        if (!answer.isObject() || !answer.has("statusCode")) {
            if (answer.isMissingNode()) {
                return Optional.empty();
            }
            byte[] body = answer.isTextual() ? answer.textValue().getBytes(StandardCharsets.UTF_8) : payload;
            return Optional.of(new HttpResponse(200, Map.of("content-type", "application/json"), List.of(), body));
        }
        JsonNode status = answer.get("statusCode");
        if (!status.canConvertToInt() && !status.isTextual()) {
            return Optional.empty();
        }
        int code = status.asInt(-1);
        if (code < STATUS_MIN || code > STATUS_MAX) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        answer.path("headers")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asText()));
        headers.putIfAbsent("content-type", "text/plain;charset=UTF-8");
        List<String> cookies = new ArrayList<>();
        answer.path("cookies").forEach(cookie -> cookies.add(cookie.asText()));
        return body(answer).map(body -> new HttpResponse(code, headers, cookies, body));
    }

    private static Optional<byte[]> body(JsonNode answer) {
        JsonNode body = answer.path("body");
        String text = body.isMissingNode() || body.isNull() ? "" : body.isValueNode() ? body.asText() : body.toString();
        if (!answer.path("isBase64Encoded").asBoolean(false)) {
            return Optional.of(text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
