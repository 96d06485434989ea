package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.data.RowsFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Publishing, promoting and going back, on a real S3 server that is found by the SDK's own settings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishingTest {

    private static final Map<String, String> SDK_SETTINGS =
            Map.of("aws.region", "us-east-1", "aws.accessKeyId", "local", "aws.secretAccessKey", "local");
    private static final String ENDPOINT = "aws.endpointUrlS3";
    private static final String BUCKET = "artefacts";

    private S3Proxy server;
    private Path folder;

    @BeforeAll
    void startServer(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Properties properties = new Properties();
        properties.setProperty(
                "jclouds.filesystem.basedir",
                Files.createDirectories(folder.resolve("s3")).toString());
        server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem-nio2", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .build();
        server.start();
        SDK_SETTINGS.forEach(System::setProperty);
        System.setProperty(ENDPOINT, "http://127.0.0.1:" + server.getPort());
        try (S3Client s3 = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .forcePathStyle(true)
                .build()) {
            s3.createBucket(create -> create.bucket(BUCKET));
        }
    }

    @AfterAll
    void stopServer() throws Exception {
        SDK_SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty(ENDPOINT);
        server.stop();
    }

    @Test
    void twoTrainedVersions_arePromotedLatestFirstAndRolledBack() throws Exception {
        Output nothing = run("promote");
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("there is no version in s3://artefacts");

        String first = train("first", 2);
        assertThat(run("promote").out()).contains("current: " + first + ", before: none");
        assertThat(run("rollback").err()).contains("no previous version");

        String second = train("second", 3);
        assertThat(run("promote").out()).contains("current: " + second + ", before: " + first);
        assertThat(run("rollback").out()).contains("current: " + first + ", before: " + second);
        assertThat(run("promote", second).out()).contains("current: " + second);
        Output unknown = run("promote", "20000101T000000Z-00000000");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .contains("20000101T000000Z-00000000"));
    }

    private String train(String name, long seed) throws Exception {
        Path rows = folder.resolve(name + ".jsonl");
        new RowsFile().write(rows, SyntheticRows.of(30, 20, 2, 5, seed));
        Path out = folder.resolve(name);
        Output output = run(
                "train",
                "--rows",
                rows.toString(),
                "--out",
                out.toString(),
                "--epochs",
                "3",
                "--dim",
                "4",
                "--no-baselines");
        assertThat(output.code()).as(output.err()).isZero();
        assertThat(output.out()).contains("publish");
        try (var versions = Files.list(out)) {
            return versions.findFirst().orElseThrow().getFileName().toString();
        }
    }

    private record Output(int code, String out, String err) {}

    private static Output run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code = Main.commandLine(Clients.of(Map.of(Clients.BUCKET, BUCKET)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(words);
        return new Output(code, out.toString(), err.toString());
    }
}
