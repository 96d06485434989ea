package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.provenance.RowsFingerprint;
import dev.lmmrec.training.run.Listener;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real table that is found by the SDK's own settings. */
class RowsOptionsTest {

    @TempDir
    private Path folder;

    private final RowsOptions options = new RowsOptions();
    private SdkTable table;

    @BeforeEach
    void fillTable() {
        table = new SdkTable(SyntheticRows.of(8, 12, 3, 4, 7));
    }

    @AfterEach
    void forgetTable() {
        table.close();
    }

    @Test
    void runThatIsTakenUp_goesOnWithTheRowsItBeganWith_whateverTheTableHasBecome() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        String begun = fingerprint(Optional.of(checkpoints));
        table.store().put(SyntheticRows.row("newcomer", "i1", "says something", null));

        assertThat(fingerprint(Optional.of(checkpoints))).isEqualTo(begun);
        assertThat(fingerprint(Optional.of(folder.resolve("other")))).isNotEqualTo(begun);
        assertThat(fingerprint(Optional.empty())).isNotEqualTo(begun);
        assertThat(checkpoints).isDirectoryContaining(file -> file.endsWith(RowsOptions.SCANNED));
    }

    private String fingerprint(Optional<Path> checkpoints) throws Exception {
        return RowsFingerprint.of(
                options.read(table.clients(), Listener.SILENT, checkpoints).rows());
    }
}
