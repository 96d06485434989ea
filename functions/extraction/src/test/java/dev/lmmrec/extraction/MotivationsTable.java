package dev.lmmrec.extraction;

import dev.lmmrec.core.testing.DynamoDbLocal;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The tables on the real server, for the function under test. */
public final class MotivationsTable implements QuarkusTestResourceLifecycleManager {

    /** Its name. */
    public static final String NAME = "extraction-function-motivations";

    /** The name of the table of days' costs. */
    public static final String SPEND = "extraction-function-spend";

    private static final String FORGOTTEN = "extraction-function-forgotten";

    @Override
    public Map<String, String> start() {
        DynamoDbLocal server = DynamoDbLocal.shared();
        if (!server.client().listTables().tableNames().contains(NAME)) {
            server.createTable(NAME, "reviewId");
            server.createTable(FORGOTTEN, "key");
            server.createTable(SPEND, "day");
        }
        return Map.of(
                "quarkus.dynamodb.endpoint-override",
                server.endpoint().toString(),
                "quarkus.dynamodb.aws.region",
                "us-east-1",
                "quarkus.dynamodb.aws.credentials.type",
                "static",
                "quarkus.dynamodb.aws.credentials.static-provider.access-key-id",
                "local",
                "quarkus.dynamodb.aws.credentials.static-provider.secret-access-key",
                "local",
                "lmmrec.motivations-table",
                NAME,
                "lmmrec.forgotten-table",
                FORGOTTEN,
                "lmmrec.spend-table",
                SPEND);
    }

    @Override
    public void stop() {}
}
