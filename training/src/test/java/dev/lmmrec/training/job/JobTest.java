package dev.lmmrec.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.models.testing.S3Local;
import dev.lmmrec.training.data.RefusedInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTest {

    private static S3Local server;

    @TempDir
    private Path work;

    private final List<String> log = new ArrayList<>();
    private String bucket;
    private S3Folder objects;
    private String id = "job-1";
    private int attempts;

    @BeforeAll
    static void startServer(@TempDir Path folder) throws Exception {
        server = S3Local.in(folder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createBucket() {
        bucket = server.createBucket();
        objects = new S3Folder(server.client(), new S3Address(bucket, ""));
    }

    @Test
    void addressesInArguments_becomeFilesThatHoldTheObjects() throws Exception {
        put("in/rows.jsonl", "one row");
        put("sets/a/train.tsv", "train");
        put("sets/a/deep/test.tsv", "test");

        int code = run(
                true,
                words -> {
                    assertThat(words).hasSize(8).startsWith("train", "--rows");
                    assertThat(read(Path.of(words.get(2)))).isEqualTo("one row");
                    Path set = Path.of(words.get(3).substring("--data=".length()));
                    assertThat(read(set.resolve("train.tsv"))).isEqualTo("train");
                    assertThat(read(set.resolve("deep/test.tsv"))).isEqualTo("test");
                    assertThat(words.subList(4, 7)).containsExactly("--dim=4", "--note", "--checkpoints");
                    return 0;
                },
                "train",
                "--rows",
                "s3://" + bucket + "/in/rows.jsonl",
                "--data=s3://" + bucket + "/sets/a/",
                "--dim=4",
                "--note");

        assertThat(code).isZero();
    }

    @Test
    void rowsInManyObjects_areOneFile() throws Exception {
        put("plain/2.jsonl", "b");
        put("plain/1.jsonl", "a\n");
        objects.write("zipped/1.gz", zip("a\n"));
        objects.write("zipped/2.gz", zip("b\n"));

        run(
                true,
                words -> {
                    assertThat(read(Path.of(words.get(2))).lines().filter(line -> !line.isBlank()))
                            .containsExactly("a", "b");
                    return 0;
                },
                "train",
                "--rows",
                "s3://" + bucket + "/plain/");
        id = "job-2";
        run(
                true,
                words -> {
                    assertThat(words.get(2)).endsWith(".gz");
                    assertThat(unzip(Path.of(words.get(2)))).isEqualTo("a\nb\n");
                    return 0;
                },
                "train",
                "--rows",
                "s3://" + bucket + "/zipped/");
        id = "job-3";
        put("mixed/1.gz", "x");
        put("mixed/2.jsonl", "x");
        assertThatThrownBy(() -> run(true, words -> 0, "train", "--rows", "s3://" + bucket + "/mixed/"))
                .isInstanceOf(RefusedInputException.class)
                .hasMessageContaining("compress all of them or none");
    }

    @Test
    void addressThatLeadsNowhere_isRefusedBeforeTheCommandRuns() {
        for (String address :
                List.of("s3://" + bucket + "/none.jsonl", "s3://" + bucket + "/none/", "s3://Bad_Name/x")) {
            assertThatThrownBy(() -> run(
                            true,
                            words -> {
                                throw new AssertionError("ran");
                            },
                            "train",
                            "--rows",
                            address))
                    .as(address)
                    .isInstanceOf(RefusedInputException.class)
                    .hasMessageContaining(address);
        }
    }

    @Test
    void outputs_areUploadedOnlyWhenTheCommandCameToItsEnd() throws Exception {
        Function<List<String>, Integer> command = words -> {
            write(Path.of(words.get(2)).resolve("version/model-card.md"), "card");
            write(Path.of(words.get(4)), "{}");
            return attempts == 1 ? 1 : ExitCode.GATE.number();
        };
        String[] words = {"train", "--out", "s3://" + bucket + "/runs/", "--json", "s3://" + bucket + "/reports/a.json"
        };

        assertThat(run(true, command, words)).isEqualTo(1);
        assertThat(objects.list()).doesNotContain("runs/version/model-card.md", "reports/a.json");
        assertThat(run(true, command, words)).isEqualTo(3);
        assertThat(objects.list())
                .contains("runs/version/model-card.md", "reports/a.json")
                .doesNotContain("jobs/job-1/done.json");
    }

    @Test
    void checkpointsOfAFailedAttempt_areThereForTheNext() throws Exception {
        assertThat(run(
                        true,
                        words -> {
                            write(Path.of(words.get(2)).resolve("lightgcn/checkpoint.zip"), "after epoch 3");
                            return ExitCode.TEMPORARY.number();
                        },
                        "train"))
                .isEqualTo(75);

        assertThat(run(
                        true,
                        words -> {
                            assertThat(read(Path.of(words.get(2)).resolve("lightgcn/checkpoint.zip")))
                                    .isEqualTo("after epoch 3");
                            return 0;
                        },
                        "train"))
                .isZero();
        assertThat(log).anySatisfy(line -> assertThat(line).contains("goes on from snapshot 1"));
    }

    @Test
    void commandWithoutCheckpoints_goesOnFromItsOutFolder() throws Exception {
        String out = "s3://" + bucket + "/studies/one/";
        run(
                false,
                words -> {
                    write(Path.of(words.get(2)).resolve("cell-1.json"), "1");
                    return 143;
                },
                "experiment",
                "--out",
                out);

        run(
                false,
                words -> {
                    assertThat(words).hasSize(3);
                    assertThat(read(Path.of(words.get(2)).resolve("cell-1.json")))
                            .isEqualTo("1");
                    write(Path.of(words.get(2)).resolve("cell-2.json"), "2");
                    return 0;
                },
                "experiment",
                "--out",
                out);

        assertThat(objects.list()).contains("studies/one/cell-1.json", "studies/one/cell-2.json");
    }

    @Test
    void jobThatIsDone_leavesNoStateAndIsNotDoneAgain() throws Exception {
        run(
                true,
                words -> {
                    write(Path.of(words.get(2)).resolve("checkpoint.zip"), "state");
                    return 75;
                },
                "train");
        run(true, words -> 0, "train");

        assertThat(objects.list()).containsExactly("jobs/job-1/done.json");
        assertThat(run(
                        true,
                        words -> {
                            throw new AssertionError("ran again");
                        },
                        "train"))
                .isZero();
    }

    @Test
    void folderOfAnotherAttempt_isRefused() throws Exception {
        write(work.resolve("attempt-1/left"), "over");

        assertThatThrownBy(() -> run(true, words -> 0, "train"))
                .isInstanceOf(RefusedInputException.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void idThatIsNoKey_isRefused() {
        Optional<S3Address> state = Optional.of(new S3Address(bucket, "jobs"));
        for (String id : List.of("", "a/b", "../x", " ")) {
            assertThatThrownBy(() -> new Job.Place(state, id, work, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                    .as(id)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private int run(boolean checkpoints, Function<List<String>, Integer> command, String... words) throws Exception {
        attempts++;
        Job.Place place = new Job.Place(
                Optional.of(new S3Address(bucket, "jobs")),
                id,
                work.resolve("attempt-" + attempts),
                Duration.ofHours(1),
                Duration.ofSeconds(20));
        Job.Command asCommand = new Job.Command() {
            @Override
            public int run(List<String> local) {
                return command.apply(local);
            }

            @Override
            public boolean keepsCheckpoints(String name) {
                return checkpoints;
            }
        };
        return new Job(server.client(), place, asCommand, log::add).run(List.of(words));
    }

    private void put(String name, String content) throws IOException {
        objects.write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String unzip(Path file) {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
