package dev.lmmrec.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.models.testing.S3Local;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job that ignores it does with SIGTERM. */
class InterruptionTest {

    @TempDir
    private Path work;

    private S3Local server;
    private S3Folder kept;

    @BeforeEach
    void startServer() throws Exception {
        server = S3Local.in(Files.createDirectory(work.resolve("server")));
        kept = new S3Folder(server.client(), new S3Address(server.createBucket(), "jobs/counting/"));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void sigterm_keepsWhatIsNewAndEndsWithItsCode() throws Exception {
        ChildJvm child = start("20");
        awaitCount(child, 3);

        int code = child.terminate().end();

        assertThat(code).as(child.log()).isEqualTo(ExitCode.INTERRUPTED.number());
        assertThat(child.log()).contains("interrupted; the next attempt goes on from snapshot 1");
        List<String> log = new ArrayList<>();
        Path folder = work.resolve("restored");
        assertThat(new FolderMirror(kept, folder, log::add).restore()).contains(1);
        assertThat(Integer.parseInt(Files.readString(folder.resolve("checkpoints/count"))))
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void sigterm_whileS3IsGone_stillEndsInTimeWithItsCode() throws Exception {
        ChildJvm child = start("2");
        awaitCount(child, 1);
        server.close();

        int code = child.terminate().end();

        assertThat(code).as(child.log()).isEqualTo(ExitCode.INTERRUPTED.number());
        assertThat(child.log()).contains("goes on from snapshot 0");
    }

    private ChildJvm start(String graceSeconds) throws Exception {
        return ChildJvm.start(
                CountingJob.class,
                server.sdkProperties(),
                Map.of(),
                work.resolve("log"),
                "s3://" + kept.address().bucket() + "/jobs/",
                work.resolve("attempt").toString(),
                graceSeconds);
    }

    private static void awaitCount(ChildJvm child, int count) throws InterruptedException {
        while (!child.log().contains("count " + count + "\n")) {
            assertThat(child.isAlive()).as(child.log()).isTrue();
            Thread.sleep(20);
        }
    }
}
