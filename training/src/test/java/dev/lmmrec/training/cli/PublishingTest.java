package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.testing.S3Local;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.data.RowsFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Publishing, promoting and going back, on a real S3 server that is found by the SDK's own settings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishingTest {

    private static final String GATE = "test.ndcg@20";

    private S3Local server;
    private String bucket;
    private Path folder;

    @BeforeAll
    void startServer(@TempDir Path temporary) throws Exception {
        folder = temporary;
        server = S3Local.in(folder);
        bucket = server.createBucket();
        server.sdkProperties().forEach(System::setProperty);
    }

    @AfterAll
    void stopServer() {
        server.sdkProperties().keySet().forEach(System::clearProperty);
        server.close();
    }

    @Test
    void twoTrainedVersions_arePromotedLatestFirstAndRolledBack() throws Exception {
        Output nothing = run("promote");
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("there is no version in s3://" + bucket);

        String first = train("first", 2);
        assertThat(run("promote").out()).contains("current: " + first + ", before: none");
        assertThat(run("rollback").err()).contains("no previous version");

        String second = train("second", 3);
        assertThat(run("promote", "--force").out()).contains("current: " + second + ", before: " + first);
        assertThat(run("rollback").out()).contains("current: " + first + ", before: " + second);
        assertThat(run("promote", second, "--force").out()).contains("current: " + second);
        promoteTheWorse(first, second);
        Output unknown = run("promote", "20000101T000000Z-00000000");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .contains("20000101T000000Z-00000000"));
    }

    private void promoteTheWorse(String first, String second) throws Exception {
        double firstGain = gain("first", first);
        double secondGain = gain("second", second);
        assertThat(firstGain).isNotEqualTo(secondGain);
        String better = firstGain > secondGain ? first : second;
        String worse = better.equals(first) ? second : first;
        assertThat(run("promote", better, "--gate", GATE, "--tolerance", "0").code())
                .isZero();

        Output refused = run("promote", worse, "--gate", GATE, "--tolerance", "0");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .contains(worse, better, GATE, "--force"));
        trainWhatTheGateRefuses();
        assertThat(run("promote", worse, "--gate", GATE, "--tolerance", "1").out())
                .contains("current: " + worse);
        assertThat(run("promote", better).code()).isZero();
        assertThat(run("promote", worse, "--gate", GATE, "--tolerance", "0", "--force")
                        .out())
                .contains("current: " + worse);
    }

    /** A gate that no version passes, for none has its metric. */
    private void trainWhatTheGateRefuses() {
        Path json = folder.resolve("refused.json");

        Output refused = run(
                "train",
                "--rows",
                folder.resolve("first.jsonl").toString(),
                "--out",
                folder.resolve("refused").toString(),
                "--epochs",
                "3",
                "--dim",
                "4",
                "--no-baselines",
                "--json",
                json.toString(),
                "--promote",
                "--gate",
                "test.ndgc@20");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("has no metric test.ndgc@20", "test.ndcg@20");
        assertThat(json).content().contains("came after training");
    }

    private double gain(String name, String version) throws Exception {
        return Artefact.open(folder.resolve(name).resolve(version))
                .manifest()
                .metrics()
                .get(GATE);
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

    private Output run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code = Main.commandLine(Clients.of(Map.of(Clients.BUCKET, bucket)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(words);
        return new Output(code, out.toString(), err.toString());
    }
}
