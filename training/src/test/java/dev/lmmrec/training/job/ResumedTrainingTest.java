package dev.lmmrec.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.testing.S3Local;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.cli.Main;
import dev.lmmrec.training.data.RowsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training as AWS Batch would run it on machines that are taken away: each attempt is a new JVM in an empty folder. */
class ResumedTrainingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path work;

    private S3Local server;
    private String bucket;
    private S3Folder state;

    @BeforeEach
    void startServer() throws Exception {
        server = S3Local.in(Files.createDirectory(work.resolve("server")));
        bucket = server.createBucket();
        state = new S3Folder(server.client(), new S3Address(bucket, "jobs/job-1/"));
        Path rows = work.resolve("rows.jsonl");
        new RowsFile().write(rows, SyntheticRows.of(40, 30, 2, 5, 1));
        new S3Folder(server.client(), new S3Address(bucket, "exports/")).upload("rows.jsonl", rows);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void jobInterruptedBySigtermAndSigkill_endsWithTheArtefactOfAnUninterruptedOne() throws Exception {
        ChildJvm first = attempt("first", "job-1");
        int begun = awaitSnapshot(first, 2);
        assertThat(first.terminate().end()).as(first.log()).isEqualTo(ExitCode.INTERRUPTED.number());
        assertThat(first.log()).contains("begins; ", "interrupted; the next attempt goes on from snapshot");
        int terminated = snapshot();
        assertThat(terminated).isGreaterThanOrEqualTo(begun);

        ChildJvm second = attempt("second", "job-1");
        awaitSnapshot(second, terminated + 2);
        int killed = second.kill().end();
        assertThat(killed).as(second.log()).isEqualTo(137);
        assertThat(second.log())
                .contains("goes on from snapshot " + terminated + " of s3://" + bucket + "/jobs/job-1/");

        ChildJvm third = attempt("third", "job-1");
        assertThat(third.end()).as(third.log()).isZero();
        assertThat(third.log()).contains("goes on from snapshot ").doesNotContain("begins anew");
        assertThat(state.list()).containsExactly("done.json");

        ChildJvm whole = attempt("whole", "job-2");
        assertThat(whole.end()).as(whole.log()).isZero();
        Artefact resumed = artefactOf("third");
        Artefact uninterrupted = artefactOf("whole");
        for (String file : ArtefactFiles.REQUIRED) {
            assertThat(resumed.file(file)).as(file).hasSameBinaryContentAs(uninterrupted.file(file));
        }
        assertThat(withoutTime(resumed)).isEqualTo(withoutTime(uninterrupted));

        ChildJvm again = attempt("again", "job-1");
        assertThat(again.end()).as(again.log()).isZero();
        assertThat(again.log()).contains("done already").doesNotContain("split");
    }

    private ChildJvm attempt(String name, String id) throws IOException {
        return ChildJvm.start(
                Main.class,
                server.sdkProperties(),
                Map.of(
                        "LMMREC_ARTEFACTS_BUCKET",
                        bucket,
                        "LMMREC_JOB_STATE",
                        "s3://" + bucket + "/jobs/",
                        "AWS_BATCH_JOB_ID",
                        id),
                work.resolve(name + ".log"),
                "job",
                "--folder",
                work.resolve(name).toString(),
                "--keep-millis",
                "20",
                "train",
                "--rows",
                "s3://" + bucket + "/exports/rows.jsonl",
                "--out",
                "s3://" + bucket + "/runs/",
                "--no-baselines",
                "--dim=8",
                "--batch=32",
                "--epochs=40",
                "--patience=40",
                "--validate-every=1");
    }

    private int awaitSnapshot(ChildJvm child, int number) throws Exception {
        for (int found = snapshot(); true; found = snapshot()) {
            assertThat(child.isAlive()).as(child.log()).isTrue();
            if (found >= number) {
                return found;
            }
            Thread.sleep(10);
        }
    }

    private int snapshot() throws IOException {
        var marker = state.read(FolderMirror.MARKER);
        return marker.isEmpty() ? 0 : JSON.readTree(marker.get()).get("number").asInt();
    }

    private Artefact artefactOf(String attempt) throws Exception {
        try (Stream<Path> all = Files.walk(work.resolve(attempt))) {
            Path manifest = all.filter(path -> path.endsWith(ArtefactFiles.MANIFEST))
                    .findFirst()
                    .orElseThrow();
            return Artefact.open(manifest.getParent());
        }
    }

    private static ObjectNode withoutTime(Artefact artefact) throws IOException {
        ObjectNode manifest =
                (ObjectNode) JSON.readTree(artefact.file(ArtefactFiles.MANIFEST).toFile());
        manifest.remove(List.of("version", "createdAt"));
        return manifest;
    }
}
