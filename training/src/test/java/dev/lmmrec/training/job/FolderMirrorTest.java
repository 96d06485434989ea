package dev.lmmrec.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.models.testing.S3Local;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;

class FolderMirrorTest {

    private static S3Local server;

    @TempDir
    private Path work;

    private final List<String> log = new ArrayList<>();
    private S3Folder kept;

    @BeforeAll
    static void startServer(@TempDir Path folder) throws Exception {
        server = S3Local.in(folder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createBucket() throws Exception {
        kept = new S3Folder(server.client(), new S3Address(server.createBucket(), "jobs/job-1"));
    }

    @Test
    void nothingKept_restoresNothing() throws Exception {
        assertThat(mirror("a").restore()).isEmpty();
        assertThat(mirror("a").keep()).as("an empty folder is no state").isFalse();
        assertThat(kept.list()).isEmpty();
    }

    @Test
    void folder_keptTwice_isRestoredAsItWasLast() throws Exception {
        Path folder = work.resolve("a");
        FolderMirror mirror = mirror("a");
        write(folder, "run/checkpoint.zip", "one");
        write(folder, "same", "same");
        assertThat(mirror.keep()).isTrue();
        assertThat(mirror.keep()).as("nothing has changed").isFalse();
        write(folder, "run/checkpoint.zip", "two");
        write(folder, "run/late", "");
        Files.delete(folder.resolve("same"));
        assertThat(mirror.keep()).isTrue();

        FolderMirror next = mirror("b");

        assertThat(next.restore()).contains(2);
        assertThat(content(work.resolve("b"))).isEqualTo(Map.of("run/checkpoint.zip", "two", "run/late", ""));
        assertThat(next.keep()).as("what was restored is kept already").isFalse();
        assertThat(log).isEmpty();
    }

    @Test
    void objects_thatNothingNamesAnyMore_areDeleted() throws Exception {
        FolderMirror mirror = mirror("a");
        for (int i = 0; i < 5; i++) {
            write(work.resolve("a"), "checkpoint", "state " + i);
            write(work.resolve("a"), "settings", "never changed");
            mirror.keep();
        }

        // the marker, the unchanged file, and the changed one now and before
        assertThat(kept.list()).hasSize(4);
        mirror.clear();
        assertThat(kept.list()).isEmpty();
    }

    /**
     * Two attempts and an interruption after every possible number of requests: what is restored is always one whole
     * state that was there, never older than the last that was kept without an error.
     */
    @Test
    void upload_cutOffAtAnyRequest_leavesAWholeSnapshot() throws Exception {
        int cut = 0;
        boolean wasCut = true;
        while (wasCut) {
            kept = new S3Folder(server.client(), new S3Address(server.createBucket(), "jobs/job-1/"));
            AtomicInteger left = new AtomicInteger(cut);
            AtomicBoolean down = new AtomicBoolean();
            List<Map<String, String>> states = new ArrayList<>();
            int keptFor = -1;
            SplittableRandom random = new SplittableRandom(cut);
            try (S3Client failing = failingAfter(left, down)) {
                for (int attempt = 0; attempt < 2 && !down.get(); attempt++) {
                    Path folder = work.resolve("cut-" + cut + "-" + attempt);
                    FolderMirror mirror = new FolderMirror(new S3Folder(failing, kept.address()), folder, log::add);
                    try {
                        mirror.restore();
                        for (int step = 0; step < 2; step++) {
                            for (String name : List.of("often", "deep/rare")) {
                                if (name.equals("often") || step == 0 || random.nextBoolean()) {
                                    write(folder, name, name + " of " + attempt + "." + step);
                                }
                            }
                            states.add(content(folder));
                            mirror.keep();
                            keptFor = states.size() - 1;
                        }
                    } catch (IOException e) {
                        assertThat(e).hasMessageContaining("no more requests");
                    }
                }
            }
            wasCut = down.get();

            Path folder = work.resolve("after-" + cut);
            Optional<Integer> number = new FolderMirror(kept, folder, log::add).restore();

            if (number.isEmpty()) {
                assertThat(keptFor).as("cut after %d requests", cut).isEqualTo(-1);
            } else {
                assertThat(states.indexOf(content(folder)))
                        .as("cut after %d requests", cut)
                        .isGreaterThanOrEqualTo(Math.max(0, keptFor));
            }
            cut++;
        }
        assertThat(cut).as("requests of a whole run").isGreaterThan(12);
        assertThat(log).as("nobody ever saw a snapshot that is not whole").isEmpty();
    }

    @Test
    void damagedObject_fallsBackToTheSnapshotBefore() throws Exception {
        FolderMirror mirror = mirror("a");
        write(work.resolve("a"), "checkpoint", "one");
        mirror.keep();
        List<String> before = kept.list();
        write(work.resolve("a"), "checkpoint", "two");
        mirror.keep();
        String latest = kept.list().stream()
                .filter(name -> !before.contains(name))
                .findFirst()
                .orElseThrow();
        kept.write(latest, "twx".getBytes(StandardCharsets.UTF_8));

        FolderMirror next = mirror("b");

        assertThat(next.restore()).contains(2);
        assertThat(content(work.resolve("b"))).isEqualTo(Map.of("checkpoint", "one"));
        assertThat(log).anySatisfy(line -> assertThat(line).contains(latest, "damaged"));
        write(work.resolve("b"), "checkpoint", "three");
        assertThat(next.keep()).isTrue();
        assertThat(mirror("c").restore()).contains(3);
        assertThat(content(work.resolve("c"))).isEqualTo(Map.of("checkpoint", "three"));
    }

    @Test
    void lostObjects_letTheJobBeginAnewAndSaySo() throws Exception {
        FolderMirror mirror = mirror("a");
        write(work.resolve("a"), "checkpoint", "one");
        mirror.keep();
        kept.delete(kept.list().stream()
                .filter(name -> !name.equals(FolderMirror.MARKER))
                .toList());

        assertThat(mirror("b").restore()).isEmpty();

        assertThat(log).anySatisfy(line -> assertThat(line).contains("begins anew"));
        assertThat(work.resolve("b")).doesNotExist();
    }

    @Test
    void markerOfSomethingElse_isNoState() throws Exception {
        for (String marker : List.of("", "null", "{}", "{\"number\":1,\"files\":[{}],\"before\":[]}", "[")) {
            kept.write(FolderMirror.MARKER, marker.getBytes(StandardCharsets.UTF_8));

            assertThat(mirror("b").restore()).as(marker).isEmpty();
        }
    }

    @Test
    void markerThatPointsOutside_isNotFollowed() throws Exception {
        kept.write("files/x", "x".getBytes(StandardCharsets.UTF_8));
        kept.write(
                FolderMirror.MARKER,
                ("{\"number\":1,\"files\":[{\"path\":\"../outside\",\"object\":\"files/x\",\"sha256\":\""
                                + "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\",\"bytes\":1}],"
                                + "\"before\":[]}")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(mirror("b").restore()).isEmpty();

        assertThat(work.resolve("outside")).doesNotExist();
        assertThat(log).anySatisfy(line -> assertThat(line).contains("outside"));
    }

    /** The machine of the attempt before may live for a while and go on writing. */
    @Test
    void attemptThatIsStillAlive_takesNoObjectsFromTheNext() throws Exception {
        Path folder = work.resolve("old");
        FolderMirror old = mirror("old");
        write(folder, "checkpoint", "one");
        write(folder, "settings", "same");
        old.keep();
        FolderMirror next = mirror("new");
        next.restore();
        write(work.resolve("new"), "checkpoint", "two of the next");
        next.keep();
        for (int i = 0; i < 4; i++) {
            write(folder, "checkpoint", "late " + i);
            write(folder, "settings", "late " + i);
            old.keep();
        }
        write(work.resolve("new"), "checkpoint", "three of the next");
        next.keep();

        assertThat(mirror("last").restore()).isPresent();
        assertThat(content(work.resolve("last")))
                .isEqualTo(Map.of("checkpoint", "three of the next", "settings", "same"));
    }

    @Test
    void folderThatChangesWhileItIsRead_isKeptAtOneMoment() throws Exception {
        Path folder = work.resolve("a");
        write(folder, "a", "0");
        write(folder, "b", "0");
        AtomicBoolean stop = new AtomicBoolean();
        // b follows a, so that of one moment they are equal or b is one behind
        Thread writer = new Thread(() -> {
            for (int i = 1; !stop.get(); i++) {
                write(folder, "a", Integer.toString(i));
                write(folder, "b", Integer.toString(i));
                if (i % 50 == 0) {
                    pause();
                }
            }
        });
        writer.start();
        try {
            FolderMirror mirror = mirror("a");
            int snapshots = 0;
            while (snapshots < 5) {
                if (mirror.keep()) {
                    snapshots++;
                    Path copy = work.resolve("copy-" + snapshots);
                    new FolderMirror(kept, copy, log::add).restore();
                    Map<String, String> content = content(copy);
                    assertThat(Integer.parseInt(content.get("a")) - Integer.parseInt(content.get("b")))
                            .isBetween(0, 1);
                }
            }
        } finally {
            stop.set(true);
            writer.join();
        }
    }

    @Test
    void folderWithSomethingInIt_isNotOverwritten() throws Exception {
        write(work.resolve("a"), "mine", "mine");

        assertThatThrownBy(() -> mirror("a").restore())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not empty");
    }

    private FolderMirror mirror(String name) {
        return new FolderMirror(kept, work.resolve(name), log::add);
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes as checkpoints are written: beside, then moved into place. */
    private void write(Path folder, String name, String content) {
        Path target = folder.resolve(name);
        try {
            Files.createDirectories(target.getParent());
            Path beside = Files.createTempFile(work, "beside", "");
            Files.writeString(beside, content);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return content;
    }

    private static S3Client failingAfter(AtomicInteger left, AtomicBoolean down) {
        return server.clientBuilder()
                .overrideConfiguration(
                        configuration -> configuration.addExecutionInterceptor(new ExecutionInterceptor() {
                            @Override
                            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes all) {
                                if (left.getAndDecrement() <= 0) {
                                    down.set(true);
                                    throw SdkClientException.create("no more requests");
                                }
                            }
                        }))
                .build();
    }
}
