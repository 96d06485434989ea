package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.data.RowsFile;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

    @TempDir
    private Path folder;

    private Path rows;

    @BeforeEach
    void writeRows() throws Exception {
        rows = folder.resolve("rows.jsonl");
        new RowsFile().write(rows, SyntheticRows.of(60, 40, 4, 6, 2));
    }

    @Test
    void help_ofEveryCommand_isWellFormed() {
        everyCommand(Main.commandLine(Clients.of(Map.of()))).forEach(command -> assertThat(Stream.concat(
                        Arrays.stream(command.getCommandSpec().usageMessage().description()),
                        command.getCommandSpec().options().stream()
                                .flatMap(option -> Arrays.stream(option.description()))))
                .as(command.getCommandSpec().qualifiedName())
                .allSatisfy(text ->
                        assertThatCode(() -> String.format(Locale.ROOT, text)).doesNotThrowAnyException()));
    }

    private static Stream<CommandLine> everyCommand(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(MainTest::everyCommand));
    }

    @Test
    void train_onARowsFile_writesAnArtefactWithTheFiguresItPrints() throws Exception {
        Path json = folder.resolve("report.json");

        CommandRun run = CommandRun.of(
                "train",
                "--rows",
                rows,
                "--out",
                folder.resolve("out"),
                "--no-publish",
                "--json",
                json,
                "--epochs",
                12,
                "--dim",
                8);

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        Artefact artefact = Artefact.open(Path.of(report.get("directory").asText()));
        assertThat(artefact.manifest().version())
                .isEqualTo(report.get("version").asText());
        assertThat(artefact.manifest().encoderId()).isEqualTo(SyntheticRows.ENCODER);
        JsonNode test = report.get("run").get("test");
        assertThat(test.fieldNames())
                .toIterable()
                .containsExactly(
                        "popularity",
                        "ease",
                        "lightgcn",
                        "lightgcn + popularity",
                        "lightgcn + text + popularity",
                        "lightgcn + text + motives + popularity",
                        "came after training: history and words",
                        "came after training: words alone");
        double recall = test.get("lightgcn + text + motives + popularity")
                .get("recall@20")
                .asDouble();
        assertThat(artefact.manifest().metrics()).containsEntry("test.recall@20", recall);
        assertThat(artefact.manifest().fusion().known().motives()).isPositive();
        assertThat(artefact.manifest().fusion().textOnly().motives()).isPositive();
        assertThat(artefact.manifest().dims()).isEqualTo(new Manifest.Dims(384, 8, 8, 8, 1));
        assertThat(recall).isGreaterThan(test.get("popularity").get("recall@20").asDouble());
        assertThat(artefact.manifest().provenance().get("weights")).contains("all interactions");
        assertThat(run.out())
                .contains("read", "60 users", "split", "train      lightgcn: ", "refit      on everything: ", "write")
                .contains("| recall@20 |", "| ease ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void train_withoutVectors_writesAnArtefactThatRanksWithoutText() throws Exception {
        new RowsFile()
                .write(
                        rows,
                        SyntheticRows.of(40, 30, 3, 5, 2).stream()
                                .map(row -> SyntheticRows.row(
                                        row.review().userId(), row.review().itemId(), "word", null))
                                .toList());
        Path json = folder.resolve("report.json");

        CommandRun run = CommandRun.of(
                "train",
                "--rows",
                rows,
                "--out",
                folder.resolve("out"),
                "--no-publish",
                "--no-refit",
                "--json",
                json,
                "--epochs",
                6,
                "--dim",
                8);

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        Artefact artefact = Artefact.open(Path.of(report.get("directory").asText()));
        assertThat(artefact.manifest().fusion().known().text()).isZero();
        assertThat(artefact.manifest().fusion().textOnly().popularity()).isPositive();
        assertThat(artefact.manifest().encoderId()).isEqualTo("none");
        assertThat(artefact.manifest().provenance().get("weights")).contains("training part alone");
    }

    @Test
    void train_withAWrapperWithoutAnEncoder_refitsAsItMeasuredAndRanksWithoutText() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");

        CommandRun run = CommandRun.of(
                "train",
                "--rows",
                rows,
                "--out",
                folder.resolve("out"),
                "--no-publish",
                "--no-baselines",
                "--wrapper",
                "rlmrec-gen",
                "--checkpoints",
                checkpoints,
                "--epochs",
                6,
                "--dim",
                8);

        assertThat(run.code()).as(run.err()).isZero();
        try (FileSystem refit = FileSystems.newFileSystem(checkpoints.resolve("refit/checkpoint.zip"))) {
            assertThat(Files.readString(refit.getPath("run.json"))).contains("\"trained wrapper\":\"rlmrec-gen\"");
        }
        try (Stream<Path> versions = Files.list(folder.resolve("out"))) {
            Manifest manifest =
                    Artefact.open(versions.findFirst().orElseThrow()).manifest();
            assertThat(manifest.name()).isEqualTo("lightgcn-rlmrec-gen");
            assertThat(manifest.fusion().known().text()).isZero();
            assertThat(manifest.fusion().history().text()).isZero();
            assertThat(manifest.fusion().textOnly()).isEqualTo(new Weights(0, 0, 0, 1));
        }
        assertThat(run.out()).doesNotContain("words alone");
    }

    @Test
    void evaluate_overTwoSplits_printsMeansAndDeviations() throws Exception {
        Path json = folder.resolve("report.json");

        CommandRun run =
                CommandRun.of("evaluate", "--rows", rows, "--splits", 2, "--epochs", 6, "--dim", 8, "--json", json);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("mean ± sd over splits", "| ease ");
        JsonNode runs = new ObjectMapper().readTree(json.toFile()).get("runs");
        assertThat(runs).hasSize(2);
        assertThat(runs.get(1).get("settings").get("seed").asText()).isEqualTo("2");
    }

    @Test
    void rowsOfTwoEncoders_endWithOneLineAndCodeOne() throws Exception {
        String two = Files.readString(rows)
                .replaceFirst("\"encoderId\":\"" + SyntheticRows.ENCODER + "\"", "\"encoderId\":\"another\"");
        Files.writeString(rows, two);

        CommandRun run = CommandRun.of("train", "--rows", rows, "--out", folder.resolve("out"), "--no-publish");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .contains("another", SyntheticRows.ENCODER));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void missingFile_endsWithItsNameAndCodeOne() {
        CommandRun run = CommandRun.of("train", "--rows", folder.resolve("none.jsonl"), "--no-publish");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .contains("no such file", "none.jsonl"));
    }

    @Test
    void settingOutOfRange_isWrongUsage() {
        CommandRun run = CommandRun.of("train", "--rows", rows, "--no-publish", "--dim", 0);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("dim is 0, must be 1 to 1024");
    }

    @Test
    void publishing_withoutABucket_isRefusedBeforeTraining() {
        CommandRun run = CommandRun.of("train", "--rows", rows);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("LMMREC_ARTEFACTS_BUCKET", "--no-publish");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void tolerance_thatIsNoShare_isWrongUsageBeforeTraining() {
        CommandRun training = CommandRun.of("train", "--rows", rows, "--no-publish", "--tolerance", 5);
        assertThat(training.code()).isEqualTo(2);
        assertThat(training.err()).contains("tolerance is 5.0, must be from 0 to 1");
        assertThat(training.out()).isEmpty();

        CommandRun promoting = CommandRun.of("promote", "--tolerance", "-0.1");
        assertThat(promoting.code()).isEqualTo(2);
        assertThat(promoting.err()).contains("tolerance is -0.1");
    }

    @Test
    void jobWhoseIdIsNoKey_isWrongUsage() {
        CommandRun run = CommandRun.of("job", "--state", "s3://bucket/jobs/", "--id", "a/b", "train");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("the job's id is 'a/b'").doesNotContain("\tat ");
    }

    @Test
    void neitherRowsNorTable_isAnError() {
        CommandRun run = CommandRun.of("evaluate");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("--rows FILE", "LMMREC_MOTIVATIONS_TABLE");
    }

    @Test
    void export_withoutATable_saysSoAndLeavesNoFile() {
        CommandRun run = CommandRun.of("export", "--out", folder.resolve("rows.jsonl.gz"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("LMMREC_MOTIVATIONS_TABLE is not set");
        assertThat(folder.resolve("rows.jsonl.gz")).doesNotExist();
    }

    @Test
    void import_ofAFolder_needsAPlaceToConvertItTo() {
        CommandRun nowhere = CommandRun.of("import", folder);

        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("give --out DIR");
        CommandRun empty = CommandRun.of("import", folder, "--out", folder.resolve("tsv"));
        assertThat(empty.code()).isEqualTo(1);
        assertThat(empty.err()).contains("has no trn_mat.pkl");
        assertThat(CommandRun.of("import", rows, "--out", folder.resolve("tsv")).code())
                .isEqualTo(2);
    }

    @Test
    void forget_withoutTheTableOfFeedback_isRefusedBeforeAnythingIsForgotten() {
        Map<String, String> environment = Map.of(
                Clients.TABLE,
                "motivations",
                "LMMREC_PROFILES_TABLE",
                "profiles",
                "LMMREC_FORGOTTEN_TABLE",
                "forgotten");

        CommandRun run = CommandRun.in(environment, "forget", "--user", "u1");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("LMMREC_FEEDBACK_TABLE is not set");
    }

    @Test
    void promote_withoutABucket_isAnError() {
        CommandRun run = CommandRun.of("promote");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("LMMREC_ARTEFACTS_BUCKET is not set");
    }
}
