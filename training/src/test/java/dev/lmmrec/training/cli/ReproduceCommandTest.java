package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.testing.S3Local;
import dev.lmmrec.training.SampleRows;
import dev.lmmrec.training.data.RowsFile;
import dev.lmmrec.training.provenance.ModelCard;
import dev.lmmrec.training.provenance.Provenance;
import dev.lmmrec.training.provenance.RowsFingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One artefact of the bundled sample, published, and everything that is asked of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReproduceCommandTest {

    private S3Local server;
    private String bucket;
    private Map<String, String> environment;
    private Path folder;
    private Path rows;
    private List<ReviewMotivations> sample;
    private Artefact artefact;

    @BeforeAll
    void train(@TempDir Path temporary) throws Exception {
        folder = temporary;
        server = S3Local.in(folder);
        bucket = server.createBucket();
        environment = Map.of(Clients.BUCKET, bucket);
        server.sdkProperties().forEach(System::setProperty);
        sample = SampleRows.read();
        rows = folder.resolve("rows.jsonl");
        new RowsFile().write(rows, sample);
        CommandRun output = CommandRun.in(
                environment,
                "train",
                "--rows",
                rows,
                "--out",
                folder.resolve("out"),
                "--epochs",
                6,
                "--dim",
                8,
                "--promote");
        assertThat(output.code()).as(output.err()).isZero();
        try (Stream<Path> versions = Files.list(folder.resolve("out"))) {
            artefact = Artefact.open(versions.findFirst().orElseThrow());
        }
    }

    @AfterAll
    void stopServer() {
        server.sdkProperties().keySet().forEach(System::clearProperty);
        server.close();
    }

    @Test
    void artefactInAFolder_isReproduced() {
        CommandRun output = CommandRun.in(environment, "reproduce", artefact.directory(), "--data", rows);

        assertThat(output.code()).as(output.out() + output.err()).isZero();
        assertThat(output.out())
                .contains("| test.recall@20 ", "| test.ndcg@20 of popularity", "61 equal lists", "80 equal lists")
                .contains(artefact.manifest().version() + " is reproduced")
                .doesNotContain("NO");
    }

    @Test
    void publishedVersion_isReproducedFromItsCopy() {
        CommandRun output = CommandRun.in(
                environment, "reproduce", artefact.manifest().version(), "--data", rows, "--tolerance", 0);

        assertThat(output.code()).as(output.out() + output.err()).isZero();
        assertThat(output.out()).contains("is reproduced");
    }

    /** A scan of the table has no order. */
    @Test
    void sameRowsInAnotherOrder_giveTheSame() throws Exception {
        List<ReviewMotivations> shuffled = new ArrayList<>(sample);
        Collections.shuffle(shuffled, new Random(7));
        Path file = folder.resolve("shuffled.jsonl");
        new RowsFile().write(file, shuffled);

        CommandRun output =
                CommandRun.in(environment, "reproduce", artefact.directory(), "--data", file, "--tolerance", 0);

        assertThat(output.code()).as(output.out() + output.err()).isZero();
    }

    @Test
    void otherRows_areRefusedNamingBothFingerprints() throws Exception {
        List<ReviewMotivations> others = sample.subList(1, sample.size());
        Path file = folder.resolve("others.jsonl");
        new RowsFile().write(file, others);

        CommandRun output = CommandRun.in(environment, "reproduce", artefact.directory(), "--data", file);

        assertThat(output.code()).isEqualTo(3);
        assertThat(output.err()).contains(RowsFingerprint.of(sample), RowsFingerprint.of(others), "rows.jsonl");
        assertThat(output.out()).as("nothing is trained").doesNotContain("train ");
    }

    @Test
    void manifestWithAnotherMetric_differs() throws Exception {
        Path copy = copyOfArtefact("altered");
        Path file = copy.resolve("manifest.json");
        String manifest = Files.readString(file);
        Matcher metric = Pattern.compile("(\"test.recall@20\" : )([0-9.]+)").matcher(manifest);
        assertThat(metric.find()).isTrue();
        double altered = Double.parseDouble(metric.group(2)) + 0.01;
        Files.writeString(file, metric.replaceFirst("$1" + altered));

        CommandRun output = CommandRun.in(environment, "reproduce", copy, "--data", rows);

        assertThat(output.code()).isEqualTo(3);
        assertThat(output.out().lines().filter(line -> line.contains("| NO ")))
                .singleElement()
                .asString()
                .contains("| test.recall@20  ");
        assertThat(output.out()).contains("is not reproduced: 1 of ");
        assertThat(CommandRun.in(environment, "reproduce", copy, "--data", rows, "--tolerance", 0.02)
                        .code())
                .isZero();
    }

    @Test
    void manifestWithAnotherSeed_differsInVectors() throws Exception {
        Path copy = copyOfArtefact("seed");
        Path file = copy.resolve("manifest.json");
        Files.writeString(file, Files.readString(file).replace("--seed=1\\\"", "--seed=2\\\""));

        CommandRun output = CommandRun.in(environment, "reproduce", copy, "--data", rows, "--tolerance", 1);

        assertThat(output.code()).isEqualTo(3);
        assertThat(output.out().lines().filter(line -> line.contains("| NO ")))
                .anySatisfy(line -> assertThat(line).contains("top 20 items of users"));
    }

    @Test
    void manifestWithoutACommand_isRefused() throws Exception {
        Path copy = copyOfArtefact("early");
        Path file = copy.resolve("manifest.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\"command\" : ", "\"other\" : "));

        CommandRun output = CommandRun.in(environment, "reproduce", copy, "--data", rows);

        assertThat(output.code()).isNotZero();
        assertThat(output.err()).contains("does not say by which command");
    }

    @Test
    void nothingOfThatName_isSaid() {
        CommandRun output = CommandRun.in(environment, "reproduce", "20000101T000000000Z-00000000", "--data", rows);

        assertThat(output.code()).isEqualTo(1);
        assertThat(output.err()).contains("20000101T000000000Z-00000000", "is not in s3://" + bucket);
    }

    @Test
    void manifest_holdsEveryOptionThatShapesTheRun() throws Exception {
        Provenance provenance = Provenance.of(artefact.manifest());

        assertThat(provenance.command())
                .startsWith("train")
                .contains("--dim=8", "--epochs=6", "--seed=1", "--rating-min=0.0")
                .noneMatch(word -> word.contains(folder.toString()))
                .doesNotContain("--promote");
        assertThat(provenance.rows()).isEqualTo("file rows.jsonl");
        assertThat(provenance.rowsFingerprint()).isEqualTo(RowsFingerprint.of(sample));
        assertThat(artefact.manifest().provenance()).containsEntry("dim", "8").containsKeys("seed", "commit", "split");
    }

    @Test
    void modelCard_liesBesideTheArtefactHereAndInTheBucket() throws Exception {
        String card = Files.readString(artefact.file(ModelCard.FILE));

        assertThat(card)
                .startsWith("# " + artefact.manifest().name() + " "
                        + artefact.manifest().version())
                .contains("80, 61", artefact.manifest().dataFingerprint(), RowsFingerprint.of(sample))
                .contains("| **this model** |", "| popularity |", "| ease |")
                .contains(
                        "| dim | 8 |",
                        "## Limits",
                        "./lmmrec reproduce " + artefact.manifest().version());
        assertThat(server.client()
                        .getObjectAsBytes(get ->
                                get.bucket(bucket).key(artefact.manifest().version() + "/" + ModelCard.FILE))
                        .asUtf8String())
                .isEqualTo(card);
        assertThat(new ModelCard(artefact.manifest()).markdown())
                .as("the manifest alone is enough to write it")
                .isEqualTo(card);
    }

    private Path copyOfArtefact(String name) throws Exception {
        Path copy = Files.createDirectories(folder.resolve(name));
        try (Stream<Path> files = Files.list(artefact.directory())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }
}
