package dev.lmmrec.training.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.data.RowsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsFingerprintTest {

    @Test
    void rowsInAnotherOrder_receivedLater_haveTheSame() {
        List<ReviewMotivations> rows = SyntheticRows.of(8, 6, 2, 3, 1);
        List<ReviewMotivations> others = new ArrayList<>(
                rows.stream().map(row -> row.receivedAgainAt(99)).toList());
        Collections.shuffle(others, new Random(1));

        assertThat(RowsFingerprint.of(others)).isEqualTo(RowsFingerprint.of(rows));
    }

    @Test
    void rowsThatWereWrittenAndRead_haveTheSame(@TempDir Path folder) throws Exception {
        List<ReviewMotivations> rows = SyntheticRows.of(8, 6, 2, 3, 1);
        Path file = folder.resolve("rows.jsonl.gz");
        new RowsFile().write(file, rows);

        assertThat(RowsFingerprint.of(new RowsFile().read(file))).isEqualTo(RowsFingerprint.of(rows));
    }

    @Test
    void anyDifferenceThatTrainingCouldRead_makesAnother() {
        DenseVector vector = DenseVector.of(SyntheticRows.noise(new SplittableRandom(1), 1));
        float[] nearly = SyntheticRows.noise(new SplittableRandom(1), 1);
        nearly[383] = -nearly[383];
        List<ReviewMotivations> variants = List.of(
                SyntheticRows.row("u", "i", "word", vector),
                SyntheticRows.row("u", "j", "word", vector),
                SyntheticRows.row("v", "i", "word", vector),
                SyntheticRows.row("u", "i", "other", vector),
                SyntheticRows.row("u", "i", "word", DenseVector.of(nearly)),
                SyntheticRows.row("u", "i", "word", null),
                SyntheticRows.row("u", "i", "word", vector, "another-encoder", 5),
                SyntheticRows.row("u", "i", "word", vector, SyntheticRows.ENCODER, 4));

        Set<String> fingerprints = new HashSet<>();
        variants.forEach(row -> fingerprints.add(RowsFingerprint.of(List.of(row))));
        fingerprints.add(RowsFingerprint.of(List.of()));
        fingerprints.add(RowsFingerprint.of(variants.subList(0, 2)));

        assertThat(fingerprints).hasSize(variants.size() + 2);
    }
}
