package dev.lmmrec.training.cli;

import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.models.ObjectStore;
import dev.lmmrec.models.S3Objects;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.run.Listener;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The table of motivations and the bucket of artefacts, as named by {@code LMMREC_MOTIVATIONS_TABLE} and
 * {@code LMMREC_ARTEFACTS_BUCKET}. Region, credentials and endpoints are the AWS SDK's own settings.
 */
final class Clients {

    /** Names the table. */
    static final String TABLE = "LMMREC_MOTIVATIONS_TABLE";

    /** Names the bucket. */
    static final String BUCKET = "LMMREC_ARTEFACTS_BUCKET";

    private static final String MANIFEST_SUFFIX = "/manifest.json";

    private final Map<String, String> environment;

    private Clients(Map<String, String> environment) {
        this.environment = environment;
    }

    static Clients fromEnvironment() {
        return new Clients(System.getenv());
    }

    static Clients of(Map<String, String> environment) {
        return new Clients(Map.copyOf(environment));
    }

    /** What needs a store and may fail like one. */
    @FunctionalInterface
    interface Use<T> {

        T with(Artefacts artefacts) throws Exception;
    }

    /** The bucket, and what the artefact contract does not offer: the list of versions. */
    record Artefacts(ObjectStore objects, S3Client s3, String bucket) {

        /** The version with the latest name, which is the one that was trained last. */
        Optional<String> latest() {
            return versions().stream().max(Comparator.naturalOrder());
        }

        /** All published versions, in the order of their names. */
        List<String> versions() {
            try (Stream<S3Object> all = s3.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()) {
                return all.map(S3Object::key)
                        .filter(key -> key.endsWith(MANIFEST_SUFFIX))
                        .map(key -> key.substring(0, key.length() - MANIFEST_SUFFIX.length()))
                        .sorted()
                        .toList();
            }
        }
    }

    /**
     * A table's name.
     *
     * @param variable names it
     * @return the name
     * @throws RefusedInputException if the variable is not set
     */
    String table(String variable) throws RefusedInputException {
        return Optional.ofNullable(environment.get(variable))
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> new RefusedInputException(variable + " is not set; it names a table of the"
                        + " deployment. ./lmmrec up publishes it for the deployment that is up"));
    }

    boolean hasBucket() {
        return environment.containsKey(BUCKET);
    }

    Optional<String> table() {
        return Optional.ofNullable(environment.get(TABLE));
    }

    List<ReviewMotivations> scanTable(Listener listener) throws RefusedInputException {
        String table = environment.get(TABLE);
        if (table == null) {
            throw new RefusedInputException("no rows: " + TABLE + " is not set; ./lmmrec up keeps a deployment up whose"
                    + " table is used, and most commands take --rows FILE");
        }
        try (DynamoDbClient dynamoDb = DynamoDbClient.builder()
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
                Stream<ReviewMotivations> rows = new MotivationStore(dynamoDb, table).scan()) {
            // a few hours old on AWS: good enough for a bar
            long expected = dynamoDb.describeTable(describe -> describe.tableName(table))
                    .table()
                    .itemCount();
            AtomicInteger read = new AtomicInteger();
            return rows.peek(row -> {
                        int count = read.incrementAndGet();
                        listener.progress("read", count, (int) Math.max(count, expected));
                    })
                    .toList();
        }
    }

    <T> T withArtefacts(Use<T> use) throws Exception {
        String bucket = environment.get(BUCKET);
        if (bucket == null) {
            throw new IOException(BUCKET + " is not set; it names the bucket of artefacts");
        }
        // path style, because a bucket is not always a host name
        try (S3Client s3 = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .forcePathStyle(true)
                .build()) {
            return use.with(new Artefacts(new S3Objects(s3, bucket), s3, bucket));
        }
    }
}
