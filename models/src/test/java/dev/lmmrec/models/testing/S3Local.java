package dev.lmmrec.models.testing;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** S3Proxy in this JVM, keeping its objects below a folder. */
public final class S3Local implements AutoCloseable {

    private static final String REGION = "us-east-1";
    private static final String KEY = "local";

    private final S3Proxy server;
    private final S3Client client;

    private S3Local(S3Proxy server) {
        this.server = server;
        this.client = clientBuilder().build();
    }

    /**
     * Starts a server.
     *
     * @param folder existing, empty; gets the buckets
     * @return the server, ready
     * @throws Exception if it does not start
     */
    public static S3Local in(Path folder) throws Exception {
        Properties properties = new Properties();
        properties.setProperty(
                "jclouds.filesystem.basedir",
                Files.createDirectories(folder.resolve("s3")).toString());
        S3Proxy server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem-nio2", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .build();
        server.start();
        return new S3Local(server);
    }

    /**
     * Where it listens.
     *
     * @return its endpoint
     */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /**
     * A client of it.
     *
     * @return the client, closed with the server
     */
    public S3Client client() {
        return client;
    }

    /**
     * Further clients of it, to which a test may add what disturbs them.
     *
     * @return set but for that
     */
    public S3ClientBuilder clientBuilder() {
        return S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .httpClient(UrlConnectionHttpClient.create());
    }

    /**
     * What the SDK needs to find this server by itself.
     *
     * @return system properties
     */
    public Map<String, String> sdkProperties() {
        return Map.of(
                "aws.region",
                REGION,
                "aws.accessKeyId",
                KEY,
                "aws.secretAccessKey",
                KEY,
                "aws.endpointUrlS3",
                endpoint().toString());
    }

    /**
     * Makes a bucket that no other test uses.
     *
     * @return its name
     */
    public String createBucket() {
        String bucket = "test-" + UUID.randomUUID();
        client.createBucket(create -> create.bucket(bucket));
        return bucket;
    }

    @Override
    public void close() {
        client.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy cannot be stopped", e);
        }
    }
}
