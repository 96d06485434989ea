package dev.lmmrec.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** DynamoDB Local as a process of its own, as the local deployment runs it: one per test JVM, empty at first. */
public final class DynamoDbLocal {

    private static final int READY_ATTEMPTS_MAX = 300;
    private static final int READY_PAUSE_MILLIS = 100;

    private final URI endpoint;
    private final DynamoDbClient client;

    private DynamoDbLocal(URI endpoint) {
        this.endpoint = endpoint;
        this.client = DynamoDbClient.builder()
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
    public static DynamoDbLocal shared() {
        return Shared.SERVER;
    }

    /**
     * Where it listens.
     *
     * @return its endpoint
     */
    public URI endpoint() {
        return endpoint;
    }

    /**
     * A client of it.
     *
     * @return the client, closed with the JVM
     */
    public DynamoDbClient client() {
        return client;
    }

    /**
     * What a Quarkus function under test needs to find this server, and no S3: nobody listens at that port.
     *
     * @return settings, to which a test may add its own
     */
    public Map<String, String> quarkusSettings() {
        Map<String, String> settings = new HashMap<>();
        for (String service : List.of("dynamodb", "s3")) {
            settings.put("quarkus." + service + ".aws.region", "us-east-1");
            settings.put("quarkus." + service + ".aws.credentials.type", "static");
            settings.put("quarkus." + service + ".aws.credentials.static-provider.access-key-id", "local");
            settings.put("quarkus." + service + ".aws.credentials.static-provider.secret-access-key", "local");
        }
        settings.put("quarkus.dynamodb.endpoint-override", endpoint.toString());
        settings.put("quarkus.s3.endpoint-override", "http://127.0.0.1:9");
        return settings;
    }

    /**
     * Makes a table that no other test uses.
     *
     * @param keyAttribute its partition key, a string
     * @return its name
     */
    public String createTable(String keyAttribute) {
        String table = "test-" + UUID.randomUUID();
        createTable(table, keyAttribute);
        return table;
    }

    /**
     * Makes a table of a given name.
     *
     * @param table its name
     * @param keyAttribute its partition key, a string
     */
    public void createTable(String table, String keyAttribute) {
        client.createTable(create -> create.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(string(keyAttribute))
                .keySchema(key(keyAttribute, KeyType.HASH)));
    }

    /**
     * Makes a table like that of motivations, with its index by user, that no other test uses.
     *
     * @return its name
     */
    public String createMotivationsTable() {
        String table = "test-" + UUID.randomUUID();
        client.createTable(create -> create.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(List.of(string("reviewId"), string("userId")))
                .keySchema(key("reviewId", KeyType.HASH))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("by-user")
                        .keySchema(key("userId", KeyType.HASH))
                        .projection(Projection.builder()
                                .projectionType(ProjectionType.KEYS_ONLY)
                                .build())
                        .build()));
        return table;
    }

    /**
     * Makes a table with a sort key that no other test uses.
     *
     * @param keyAttribute its partition key, a string
     * @param sortAttribute its sort key, a string
     * @return its name
     */
    public String createTable(String keyAttribute, SortKey sortAttribute) {
        String table = "test-" + UUID.randomUUID();
        client.createTable(create -> create.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(List.of(string(keyAttribute), string(sortAttribute.name())))
                .keySchema(key(keyAttribute, KeyType.HASH), key(sortAttribute.name(), KeyType.RANGE)));
        return table;
    }

    /**
     * A sort key.
     *
     * @param name its attribute
     */
    public record SortKey(String name) {}

    private static AttributeDefinition string(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static DynamoDbLocal start() {
        try {
            int port = freePort();
            Path libraries = repositoryRoot().resolve("infra/local/servers/dynamodb/target/lib");
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            libraries + "/*",
                            "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                            "-inMemory",
                            "-sharedDb",
                            "-disableTelemetry",
                            "-port",
                            Integer.toString(port)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            DynamoDbLocal server = new DynamoDbLocal(URI.create("http://127.0.0.1:" + port));
            server.awaitReady(process, libraries);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("DynamoDB Local cannot be started", e);
        }
    }

    private void awaitReady(Process process, Path libraries) {
        for (int attempt = 0; attempt < READY_ATTEMPTS_MAX && process.isAlive(); attempt++) {
            try {
                client.listTables();
                return;
            } catch (SdkException e) {
                pause();
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("DynamoDB Local does not answer; are its libraries in " + libraries
                + "? ./mvnw package puts them there");
    }

    private static void pause() {
        try {
            Thread.sleep(READY_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while DynamoDB Local starts", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /**
     * The root of this checkout, from wherever in it a test runs.
     *
     * @return the folder with the Maven wrapper
     */
    public static Path repositoryRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no mvnw above " + Path.of("").toAbsolutePath());
        }
        return folder;
    }

    private static final class Shared {
        static final DynamoDbLocal SERVER = start();
    }
}
