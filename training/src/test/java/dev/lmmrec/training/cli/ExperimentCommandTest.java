package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.configuration.ConfigurationFile;
import dev.lmmrec.training.data.RowsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCommandTest {

    @TempDir
    private Path folder;

    private Path rows;

    @BeforeEach
    void writeRows() throws Exception {
        rows = folder.resolve("rows.jsonl.gz");
        new RowsFile().write(rows, SyntheticRows.of(40, 30, 3, 6, 2));
    }

    @Test
    void quickStudy_ofRows_writesAndPrintsItsTable() throws Exception {
        Path results = folder.resolve("out");

        CommandRun run = CommandRun.of(
                "experiment",
                "cold-start",
                "--data",
                rows,
                "--out",
                results,
                "--quick",
                "--backbones",
                "ease,lightgcn",
                "--wrappers",
                "rlmrec-con",
                "--dim",
                4);

        assertThat(run.code()).as(run.err()).isZero();
        String table = Files.readString(results.resolve("table.md"));
        assertThat(run.out()).contains("240 rows, 40 users", table);
        assertThat(table)
                .contains("`./lmmrec experiment cold-start --data")
                .contains("| lightgcn + rlmrec-con |", "| ease + rlmrec-con |")
                .contains("users by their training interactions");
        assertThat(results.resolve("results.json")).isNotEmptyFile();
        assertThat(results.resolve("cold-start-users.png")).isNotEmptyFile();
        assertThat(results.resolve("learning-curves.png")).isNotEmptyFile();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void configuration_holdsWhereNoOptionSaysOtherwise() throws Exception {
        Path config = write("""
                data: {path: rows.jsonl.gz}
                backbones: [{name: ease, settings: {ridge: 7}}, popularity]
                seeds: [3, 4]
                """);

        CommandRun run = CommandRun.of(
                "experiment", "backbones", "--config", config, "--out", folder.resolve("out"), "--backbones", "ease");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("Seeds 3, 4", "ease: ridge 7").doesNotContain("popularity");
    }

    @Test
    void options_holdAlsoForABackboneWithAFitOfItsOwn() throws Exception {
        Path config = write("""
                data: {path: rows.jsonl.gz}
                backbones:
                  - {name: mf-bpr, fit: {dim: 16, epochs: 30, batch: 64}}
                  - name: blend
                    of: [ease, {name: mf-bpr, fit: {dim: 16, batch: 64}}]
                """);

        CommandRun run = CommandRun.of(
                "experiment", "backbones", "--config", config, "--out", folder.resolve("out"), "--dim", 4, "--quick");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("- mf-bpr: ") || line.startsWith("- blend: ")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("dim 4,", "epochs 6,", "batch 64"));
    }

    @Test
    void mistakes_areListedAtOnceAndNothingIsRun() throws Exception {
        Path config = write("""
                data:
                  path: rows.jsonl.gz
                  motives: nowhere.jsonl
                split: {protocol: published}
                fit: {dim: 31, width: 3}
                backbones:
                  - name: ease
                    settings: {ridge: -1, depth: 2}
                  - wonder
                wrappers: [magic]
                """);

        CommandRun run = CommandRun.of("experiment", "lmmrec", "--config", config, "--out", folder.resolve("out"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().lines())
                .anySatisfy(line -> assertThat(line).contains("line 3: data.motives does not exist"))
                .anySatisfy(line -> assertThat(line).contains("line 5: fit.width is no setting", "learning-rate"))
                .anySatisfy(line -> assertThat(line).contains("line 8: backbones[0].settings.ridge is -1, must be"))
                .anySatisfy(line -> assertThat(line).contains("line 8: backbones[0].settings.depth", "there are ridge"))
                .anySatisfy(line -> assertThat(line).contains("line 9: backbones[1]", "no backbone wonder"))
                .anySatisfy(line -> assertThat(line).contains("line 10: wrappers[0]", "no wrapper magic"))
                .last()
                .isEqualTo("6 mistakes");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void dataThatDoNotFit_areAMistakeOfTheConfiguration() throws Exception {
        Path config = write("""
                data: {path: rows.jsonl.gz}
                split: {protocol: published}
                fit: {dim: 31}
                """);

        CommandRun run = CommandRun.of("validate", config);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("line 2: split.protocol is published", "line 3: fit.dim is 31, more than the data allow")
                .contains("2 mistakes");
    }

    @Test
    void textForASplitWithoutReviews_isAMistake() throws Exception {
        for (String part : List.of("train", "validation", "test")) {
            Files.writeString(
                    folder.resolve(part + ".tsv"),
                    switch (part) {
                        case "train" -> "a\tx\nb\ty\nc\tz\n";
                        case "validation" -> "a\ty\n";
                        default -> "b\tx\n";
                    });
        }

        CommandRun run = CommandRun.of(
                "experiment", "lmmrec", "--data", folder, "--out", folder.resolve("out"), "--wrappers", "lmmrec");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("wrappers[0] is lmmrec, but the data have no text");
    }

    @Test
    void validConfiguration_isCalledValid() throws Exception {
        Path config = write("data: {path: rows.jsonl.gz}\n");

        CommandRun run = CommandRun.of("validate", config);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("is valid: 240 rows");
    }

    @Test
    void example_isPrintedAsItIs() {
        CommandRun run = CommandRun.of("validate", "--example");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(ConfigurationFile.EXAMPLE);
    }

    @Test
    void wrongUsage_hasCodeTwo() {
        CommandRun run = CommandRun.of("experiment", "everything", "--out", folder);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there is no study 'everything'", "cold-start");
        assertThat(CommandRun.of("experiment", "noise", "--data", rows, "--out", folder, "--seeds", 0)
                        .code())
                .isEqualTo(2);
        assertThat(CommandRun.of("validate").code()).isEqualTo(2);
    }

    @Test
    void noDataAtAll_isAMistake() {
        CommandRun run = CommandRun.of("experiment", "noise", "--out", folder.resolve("out"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("data is missing; name the data with data.path or --data");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), yaml);
    }
}
