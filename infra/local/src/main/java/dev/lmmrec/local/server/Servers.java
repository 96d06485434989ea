package dev.lmmrec.local.server;

import dev.lmmrec.local.failure.LocalException;
import dev.lmmrec.local.process.ChildProcess;
import dev.lmmrec.local.process.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;

/** The three servers, running and answering. */
public final class Servers implements AutoCloseable {

    private static final Duration READY_MAX = Duration.ofSeconds(60);
    private static final long ASK_PAUSE_MILLIS = 50;
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k");
    private static final String LOGBACK = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{HH:mm:ss.SSS} %level %logger{0} %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """;

    private final Map<String, ChildProcess> processes = new LinkedHashMap<>();
    private final Path libraries;
    private final Path state;
    private final Path leash;
    private AwsClients clients;

    private Servers(Path libraries, Path state, Path leash) {
        this.libraries = libraries;
        this.state = state;
        this.leash = leash;
    }

    /**
     * Starts the servers and waits until each answers a question.
     *
     * @param libraries the folder whose {@code NAME/target/lib} hold the servers' jars
     * @param state the folder for their files: {@code servers} and {@code logs} exist in it, {@code buckets} holds the
     *     objects
     * @param leash the jar that ends them with us
     * @return the running servers
     * @throws LocalException if one is not built or does not come up
     */
    public static Servers start(Path libraries, Path state, Path leash) {
        Servers servers = new Servers(libraries, state, leash);
        try {
            servers.startAll();
            return servers;
        } catch (IOException e) {
            servers.close();
            throw new LocalException("cannot start the servers: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    private void startAll() throws IOException {
        Path folder = state.resolve("servers");
        Path buckets = Files.createDirectories(state.resolve("buckets"));
        Path logback = Files.writeString(folder.resolve("logback.xml"), LOGBACK);
        List<Integer> ports = freePorts(3);

        Path dynamoDbLibrary = library("dynamodb");
        start(
                "dynamodb",
                List.of("-Xmx256m", "-Djava.library.path=" + dynamoDbLibrary),
                "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                List.of(
                        "-inMemory",
                        "-sharedDb",
                        "-disableTelemetry",
                        "-port",
                        ports.get(0).toString()));

        String host = "127.0.0.1";
        start(
                "sqs",
                List.of(
                        "-Xmx96m",
                        "-Dlogback.configurationFile=" + logback,
                        "-Drest-sqs.bind-hostname=" + host,
                        "-Drest-sqs.bind-port=" + ports.get(1),
                        "-Dnode-address.host=" + host,
                        "-Dnode-address.port=" + ports.get(1),
                        "-Drest-stats.enabled=false"),
                "org.elasticmq.server.Main",
                List.of());

        Path s3Properties = Files.writeString(
                folder.resolve("s3proxy.properties"),
                String.join(
                        "\n",
                        "s3proxy.endpoint=http://" + host + ":" + ports.get(2),
                        "s3proxy.authorization=none",
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + buckets.toAbsolutePath()));
        start(
                "s3",
                List.of("-Xmx96m", "-Dlogback.configurationFile=" + logback),
                "org.gaul.s3proxy.Main",
                List.of("--properties", s3Properties.toString()));

        clients = AwsClients.open(
                URI.create("http://" + host + ":" + ports.get(0)),
                URI.create("http://" + host + ":" + ports.get(1)),
                URI.create("http://" + host + ":" + ports.get(2)));
        waitFor("dynamodb", () -> clients.dynamoDb().listTables());
        waitFor("sqs", () -> clients.sqs().listQueues());
        waitFor("s3", () -> clients.s3().listBuckets());
    }

    private void start(String name, List<String> options, String main, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(SMALL);
        all.addAll(options);
        JavaProgram program = new JavaProgram(
                name,
                all,
                List.of(library(name).resolve("*").toString()),
                main,
                arguments,
                Map.of("PATH", System.getenv().getOrDefault("PATH", ""), "LC_ALL", "C.UTF-8"),
                state.resolve("servers"),
                state.resolve("logs").resolve(name + ".log"));
        processes.put(name, ChildProcess.start(program, leash));
    }

    private Path library(String name) {
        Path library = libraries.resolve(name).resolve("target").resolve("lib").toAbsolutePath();
        if (!Files.isDirectory(library)) {
            throw new LocalException(library + " is missing: run ./mvnw package");
        }
        return library;
    }

    private void waitFor(String name, Runnable question) {
        long end = System.nanoTime() + READY_MAX.toNanos();
        ChildProcess process = processes.get(name);
        while (true) {
            if (!process.alive()) {
                throw new LocalException("server " + name + " ended while it started:\n" + process.tail());
            }
            try {
                question.run();
                return;
            } catch (SdkException e) {
                if (System.nanoTime() > end) {
                    throw new LocalException(
                            "server " + name + " did not answer within " + READY_MAX.toSeconds() + " s:\n"
                                    + process.tail(),
                            e);
                }
            }
            try {
                Thread.sleep(ASK_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalException("interrupted while waiting for server " + name, e);
            }
        }
    }

    /** Ports nobody has now; all are held while the others are looked for, so that they differ. */
    private static List<Integer> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for a server", e);
        } finally {
            for (ServerSocket socket : held) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // it was never used
                }
            }
        }
    }

    /**
     * The clients of these servers.
     *
     * @return clients that close with the servers
     */
    public AwsClients clients() {
        return clients;
    }

    /**
     * Process ids by server name.
     *
     * @return the ids
     */
    public Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        processes.forEach((name, process) -> pids.put(name, process.pid()));
        return pids;
    }

    @Override
    public void close() {
        if (clients != null) {
            clients.close();
        }
        processes.values().parallelStream().forEach(ChildProcess::close);
    }
}
