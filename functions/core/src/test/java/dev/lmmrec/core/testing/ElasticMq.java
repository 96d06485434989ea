package dev.lmmrec.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** ElasticMQ, the local SQS, as a process of its own: one per test JVM, empty at first. */
public final class ElasticMq {

    private static final int READY_ATTEMPTS_MAX = 300;
    private static final int READY_PAUSE_MILLIS = 100;

    private final SqsClient client;

    private ElasticMq(URI endpoint) {
        this.client = SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /**
     * The server of this JVM, started by the first call and stopped with the JVM.
     *
     * @return the server, ready
     */
    public static ElasticMq shared() {
        return Shared.SERVER;
    }

    /**
     * A client of it.
     *
     * @return the client, closed with the JVM
     */
    public SqsClient client() {
        return client;
    }

    /**
     * Makes a queue that no other test uses.
     *
     * @return its URL
     */
    public String createQueue() {
        return client.createQueue(create -> create.queueName("test-" + UUID.randomUUID()))
                .queueUrl();
    }

    private static ElasticMq start() {
        try {
            int port = freePort();
            Path libraries = DynamoDbLocal.repositoryRoot().resolve("infra/local/servers/sqs/target/lib");
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-Drest-sqs.bind-port=" + port,
                            "-Drest-sqs.bind-hostname=127.0.0.1",
                            "-Drest-stats.enabled=false",
                            "-Dgenerate-node-address=true",
                            "-cp",
                            libraries + "/*",
                            "org.elasticmq.server.Main"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            ElasticMq server = new ElasticMq(URI.create("http://127.0.0.1:" + port));
            server.awaitReady(process, libraries);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("ElasticMQ cannot be started", e);
        }
    }

    private void awaitReady(Process process, Path libraries) {
        for (int attempt = 0; attempt < READY_ATTEMPTS_MAX && process.isAlive(); attempt++) {
            try {
                client.listQueues();
                return;
            } catch (SdkException e) {
                pause();
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException(
                "ElasticMQ does not answer; are its libraries in " + libraries + "? ./mvnw package puts them there");
    }

    private static void pause() {
        try {
            Thread.sleep(READY_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ElasticMQ starts", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class Shared {
        static final ElasticMq SERVER = start();
    }
}
