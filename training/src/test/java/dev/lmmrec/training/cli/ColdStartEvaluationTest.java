package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.training.SampleRows;
import dev.lmmrec.training.data.RowsFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdStartEvaluationTest {

    @TempDir
    Path folder;

    @Test
    void usersAndItemsHeldOutWhole_areRankedBesidePopularity() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        new RowsFile().write(rows, SampleRows.read());
        Path json = folder.resolve("figures.json");

        CommandRun run = CommandRun.of(
                "evaluate", "--rows", rows, "--cold", 0.2, "--splits", 2, "--epochs", 3, "--dim", 8, "--json", json);

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures).hasSize(3).allSatisfy(question -> assertThat(question)
                .hasSize(3)
                .allSatisfy(order -> assertThat(order).hasSize(2).allSatisfy(figure -> assertThat(figure.asDouble())
                        .isBetween(0.0, 1.0))));
        assertThat(run.out()).contains("cold users: warm items", "against popularity", "as served to known users");
    }

    @Test
    void shareThatIsNone_isAMistakeOfUse() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        new RowsFile().write(rows, SampleRows.read());

        CommandRun run = CommandRun.of("evaluate", "--rows", rows, "--cold", 1.5);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--cold takes a share between 0 and 1");
    }

    @Test
    void rowsWithoutVectors_cannotBeRankedByWords() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        new RowsFile()
                .write(
                        rows,
                        SampleRows.read().stream()
                                .map(row -> row.withVectors(null))
                                .toList());

        CommandRun run = CommandRun.of("evaluate", "--rows", rows, "--cold", 0.2, "--epochs", 1, "--dim", 8);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("embed");
    }

    @Test
    void itemOfWhichNoReviewHasVectors_isNamedBeforeTraining() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        new RowsFile()
                .write(
                        rows,
                        SampleRows.read().stream()
                                .map(row -> row.itemId().hashCode() % 2 == 0 ? row : row.withVectors(null))
                                .toList());

        CommandRun run = CommandRun.of("evaluate", "--rows", rows, "--cold", 0.2, "--epochs", 1, "--dim", 8);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no review of held-out item", "embed");
        assertThat(run.out()).doesNotContain("train ");
    }
}
