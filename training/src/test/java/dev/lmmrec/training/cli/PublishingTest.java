package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.testing.S3Local;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.data.RowsFile;
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
    private Map<String, String> environment;
    private Path folder;

    @BeforeAll
    void startServer(@TempDir Path temporary) throws Exception {
        folder = temporary;
        server = S3Local.in(folder);
        bucket = server.createBucket();
        environment = Map.of(Clients.BUCKET, bucket);
        server.sdkProperties().forEach(System::setProperty);
    }

    @AfterAll
    void stopServer() {
        server.sdkProperties().keySet().forEach(System::clearProperty);
        server.close();
    }

    @Test
    void twoTrainedVersions_arePromotedLatestFirstAndRolledBack() throws Exception {
        CommandRun nothing = CommandRun.in(environment, "promote");
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("there is no version in s3://" + bucket);

        String first = train("first", 2);
        assertThat(CommandRun.in(environment, "promote").out()).contains("current: " + first + ", before: none");
        assertThat(CommandRun.in(environment, "rollback").err()).contains("no previous version");

        String second = train("second", 3);
        assertThat(CommandRun.in(environment, "promote", "--force").out())
                .contains("current: " + second + ", before: " + first);
        assertThat(CommandRun.in(environment, "rollback").out()).contains("current: " + first + ", before: " + second);
        assertThat(CommandRun.in(environment, "promote", second, "--force").out())
                .contains("current: " + second);
        promoteTheWorse(first, second);
        CommandRun unknown = CommandRun.in(environment, "promote", "20000101T000000Z-00000000");
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
        assertThat(CommandRun.in(environment, "promote", better, "--gate", GATE, "--tolerance", "0")
                        .code())
                .isZero();

        CommandRun refused = CommandRun.in(environment, "promote", worse, "--gate", GATE, "--tolerance", "0");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .contains(worse, better, GATE, "--force"));
        trainWhatTheGateRefuses();
        assertThat(CommandRun.in(environment, "promote", worse, "--gate", GATE, "--tolerance", "1")
                        .out())
                .contains("current: " + worse);
        assertThat(CommandRun.in(environment, "promote", better).code()).isZero();
        assertThat(CommandRun.in(environment, "promote", worse, "--gate", GATE, "--tolerance", "0", "--force")
                        .out())
                .contains("current: " + worse);
    }

    /** A gate that no version passes, for none has its metric. */
    private void trainWhatTheGateRefuses() {
        Path json = folder.resolve("refused.json");

        CommandRun refused = CommandRun.in(
                environment,
                "train",
                "--rows",
                folder.resolve("first.jsonl"),
                "--out",
                folder.resolve("refused"),
                "--epochs",
                "3",
                "--dim",
                "4",
                "--no-baselines",
                "--json",
                json,
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
        CommandRun output = CommandRun.in(
                environment, "train", "--rows", rows, "--out", out, "--epochs", "3", "--dim", "4", "--no-baselines");
        assertThat(output.code()).as(output.err()).isZero();
        assertThat(output.out()).contains("publish");
        try (var versions = Files.list(out)) {
            return versions.findFirst().orElseThrow().getFileName().toString();
        }
    }
}
