package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.provenance.RowsFingerprint;
import dev.lmmrec.training.run.Listener;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real table that is found by the SDK's own settings. */
class RowsOptionsTest {

    private static final Map<String, String> SDK_SETTINGS =
            Map.of("aws.region", "us-east-1", "aws.accessKeyId", "local", "aws.secretAccessKey", "local");
    private static final String ENDPOINT = "aws.endpointUrlDynamoDb";

    @TempDir
    private Path folder;

    private final RowsOptions options = new RowsOptions();
    private MotivationStore store;
    private Clients clients;

    @BeforeEach
    void fillTable() {
        DynamoDbLocal server = DynamoDbLocal.shared();
        String table = server.createTable("reviewId");
        store = new MotivationStore(server.client(), table);
        SyntheticRows.of(8, 12, 3, 4, 7).forEach(store::put);
        clients = Clients.of(Map.of(Clients.TABLE, table));
        SDK_SETTINGS.forEach(System::setProperty);
        System.setProperty(ENDPOINT, server.endpoint().toString());
    }

    @AfterEach
    void forgetServer() {
        SDK_SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty(ENDPOINT);
    }

    @Test
    void runThatIsTakenUp_goesOnWithTheRowsItBeganWith_whateverTheTableHasBecome() throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        String begun = fingerprint(Optional.of(checkpoints));
        store.put(SyntheticRows.row("newcomer", "i1", "says something", null));

        assertThat(fingerprint(Optional.of(checkpoints))).isEqualTo(begun);
        assertThat(fingerprint(Optional.of(folder.resolve("other")))).isNotEqualTo(begun);
        assertThat(fingerprint(Optional.empty())).isNotEqualTo(begun);
        assertThat(checkpoints).isDirectoryContaining(file -> file.endsWith(RowsOptions.SCANNED));
    }

    private String fingerprint(Optional<Path> checkpoints) throws Exception {
        return RowsFingerprint.of(
                options.read(clients, Listener.SILENT, checkpoints).rows());
    }
}
