package dev.lmmrec.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On files that SciPy 1.17 wrote: COO by protocol 4, COO of 32-bit numbers by protocol 2, CSR by protocol 5. */
class RlmrecFolderTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void copyFiles() throws Exception {
        for (String name : new String[] {"trn_mat.pkl", "val_mat.pkl", "tst_mat.pkl"}) {
            copy("rlmrec/" + name, name);
        }
    }

    @Test
    void matrices_becomeASplitThatIsReadBack() throws Exception {
        Path out = folder.resolve("out");

        assertThat(RlmrecFolder.convert(folder, out))
                .containsEntry("train", 6)
                .containsEntry("validation", 2)
                .containsEntry("test", 2);

        assertThat(out.resolve("train.tsv")).hasContent("user\titem\n0\t0\n0\t1\n1\t1\n2\t0\n2\t2\n3\t2");
        assertThat(out.resolve("validation.tsv")).hasContent("user\titem\n0\t2\n1\t0");
        // the entry of value 0 at row 3, column 1 is no interaction
        assertThat(out.resolve("test.tsv")).hasContent("user\titem\n2\t1\n3\t0");
        PublishedSplit split = PublishedSplit.read(out);
        assertThat(split.users()).hasSize(4);
        assertThat(split.split().train().count()).isEqualTo(6);
    }

    @Test
    void commandInAPickle_isRefusedAndNotRun() throws Exception {
        Path trace = Path.of("/tmp/evil-was-run");
        Files.deleteIfExists(trace);
        copy("evil.pkl", "val_mat.pkl");

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> RlmrecFolder.convert(folder, folder.resolve("out")))
                .withMessageContaining("val_mat.pkl is no pickled COO or CSR matrix");
        assertThat(trace).doesNotExist();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"dict.pkl, HashMap", "objects.pkl, O8"})
    void pickleOfSomethingElse_isRefused(String file, String named) throws Exception {
        copy(file, "tst_mat.pkl");

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> RlmrecFolder.convert(folder, folder.resolve("out")))
                .withMessageContaining("tst_mat.pkl")
                .withMessageContaining(named);
    }

    @Test
    void fileThatIsCut_isRefused() throws Exception {
        byte[] whole = Files.readAllBytes(folder.resolve("trn_mat.pkl"));
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(folder.resolve("trn_mat.pkl"), Arrays.copyOf(whole, length));

            assertThatExceptionOfType(Exception.class)
                    .as("after %s bytes", length)
                    .isThrownBy(() -> RlmrecFolder.convert(folder, folder.resolve("out")))
                    .isInstanceOfAny(RefusedInputException.class, IOException.class);
        }
    }

    @Test
    void missingMatrix_isNamed() throws Exception {
        Files.delete(folder.resolve("val_mat.pkl"));

        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> RlmrecFolder.convert(folder, folder.resolve("out")))
                .withMessageContaining("has no val_mat.pkl");
    }

    private void copy(String resource, String name) throws IOException {
        try (InputStream in = RlmrecFolderTest.class.getResourceAsStream(resource)) {
            Files.write(folder.resolve(name), in.readAllBytes());
        }
    }
}
