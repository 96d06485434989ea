package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.data.RowsFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** On a real table that is found by the SDK's own settings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportCommandTest {

    @TempDir
    private Path folder;

    private SdkTable table;
    private List<ReviewMotivations> rows;

    @BeforeAll
    void fillTable() {
        rows = SyntheticRows.of(8, 12, 3, 4, 7);
        table = new SdkTable(rows);
    }

    @AfterAll
    void forgetTable() {
        table.close();
    }

    @Test
    void table_exportedToAGzipFile_isReadBackInTheOrderOfReviewIds() throws Exception {
        Path file = folder.resolve("rows.jsonl.gz");

        assertThat(export(file)).contains("32 rows");

        assertThat(Files.readAllBytes(file)).startsWith(0x1F, 0x8B);
        assertThat(new RowsFile().read(file))
                .extracting(ReviewMotivations::review)
                .containsExactlyElementsOf(rows.stream()
                        .map(ReviewMotivations::review)
                        .sorted(Comparator.comparing(review -> review.reviewId()))
                        .toList());
    }

    @Test
    void table_exportedTwice_givesEqualFiles() throws Exception {
        Path first = folder.resolve("first.jsonl");
        Path second = folder.resolve("second.jsonl");

        export(first);
        export(second);

        assertThat(first).hasSameBinaryContentAs(second);
        try (var files = Files.list(folder)) {
            assertThat(files).allSatisfy(file -> assertThat(file.toString()).doesNotContain("unfinished"));
        }
    }

    @Test
    void folderThatDoesNotExist_isNamed() {
        StringWriter err = new StringWriter();

        int code = Main.commandLine(table.clients())
                .setErr(new PrintWriter(err, true))
                .execute("export", "--out", folder.resolve("none/rows.jsonl").toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("none does not exist");
    }

    private String export(Path file) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine(table.clients())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute("export", "--out", file.toString());
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }
}
