package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.training.SampleRows;
import dev.lmmrec.training.data.RowsFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdStartEvaluationTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void usersAndItemsHeldOutWhole_areRankedBesidePopularity() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        new RowsFile().write(rows, SampleRows.read());
        Path json = folder.resolve("figures.json");

        int code = run("--rows", rows, "--cold", 0.2, "--splits", 2, "--epochs", 3, "--dim", 8, "--json", json);

        assertThat(code).as(err.toString()).isZero();
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures).hasSize(3).allSatisfy(question -> assertThat(question)
                .hasSize(3)
                .allSatisfy(order -> assertThat(order).hasSize(2).allSatisfy(figure -> assertThat(figure.asDouble())
                        .isBetween(0.0, 1.0))));
        assertThat(out.toString()).contains("cold users: warm items", "against popularity", "as served to known users");
    }

    @Test
    void shareThatIsNone_isAMistakeOfUse() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        new RowsFile().write(rows, SampleRows.read());

        assertThat(run("--rows", rows, "--cold", 1.5)).isEqualTo(2);
        assertThat(err.toString()).contains("--cold takes a share between 0 and 1");
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

        assertThat(run("--rows", rows, "--cold", 0.2, "--epochs", 1, "--dim", 8))
                .isEqualTo(1);
        assertThat(err.toString()).contains("embed");
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

        assertThat(run("--rows", rows, "--cold", 0.2, "--epochs", 1, "--dim", 8))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no review of held-out item", "embed");
        assertThat(out.toString()).doesNotContain("train ");
    }

    private int run(Object... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = "evaluate";
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].toString();
        }
        return Main.commandLine(Clients.of(Map.of()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }
}
