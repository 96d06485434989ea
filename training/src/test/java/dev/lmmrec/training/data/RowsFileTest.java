package dev.lmmrec.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.training.SyntheticRows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsFileTest {

    @TempDir
    private Path folder;

    @Test
    void rows_writtenAndRead_areTheSameUpToTheVectorsRestForm() throws Exception {
        List<ReviewMotivations> rows = SyntheticRows.of(3, 6, 2, 3, 1);
        Path file = folder.resolve("rows.jsonl");

        new RowsFile().write(file, rows);
        List<ReviewMotivations> read = new RowsFile().read(file);

        assertThat(read)
                .extracting(ReviewMotivations::review)
                .isEqualTo(rows.stream().map(ReviewMotivations::review).toList());
        DenseVector before = rows.get(0).vectors().orElseThrow().text();
        DenseVector after = read.get(0).vectors().orElseThrow().text();
        assertThat(after).isEqualTo(DenseVector.decode(before.encode()));
    }

    @Test
    void compressedFile_isReadLikeAPlainOne() throws Exception {
        List<ReviewMotivations> rows = SyntheticRows.of(2, 4, 2, 2, 1);
        Path plain = folder.resolve("rows.jsonl");
        new RowsFile().write(plain, rows);
        Path compressed = folder.resolve("rows.jsonl.gz");
        new RowsFile().write(compressed, rows);

        assertThat(Files.size(compressed)).isLessThan(Files.size(plain));
        assertThat(new RowsFile().read(compressed)).isEqualTo(new RowsFile().read(plain));
    }

    @Test
    void brokenLine_isRefusedWithFileAndLine() throws Exception {
        Path file = folder.resolve("rows.jsonl");
        new RowsFile().write(file, SyntheticRows.of(1, 4, 2, 2, 1));
        Files.writeString(file, Files.readString(file) + "{\"reviewId\": 1\n", StandardCharsets.UTF_8);

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> new RowsFile().read(file))
                .withMessageContaining("rows.jsonl, line 3");
    }

    @Test
    void vectorThatIsNotANumber_isRefusedWithTheLine() throws Exception {
        Path file = folder.resolve("rows.jsonl");
        new RowsFile().write(file, SyntheticRows.of(1, 4, 2, 1, 1));
        // a scale of NaN, little-endian, before the components
        String broken = Files.readString(file).replaceFirst("\"text\":\"[A-Za-z0-9+/]{8}", "\"text\":\"AADAfwAA");
        Files.writeString(file, broken);

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> new RowsFile().read(file))
                .withMessageContaining("line 1")
                .withMessageContaining("finite");
    }
}
