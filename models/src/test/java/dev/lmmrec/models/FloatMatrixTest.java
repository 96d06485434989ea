package dev.lmmrec.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatMatrixTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 5", "1000, 129", "0, 7"})
    void matrix_isReadAsItWasWritten(int rows, int columns) throws Exception {
        Random random = new Random(rows);
        float[][] numbers = new float[rows][columns];
        for (float[] row : numbers) {
            for (int k = 0; k < columns; k++) {
                row[k] = random.nextFloat() - 0.5f;
            }
        }
        Path file = folder.resolve("m.npy");
        FloatMatrix.write(file, rows, columns, i -> numbers[i]);

        FloatMatrix read = FloatMatrix.map(file);

        assertThat(read.rows()).isEqualTo(rows);
        assertThat(read.columns()).isEqualTo(columns);
        for (int i = 0; i < rows; i++) {
            assertThat(read.row(i)).isEqualTo(numbers[i]);
        }
        byte[] bytes = Files.readAllBytes(file);
        assertThat((bytes.length - rows * columns * 4) % 64)
                .as("NumPy aligns the numbers")
                .isZero();
    }

    @Test
    void rowOfAnotherLength_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FloatMatrix.write(folder.resolve("m.npy"), 2, 3, i -> new float[3 - i]))
                .withMessage("row 1 has 2 numbers, must have 3");
    }

    @Test
    void fileThatIsCut_isRefused() throws Exception {
        Path file = folder.resolve("m.npy");
        FloatMatrix.write(file, 4, 3, i -> new float[3]);
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 4, 9, 40, 128, bytes.length - 1}) {
            Files.write(file, Arrays.copyOf(bytes, length));

            assertThatExceptionOfType(DamagedArtefactException.class)
                    .as("%s bytes of %s", length, bytes.length)
                    .isThrownBy(() -> FloatMatrix.map(file))
                    .withMessageContaining("m.npy");
        }
    }

    @Test
    void matrixOfOtherNumbers_isRefused() throws Exception {
        Path file = folder.resolve("m.npy");
        FloatMatrix.write(file, 4, 3, i -> new float[3]);
        String doubles = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace("<f4", "<f8");
        Files.write(file, doubles.getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(DamagedArtefactException.class)
                .isThrownBy(() -> FloatMatrix.map(file))
                .withMessageContaining("no NumPy file of float32 rows");
    }
}
