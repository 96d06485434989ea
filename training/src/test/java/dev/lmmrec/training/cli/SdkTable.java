package dev.lmmrec.training.cli;

import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.testing.DynamoDbLocal;
import java.util.List;
import java.util.Map;

/** A real table of motivations that is found by the SDK's own settings, until it is closed. */
final class SdkTable implements AutoCloseable {

    private static final Map<String, String> SETTINGS =
            Map.of("aws.region", "us-east-1", "aws.accessKeyId", "local", "aws.secretAccessKey", "local");
    private static final String ENDPOINT = "aws.endpointUrlDynamoDb";

    private final String table;
    private final MotivationStore store;

    SdkTable(List<ReviewMotivations> rows) {
        DynamoDbLocal server = DynamoDbLocal.shared();
        table = server.createTable("reviewId");
        store = new MotivationStore(server.client(), table);
        rows.forEach(store::put);
        SETTINGS.forEach(System::setProperty);
        System.setProperty(ENDPOINT, server.endpoint().toString());
    }

    MotivationStore store() {
        return store;
    }

    /** Clients of the table alone. */
    Clients clients() {
        return Clients.of(Map.of(Clients.TABLE, table));
    }

    @Override
    public void close() {
        SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty(ENDPOINT);
    }
}
