package dev.lmmrec.local.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lmmrec.local.process.ChildProcess;
import dev.lmmrec.local.process.Executable;
import dev.lmmrec.local.process.Folders;
import dev.lmmrec.local.process.JavaProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** One process of a function with its Runtime API; one invocation at a time, as on Lambda. */
final class ExecutionEnvironment implements AutoCloseable {

    private static final String API = "/2018-06-01/runtime/";
    private static final int PAYLOAD_BYTES_MAX = 6 * 1024 * 1024;
    private static final int STATUS_OK = 200;
    private static final int STATUS_ACCEPTED = 202;
    private static final int STATUS_BAD_REQUEST = 400;
    private static final int STATUS_NOT_FOUND = 404;
    private static final int STATUS_GONE = 410;
    private static final int STATUS_TOO_LARGE = 413;

    /** What Lambda starts of a zip that brings its own runtime. */
    private static final String BOOTSTRAP = "bootstrap";

    private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    private final FunctionSettings settings;
    private final ObjectMapper json;
    private final HttpServer api;
    private final BlockingQueue<Optional<Invocation>> next = new LinkedBlockingQueue<>();
    private final AtomicReference<Invocation> current = new AtomicReference<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Path temporary;
    private final ChildProcess process;
    private volatile boolean ended;
    private volatile long idleSinceNanos = System.nanoTime();

    private ExecutionEnvironment(FunctionSettings settings, Executor executor, ObjectMapper json) throws IOException {
        this.settings = settings;
        this.json = json;
        this.temporary = Files.createTempDirectory(settings.temporary(), settings.name() + "-");
        this.api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.setExecutor(executor);
        api.createContext(API, this::handle);
        api.start();
        try {
            Path bootstrap = settings.task().resolve(BOOTSTRAP);
            this.process = Files.isRegularFile(bootstrap)
                    ? ChildProcess.start(new Executable(bootstrap, variables(), settings.task(), settings.log()))
                    : ChildProcess.start(program(), settings.leash());
        } catch (IOException e) {
            api.stop(0);
            throw e;
        }
    }

    static ExecutionEnvironment start(FunctionSettings settings, Executor executor, ObjectMapper json)
            throws IOException {
        ExecutionEnvironment environment = new ExecutionEnvironment(settings, executor, json);
        environment.process.onEnd(environment::processEnded);
        return environment;
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(settings.variables());
        variables.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.getAddress().getPort());
        variables.put("_HANDLER", settings.handler());
        variables.put("LAMBDA_TASK_ROOT", settings.task().toString());
        variables.put("LAMBDA_RUNTIME_DIR", settings.runtime().jars().toString());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", settings.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memoryMegabytes()));
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name());
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", UUID.randomUUID().toString());
        variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_java" + Runtime.version().feature());
        variables.put("TZ", ":UTC");
        variables.put("LANG", "en_US.UTF-8");
        variables.put("PATH", System.getenv().getOrDefault("PATH", ""));
        return variables;
    }

    private JavaProgram program() {
        // The runtime's own jars are the class path; it loads the function from its working directory and lib/ there.
        List<String> options = new ArrayList<>(settings.runtime().options());
        options.add("-XX:MaxRAM=" + settings.memoryMegabytes() + "m");
        options.add("-Djava.io.tmpdir=" + temporary);
        return new JavaProgram(
                settings.name(),
                options,
                List.of(settings.runtime().jars().resolve("*").toString()),
                MAIN,
                List.of(settings.handler()),
                variables(),
                settings.task(),
                settings.log());
    }

    private void processEnded(int status) {
        ended = true;
        String message = "process of " + settings.name() + " ended with status " + status;
        ready.completeExceptionally(new IllegalStateException(message + " before it asked for an invocation"));
        Invocation running = current.get();
        if (running != null) {
            running.fail(Outcome.Reason.CRASHED, "Runtime.ExitError", message);
        }
        // lets a handler that waits for work go
        next.add(Optional.empty());
        api.stop(0);
        try {
            Folders.delete(temporary);
        } catch (IOException e) {
            // goes with the state folder
        }
    }

    /** Runs one invocation to its end. Whether the environment can be used again, {@link #usable()} says. */
    Outcome invoke(Invocation invocation) throws InterruptedException {
        try {
            ready.get(settings.initMax().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            kill();
            invocation.fail(
                    Outcome.Reason.NOT_STARTED,
                    "Sandbox.Timedout",
                    settings.name() + " was not ready after "
                            + settings.initMax().toSeconds() + " s; see " + settings.log());
            return invocation.outcome().join();
        } catch (ExecutionException e) {
            kill();
            invocation.fail(
                    Outcome.Reason.NOT_STARTED,
                    "Runtime.InitError",
                    e.getCause().getMessage() + "; see " + settings.log());
            return invocation.outcome().join();
        }
        current.set(invocation);
        if (ended) {
            invocation.fail(Outcome.Reason.CRASHED, "Runtime.ExitError", "ended while unused");
        }
        next.add(Optional.of(invocation));
        try {
            // between two invocations the process may be busy for a moment, but not for longer than one may take
            CompletableFuture.anyOf(invocation.taken(), invocation.outcome())
                    .get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return invocation.outcome().get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            invocation.fail(
                    Outcome.Reason.TIMED_OUT,
                    "Sandbox.Timedout",
                    "Task timed out after " + settings.timeout().toSeconds() + ".00 seconds");
            kill();
            return invocation.outcome().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome is never an exception", e);
        } finally {
            current.set(null);
            idleSinceNanos = System.nanoTime();
        }
    }

    boolean usable() {
        return !ended;
    }

    boolean busy() {
        return current.get() != null;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        ended = true;
        process.kill();
    }

    @Override
    public void close() {
        ended = true;
        next.add(Optional.empty());
        process.close();
        api.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(API.length());
            String method = exchange.getRequestMethod();
            String[] parts = path.split("/", -1);
            if (method.equals("GET") && path.equals("invocation/next")) {
                giveNext(exchange);
            } else if (method.equals("POST") && path.equals("init/error")) {
                JsonNode error = readError(exchange);
                ready.completeExceptionally(
                        new IllegalStateException(text(error, "errorType") + ": " + text(error, "errorMessage")));
                respond(exchange, STATUS_ACCEPTED, "{\"status\":\"OK\"}");
            } else if (method.equals("POST") && parts.length == 3 && parts[0].equals("invocation")) {
                finish(exchange, parts[1], parts[2]);
            } else {
                respondError(exchange, STATUS_NOT_FOUND, "InvalidPath", method + " " + path + " is not offered");
            }
        }
    }

    private void giveNext(HttpExchange exchange) throws IOException {
        ready.complete(null);
        Optional<Invocation> given;
        try {
            given = next.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            given = Optional.empty();
        }
        if (given.isEmpty() || ended) {
            respondError(exchange, STATUS_GONE, "Runtime.Shutdown", "the environment is being ended");
            return;
        }
        Invocation invocation = given.get();
        Instant deadline = invocation.take(settings.timeout());
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline.toEpochMilli()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", settings.arn());
        headers.set("Lambda-Runtime-Trace-Id", traceId(invocation));
        headers.set("Content-Type", "application/json");
        exchange.sendResponseHeaders(STATUS_OK, invocation.payload().length == 0 ? -1 : invocation.payload().length);
        exchange.getResponseBody().write(invocation.payload());
    }

    private static String traceId(Invocation invocation) {
        String digits = invocation.requestId().replace("-", "");
        return "Root=1-" + digits.substring(0, 8) + "-" + digits.substring(8) + ";Parent=" + digits.substring(0, 16)
                + ";Sampled=0";
    }

    private void finish(HttpExchange exchange, String requestId, String how) throws IOException {
        Invocation invocation = current.get();
        if (invocation == null || !invocation.requestId().equals(requestId)) {
            respondError(exchange, STATUS_BAD_REQUEST, "InvalidRequestID", "no invocation " + requestId + " runs here");
            return;
        }
        if (how.equals("response")) {
            byte[] response = exchange.getRequestBody().readNBytes(PAYLOAD_BYTES_MAX + 1);
            if (response.length > PAYLOAD_BYTES_MAX) {
                invocation.fail(
                        Outcome.Reason.THREW,
                        "Function.ResponseSizeTooLarge",
                        "Response payload size exceeded maximum allowed payload size (" + PAYLOAD_BYTES_MAX
                                + " bytes).");
                respondError(exchange, STATUS_TOO_LARGE, "RequestEntityTooLarge", "over " + PAYLOAD_BYTES_MAX);
            } else {
                respond(exchange, STATUS_ACCEPTED, "{\"status\":\"OK\"}");
                invocation.answer(response);
            }
        } else if (how.equals("error")) {
            JsonNode error = readError(exchange);
            respond(exchange, STATUS_ACCEPTED, "{\"status\":\"OK\"}");
            invocation.fail(Outcome.Reason.THREW, text(error, "errorType"), text(error, "errorMessage"));
        } else {
            respondError(exchange, STATUS_NOT_FOUND, "InvalidPath", how + " is not offered");
        }
    }

    private JsonNode readError(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(PAYLOAD_BYTES_MAX);
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            return json.createObjectNode()
                    .put("errorType", "Runtime.UnknownError")
                    .put("errorMessage", new String(body, StandardCharsets.UTF_8));
        }
    }

    private static String text(JsonNode error, String field) {
        return error.path(field).asText("unknown");
    }

    private void respondError(HttpExchange exchange, int status, String type, String message) throws IOException {
        respond(
                exchange,
                status,
                json.createObjectNode()
                        .put("errorType", type)
                        .put("errorMessage", message)
                        .toString());
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
