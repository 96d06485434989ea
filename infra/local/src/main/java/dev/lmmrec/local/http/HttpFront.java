package dev.lmmrec.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lmmrec.local.description.Api;
import dev.lmmrec.local.description.Route;
import dev.lmmrec.local.failure.LocalException;
import dev.lmmrec.local.runtime.LambdaFunction;
import dev.lmmrec.local.runtime.Outcome;
import dev.lmmrec.local.server.Resources.QueueAddress;
import dev.lmmrec.local.token.Admission;
import dev.lmmrec.local.token.TokenCheck;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Listens on the loopback address: the page at {@code /}, and the routes, each behind its rate, its token and the size
 * of body that it takes. What the front itself refuses it says as API Gateway does, in {@code message}. Where a
 * function fails the client gets 502, where it takes too long 504; API Gateway's HTTP APIs say 500 and 503 in these
 * cases, so clients should treat all of 5xx alike.
 */
public final class HttpFront implements AutoCloseable {

    private static final int REQUEST_BYTES_MAX = 10 * 1024 * 1024;
    private static final int EVENT_BYTES_MAX = 6 * 1024 * 1024;
    private static final int THREADS = 16;
    private static final Duration INTEGRATION_MAX = Duration.ofSeconds(30);
    private static final int STATUS_ACCEPTED = 202;
    private static final int STATUS_BAD_REQUEST = 400;
    private static final int STATUS_UNAUTHORIZED = 401;
    private static final int STATUS_FORBIDDEN = 403;
    private static final int STATUS_NOT_FOUND = 404;
    private static final int STATUS_TOO_LARGE = 413;
    private static final int STATUS_TOO_MANY = 429;
    private static final int STATUS_FAILED = 500;
    private static final int STATUS_FUNCTION_FAILED = 502;
    private static final int STATUS_BUSY = 503;
    private static final int STATUS_FUNCTION_TIMED_OUT = 504;
    private static final int STATUS_NO_CONTENT = 204;
    private static final int STATUS_NOT_MODIFIED = 304;

    /** Set by the server that sends the response. */
    private static final Set<String> OWN_HEADERS =
            Set.of("content-length", "connection", "transfer-encoding", "date", "keep-alive");

    private final HttpServer server;
    private final ExecutorService threads;
    private final RouteTable routes;
    private final Api api;
    private final Throttle throttle;
    private final Optional<TokenCheck> tokens;
    private final PageFiles page = new PageFiles();
    private final Map<String, LambdaFunction> functions;
    private final Map<String, QueueAddress> queues;
    private final SqsClient sqs;
    private final Consumer<String> problems;
    private final ObjectMapper json = new ObjectMapper();
    private final PayloadV2 payload = new PayloadV2(json);

    /**
     * Takes a port; whoever connects waits until the front is started.
     *
     * @param port the port, 0 for any free one
     * @return the server, to be given to a front
     * @throws LocalException if the port cannot be had
     */
    public static HttpServer bind(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            throw new LocalException(
                    "port " + port + " is in use: choose another with --port, or --port 0 for any free one", e);
        } catch (IOException e) {
            throw new LocalException("cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * Prepares to answer.
     *
     * @param server what {@link #bind} gave; closed with the front
     * @param routes what answers
     * @param api what stands in front of the routes
     * @param tokens checks the tokens that callers must bring; empty to ask for none
     * @param functions by described name, owned by the caller
     * @param queues by described name
     * @param sqs the client, owned by the caller
     * @param problems is told of requests that failed
     */
    public HttpFront(
            HttpServer server,
            Map<String, Route> routes,
            Api api,
            Optional<TokenCheck> tokens,
            Map<String, LambdaFunction> functions,
            Map<String, QueueAddress> queues,
            SqsClient sqs,
            Consumer<String> problems) {
        this.server = server;
        this.routes = new RouteTable(routes);
        this.api = api;
        this.throttle = new Throttle(api, routes.keySet());
        this.tokens = tokens;
        this.functions = Map.copyOf(functions);
        this.queues = Map.copyOf(queues);
        this.sqs = sqs;
        this.problems = problems;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "http");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /** Begins to answer. */
    public void start() {
        server.start();
    }

    /**
     * Where it listens.
     *
     * @return the base address
     */
    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse response;
            try {
                response = answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                response = HttpResponse.message(STATUS_BUSY, "Service Unavailable");
            } catch (RuntimeException e) {
                problems.accept("http: " + exchange.getRequestMethod() + " failed: " + e);
                response = HttpResponse.message(STATUS_FAILED, "Internal Server Error");
            }
            send(exchange, response);
        }
    }

    private HttpResponse answer(HttpExchange exchange) throws IOException, InterruptedException {
        URI uri = exchange.getRequestURI();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        HttpRequest request = new HttpRequest(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                headers,
                new byte[0],
                exchange.getRemoteAddress().getAddress().getHostAddress());
        if (!Neighbours.admit(request)) {
            return HttpResponse.message(STATUS_FORBIDDEN, "Forbidden");
        }
        Optional<RouteTable.Match> found;
        try {
            found = routes.find(request.method(), request.rawPath());
            PayloadV2.query(request.rawQuery());
        } catch (IllegalArgumentException e) {
            return HttpResponse.message(STATUS_BAD_REQUEST, "Bad Request");
        }
        if (found.isEmpty()) {
            return page.find(request).orElseGet(() -> HttpResponse.message(STATUS_NOT_FOUND, "Not Found"));
        }
        return admit(request, found.get(), exchange.getRequestBody());
    }

    /** The cheapest check first, so that a flood costs least. */
    private HttpResponse admit(HttpRequest head, RouteTable.Match match, InputStream in)
            throws IOException, InterruptedException {
        if (!throttle.admits(match.key())) {
            return HttpResponse.message(STATUS_TOO_MANY, "Too Many Requests");
        }
        Optional<Admission.Admitted> caller = Optional.empty();
        if (tokens.isPresent() && !api.authorizer().openRoutes().contains(match.key())) {
            Admission admission = tokens.get()
                    .check(
                            head.header("authorization"),
                            api.authorizer().routeScopes().getOrDefault(match.key(), List.of()));
            if (admission instanceof Admission.Unknown) {
                return HttpResponse.message(STATUS_UNAUTHORIZED, "Unauthorized").with("www-authenticate", "Bearer");
            }
            if (admission instanceof Admission.NotAllowed) {
                return HttpResponse.message(STATUS_FORBIDDEN, "Forbidden");
            }
            caller = Optional.of((Admission.Admitted) admission);
        }
        int bytesMax = api.limitsOf(match.key()).bodyBytesMax();
        byte[] body = in.readNBytes(bytesMax + 1);
        if (body.length > bytesMax) {
            // read on, within reason: who is still sending does not hear an answer
            in.readNBytes(REQUEST_BYTES_MAX);
            return HttpResponse.message(STATUS_TOO_LARGE, "Request Entity Too Large");
        }
        HttpRequest request = head.withBody(body);
        return match.route() instanceof Route.ToFunction to
                ? invoke(functions.get(to.function()), request, match, caller)
                : enqueue(queues.get(((Route.ToQueue) match.route()).queue()), request);
    }

    private HttpResponse invoke(
            LambdaFunction function, HttpRequest request, RouteTable.Match match, Optional<Admission.Admitted> caller)
            throws JsonProcessingException, InterruptedException {
        byte[] event = json.writeValueAsBytes(
                payload.event(request, match, caller, UUID.randomUUID().toString(), Instant.now()));
        if (event.length > EVENT_BYTES_MAX) {
            return HttpResponse.message(STATUS_TOO_LARGE, "Request Entity Too Large");
        }
        Outcome outcome = function.invoke(event, INTEGRATION_MAX);
        if (outcome instanceof Outcome.Answered answered) {
            return payload.response(answered.payload()).orElseGet(() -> {
                problems.accept("http: " + match.key() + ": the function's answer is no response");
                return HttpResponse.message(STATUS_FUNCTION_FAILED, "Bad Gateway");
            });
        }
        Outcome.Failed failed = (Outcome.Failed) outcome;
        problems.accept("http: " + match.key() + ": " + failed.type() + ": " + failed.message());
        return switch (failed.reason()) {
            case TIMED_OUT -> HttpResponse.message(STATUS_FUNCTION_TIMED_OUT, "Gateway Timeout");
            case THROTTLED -> HttpResponse.message(STATUS_BUSY, "Service Unavailable");
            default -> HttpResponse.message(STATUS_FUNCTION_FAILED, "Bad Gateway");
        };
    }

    private HttpResponse enqueue(QueueAddress queue, HttpRequest request) {
        Optional<String> body = PayloadV2.utf8(request.body());
        if (body.isEmpty() || body.get().isEmpty()) {
            return HttpResponse.message(
                    STATUS_BAD_REQUEST, body.isEmpty() ? "the body is not UTF-8" : "the body is empty");
        }
        try {
            String id = sqs.sendMessage(send -> send.queueUrl(queue.url()).messageBody(body.get()))
                    .messageId();
            return HttpResponse.json(
                    STATUS_ACCEPTED,
                    json.createObjectNode().put("messageId", id).toString());
        } catch (SqsException e) {
            problems.accept("http: the queue refused a message: " + e.getMessage());
            return HttpResponse.message(STATUS_BAD_REQUEST, "the queue refused the message");
        } catch (SdkException e) {
            problems.accept("http: the queue cannot be reached: " + e.getMessage());
            return HttpResponse.message(STATUS_BUSY, "Service Unavailable");
        }
    }

    private static void send(HttpExchange exchange, HttpResponse response) throws IOException {
        response.headers().forEach((name, value) -> {
            if (!OWN_HEADERS.contains(name)) {
                exchange.getResponseHeaders().set(name, value);
            }
        });
        response.cookies().forEach(cookie -> exchange.getResponseHeaders().add("set-cookie", cookie));
        boolean bodiless = response.status() == STATUS_NO_CONTENT
                || response.status() == STATUS_NOT_MODIFIED
                || response.body().length == 0
                || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), bodiless ? -1 : response.body().length);
        if (!bodiless) {
            exchange.getResponseBody().write(response.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
