package dev.lmmrec.local;

import com.sun.net.httpserver.HttpServer;
import dev.lmmrec.local.description.Description;
import dev.lmmrec.local.description.Function;
import dev.lmmrec.local.description.Mapping;
import dev.lmmrec.local.description.Queue;
import dev.lmmrec.local.description.Route;
import dev.lmmrec.local.failure.LocalException;
import dev.lmmrec.local.http.HttpFront;
import dev.lmmrec.local.mapping.EventSource;
import dev.lmmrec.local.mapping.MappingCounts;
import dev.lmmrec.local.mapping.QueueSource;
import dev.lmmrec.local.mapping.StreamSource;
import dev.lmmrec.local.process.Folders;
import dev.lmmrec.local.process.LeashJar;
import dev.lmmrec.local.runtime.FunctionCounts;
import dev.lmmrec.local.runtime.FunctionSettings;
import dev.lmmrec.local.runtime.FunctionZip;
import dev.lmmrec.local.runtime.LambdaFunction;
import dev.lmmrec.local.runtime.RuntimeLibrary;
import dev.lmmrec.local.server.AwsClients;
import dev.lmmrec.local.server.Resources;
import dev.lmmrec.local.server.Servers;
import dev.lmmrec.local.token.TokenCheck;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The whole deployment, running on this machine until it is closed. */
public final class LocalDeployment implements AutoCloseable {

    private static final long IDLE_PAUSE_MILLIS = 100;
    private static final int PROBLEMS_TOLD_MAX = 20;
    private static final int RECEIVES_UNLIMITED = Integer.MAX_VALUE;

    private final LocalSettings settings;
    private final Description description;
    private final Path state;
    private final boolean stateIsTemporary;
    private final Map<String, LambdaFunction> functions = new LinkedHashMap<>();
    private final Map<String, EventSource> sources = new LinkedHashMap<>();
    private final Set<String> problemsTold = new HashSet<>();
    private Servers servers;
    private Resources resources;
    private RuntimeLibrary runtime;
    private HttpServer listener;
    private HttpFront front;
    private boolean closed;

    private LocalDeployment(LocalSettings settings, Description description, Path state, boolean stateIsTemporary) {
        this.settings = settings;
        this.description = description;
        this.state = state;
        this.stateIsTemporary = stateIsTemporary;
    }

    /**
     * Starts everything. Functions are started when they are first needed.
     *
     * @param settings how it is run
     * @return the running deployment
     * @throws LocalException if something is missing, wrong or in use; nothing is left running then
     */
    public static LocalDeployment start(LocalSettings settings) {
        Description description = Description.read(settings.description());
        description.functions().forEach((name, function) -> {
            Path zip = zip(settings, function);
            if (!Files.isRegularFile(zip)) {
                throw new LocalException("the zip of function " + name + " is missing at " + zip + ": run "
                        + settings.packaging().command());
            }
        });
        boolean temporary = settings.state().isEmpty();
        Path state;
        try {
            state = temporary
                    ? Files.createTempDirectory("lmmrec-")
                    : Files.createDirectories(settings.state().get());
            state = state.toRealPath();
        } catch (IOException e) {
            throw new LocalException("cannot make the state folder: " + e.getMessage(), e);
        }
        LocalDeployment deployment = new LocalDeployment(settings, description, state, temporary);
        try {
            deployment.startAll();
            return deployment;
        } catch (IOException e) {
            deployment.close();
            throw new LocalException("cannot start in " + state + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            deployment.close();
            throw e;
        }
    }

    private void startAll() throws IOException {
        // read once by the JDK's HTTP server; without it an answer's body waits 40 ms for the peer to have its headers
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // bound first: a port in use is the likeliest failure and is known at once
        listener = HttpFront.bind(settings.port());
        Optional<TokenCheck> tokens = settings.tokens().map(TokenCheck::of);
        for (String folder : List.of("functions", "logs", "servers", "tmp")) {
            Folders.delete(state.resolve(folder));
            Files.createDirectories(state.resolve(folder));
        }
        Path leash = LeashJar.write(state.resolve("servers"));
        runtime = RuntimeLibrary.unpack(
                settings.servers()
                        .resolve("runtime")
                        .resolve("target")
                        .resolve("lib")
                        .toAbsolutePath(),
                state.resolve("servers"));

        Instant begin = Instant.now();
        servers = Servers.start(settings.servers(), state, leash);
        stage("servers", "dynamodb, sqs, s3 answer", begin);

        begin = Instant.now();
        AwsClients clients = servers.clients();
        resources = Resources.create(description, clients);
        stage(
                "resources",
                counted(resources.tables().size(), "table") + ", "
                        + counted(resources.queues().size(), "queue") + ", "
                        + counted(resources.buckets().size(), "bucket"),
                begin);

        begin = Instant.now();
        description.functions().forEach((name, function) -> functions.put(name, function(name, function, leash)));
        stage("functions", String.join(", ", functions.keySet()), begin);

        begin = Instant.now();
        description.mappings().forEach((name, mapping) -> sources.put(name, source(name, mapping, clients)));
        front = new HttpFront(
                listener,
                description.routes(),
                description.api(),
                tokens,
                functions,
                resources.queues(),
                clients.sqs(),
                this::noteProblem);
        sources.values().forEach(EventSource::start);
        front.start();
        stage("mappings", String.join(", ", sources.keySet()), begin);
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void stage(String name, String what, Instant begin) {
        settings.progress()
                .accept(String.format(
                        Locale.ROOT,
                        "%-10s %s (%.1f s)",
                        name,
                        what,
                        Duration.between(begin, Instant.now()).toMillis() / 1000.0));
    }

    private static Path zip(LocalSettings settings, Function function) {
        return settings.root().resolve(settings.packaging().zip(function.zip()));
    }

    private LambdaFunction function(String name, Function function, Path leash) {
        Path folder = state.resolve("functions").resolve(name);
        FunctionZip.unpack(zip(settings, function), folder);
        // what the caller says counts more, also than our own credentials: a model elsewhere asks for real ones
        Map<String, String> variables = new TreeMap<>(servers.clients().endpoints());
        function.environment()
                .forEach((variable, value) -> variables.put(variable, Description.fill(value, resources::realName)));
        variables.putAll(settings.environment());
        return new LambdaFunction(new FunctionSettings(
                description.name() + "-" + name,
                AwsClients.REGION,
                function.handler(),
                folder,
                runtime,
                state.resolve("tmp"),
                leash,
                state.resolve("logs").resolve(name + ".log"),
                function.memoryMegabytes(),
                Duration.ofSeconds(function.timeoutSeconds()),
                settings.initMax(),
                settings.environmentIdleMax(),
                environmentsMax(name),
                variables));
    }

    /** A stream with one reader needs one environment; more would only take memory. */
    private int environmentsMax(String function) {
        int forMappings = description.mappings().values().stream()
                .filter(mapping -> mapping.function().equals(function))
                .mapToInt(mapping -> mapping instanceof Mapping.FromQueue from ? from.maximumConcurrency() : 1)
                .sum();
        boolean routed = description.routes().values().stream()
                .anyMatch(route ->
                        route instanceof Route.ToFunction to && to.function().equals(function));
        return Math.max(1, forMappings + (routed || forMappings == 0 ? settings.environmentsMax() : 0));
    }

    private EventSource source(String name, Mapping mapping, AwsClients clients) {
        LambdaFunction function = functions.get(mapping.function());
        if (mapping instanceof Mapping.FromQueue from) {
            Queue queue = description.queues().get(from.queue());
            return new QueueSource(
                    name,
                    from,
                    resources.queues().get(from.queue()),
                    queue.deadLetter() == null
                            ? RECEIVES_UNLIMITED
                            : queue.deadLetter().maxReceiveCount(),
                    clients.sqs(),
                    function,
                    settings.queueBackoff(),
                    this::noteProblem);
        }
        Mapping.FromStream from = (Mapping.FromStream) mapping;
        try {
            return new StreamSource(
                    name,
                    from,
                    resources.streams().get(from.table()),
                    resources.queues().get(from.onFailure()),
                    clients.streams(),
                    clients.sqs(),
                    function,
                    settings.streamBackoff(),
                    this::noteProblem);
        } catch (IllegalArgumentException e) {
            throw new LocalException(settings.description() + ": mappings." + name + ": " + e.getMessage(), e);
        }
    }

    /** All problems go to a log; the first of each kind are told at once. */
    private synchronized void noteProblem(String problem) {
        if (problemsTold.size() < PROBLEMS_TOLD_MAX && problemsTold.add(problem)) {
            settings.progress().accept(String.format(Locale.ROOT, "%-10s %s", "problem", problem));
        }
        try {
            Files.writeString(
                    state.resolve("logs").resolve("deployment.log"),
                    Instant.now() + " " + problem + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // a full disk must not stop deliveries
        }
    }

    /**
     * Where the HTTP API listens.
     *
     * @return its base address, without a path
     */
    public URI api() {
        return front.address();
    }

    /**
     * Clients of the servers, closed with the deployment.
     *
     * @return the clients
     */
    public AwsClients clients() {
        return servers.clients();
    }

    /**
     * Real names of tables, queues and buckets.
     *
     * @return what there is, by described name
     */
    public Resources resources() {
        return resources;
    }

    /**
     * What another process needs to take part: the servers' endpoints, and {@code PREFIX_NAME_TABLE},
     * {@code PREFIX_NAME_QUEUE_URL}, {@code PREFIX_NAME_BUCKET} and {@code PREFIX_API_URL}, the prefix being the
     * deployment's name.
     *
     * @return environment variables
     */
    public Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>(servers.clients().endpoints());
        resources.tables().forEach((name, real) -> variables.put(variable(name, "TABLE"), real));
        resources.queues().forEach((name, real) -> variables.put(variable(name, "QUEUE_URL"), real.url()));
        resources.buckets().forEach((name, real) -> variables.put(variable(name, "BUCKET"), real));
        variables.put(variable("api", "URL"), api().toString());
        return variables;
    }

    private String variable(String name, String kind) {
        return (description.name() + "_" + name + "_" + kind).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * Where logs, objects and unpacked functions are.
     *
     * @return the state folder
     */
    public Path state() {
        return state;
    }

    /**
     * What the functions have done.
     *
     * @return counts by described function name
     */
    public Map<String, FunctionCounts> functionCounts() {
        Map<String, FunctionCounts> counts = new LinkedHashMap<>();
        functions.forEach((name, function) -> counts.put(name, function.counts()));
        return counts;
    }

    /**
     * What the event source mappings have done.
     *
     * @return counts by mapping name
     */
    public Map<String, MappingCounts> mappingCounts() {
        Map<String, MappingCounts> counts = new LinkedHashMap<>();
        sources.forEach((name, source) -> counts.put(name, source.counts()));
        return counts;
    }

    /**
     * How many messages a queue holds: waiting, being worked on and delayed.
     *
     * @param queue its described name
     * @return their number
     */
    public long queueDepth(String queue) {
        Resources.QueueAddress address = resources.queues().get(queue);
        if (address == null) {
            throw new IllegalArgumentException(
                    "no queue " + queue + " among " + resources.queues().keySet());
        }
        List<QueueAttributeName> counts = List.of(
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);
        var attributes = servers.clients()
                .sqs()
                .getQueueAttributes(get -> get.queueUrl(address.url()).attributeNames(counts))
                .attributes();
        return counts.stream()
                .mapToLong(count -> Long.parseLong(attributes.getOrDefault(count, "0")))
                .sum();
    }

    /**
     * Waits until there is nothing to do: the queues that functions read are empty, the streams are read to their ends,
     * and no function runs.
     *
     * @param max how long to wait
     * @return false if there still was something to do
     * @throws InterruptedException if the caller is interrupted
     */
    public boolean awaitIdle(Duration max) throws InterruptedException {
        long end = System.nanoTime() + max.toNanos();
        do {
            if (isIdle(end)) {
                return true;
            }
            Thread.sleep(IDLE_PAUSE_MILLIS);
        } while (System.nanoTime() < end);
        return false;
    }

    /** Idle if between two looks at queues and functions no work began and the streams were found empty. */
    private boolean isIdle(long endNanos) throws InterruptedException {
        long invocations = invocations();
        if (!quiet()) {
            return false;
        }
        long since = System.nanoTime();
        while (!sources.values().stream().allMatch(source -> source.idleSince(since))) {
            if (System.nanoTime() > endNanos || invocations() != invocations) {
                return false;
            }
            Thread.sleep(IDLE_PAUSE_MILLIS / 4);
        }
        return quiet() && invocations() == invocations;
    }

    private boolean quiet() {
        return functionCounts().values().stream().allMatch(counts -> counts.running() == 0)
                && description.mappings().values().stream()
                        .allMatch(mapping ->
                                !(mapping instanceof Mapping.FromQueue from) || queueDepth(from.queue()) == 0);
    }

    private long invocations() {
        return functionCounts().values().stream()
                .mapToLong(FunctionCounts::invocations)
                .sum();
    }

    /**
     * Kills one process of a function, as a crash would; a busy one if there is one. What it worked on is delivered
     * again.
     *
     * @param function the described name
     * @return the process's id, or empty if the function has no process now
     */
    public Optional<Long> killOneEnvironment(String function) {
        LambdaFunction victim = functions.get(function);
        if (victim == null) {
            throw new IllegalArgumentException("no function " + function + " among " + functions.keySet());
        }
        return victim.killOneEnvironment();
    }

    /**
     * The processes that belong to the deployment, besides this one.
     *
     * @return ids by server name or {@code function-NUMBER}
     */
    public Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>(servers.pids());
        functions.forEach((name, function) -> {
            int number = 0;
            for (long pid : function.pids()) {
                pids.put(name + "-" + number++, pid);
            }
        });
        return pids;
    }

    /** Ends requests first, then deliveries, functions and servers. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (front != null) {
            front.close();
        } else if (listener != null) {
            listener.stop(0);
        }
        sources.values().parallelStream().forEach(EventSource::close);
        functions.values().parallelStream().forEach(LambdaFunction::close);
        if (servers != null) {
            servers.close();
        }
        if (stateIsTemporary) {
            try {
                Folders.delete(state);
            } catch (IOException e) {
                settings.progress().accept("could not delete " + state + ": " + e.getMessage());
            }
        }
    }
}
