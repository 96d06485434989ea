package dev.lmmrec.local.server;

import dev.lmmrec.local.description.Description;
import dev.lmmrec.local.description.Queue;
import dev.lmmrec.local.description.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The described tables, queues and buckets as they exist in the servers.
 *
 * @param tables real table names by described name
 * @param streams stream ARNs by described table name, of tables that have one
 * @param queues real queues by described name
 * @param buckets real bucket names by described name
 */
public record Resources(
        Map<String, String> tables,
        Map<String, String> streams,
        Map<String, QueueAddress> queues,
        Map<String, String> buckets) {

    /**
     * A queue in a server.
     *
     * @param url where it is reached
     * @param arn its ARN
     */
    public record QueueAddress(String url, String arn) {}

    /**
     * Makes everything that is described.
     *
     * @param description what there shall be
     * @param clients of fresh servers; buckets may exist already
     * @return what there is
     */
    public static Resources create(Description description, AwsClients clients) {
        Map<String, String> tables = new LinkedHashMap<>();
        Map<String, String> streams = new LinkedHashMap<>();
        description.tables().forEach((name, table) -> {
            String real = description.name() + "-" + name;
            var created = clients.dynamoDb().createTable(request(real, table)).tableDescription();
            tables.put(name, real);
            if (table.stream() != null) {
                streams.put(name, created.latestStreamArn());
            }
        });
        Map<String, String> buckets = new LinkedHashMap<>();
        for (String name : description.buckets().keySet()) {
            String real = description.name() + "-" + name;
            try {
                clients.s3().createBucket(create -> create.bucket(real));
            } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
                // kept from an earlier run in the same state folder
            }
            buckets.put(name, real);
        }
        return new Resources(
                Map.copyOf(tables), Map.copyOf(streams), createQueues(description, clients), Map.copyOf(buckets));
    }

    private static CreateTableRequest request(String real, Table table) {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(real)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(hash(table.hashKey()))
                .attributeDefinitions(table.attributes().entrySet().stream()
                        .map(attribute -> AttributeDefinition.builder()
                                .attributeName(attribute.getKey())
                                .attributeType(attribute.getValue())
                                .build())
                        .toList());
        List<GlobalSecondaryIndex> indexes = new ArrayList<>();
        table.indexes()
                .forEach((name, index) -> indexes.add(GlobalSecondaryIndex.builder()
                        .indexName(name)
                        .keySchema(hash(index.hashKey()))
                        .projection(Projection.builder()
                                .projectionType(index.projection())
                                .build())
                        .build()));
        if (!indexes.isEmpty()) {
            request.globalSecondaryIndexes(indexes);
        }
        if (table.stream() != null) {
            request.streamSpecification(StreamSpecification.builder()
                    .streamEnabled(true)
                    .streamViewType(table.stream())
                    .build());
        }
        return request.build();
    }

    private static KeySchemaElement hash(String attribute) {
        return KeySchemaElement.builder()
                .attributeName(attribute)
                .keyType(KeyType.HASH)
                .build();
    }

    private static Map<String, QueueAddress> createQueues(Description description, AwsClients clients) {
        Map<String, QueueAddress> queues = new LinkedHashMap<>();
        description.queues().forEach((name, queue) -> {
            String url = clients.sqs()
                    .createQueue(create -> create.queueName(description.name() + "-" + name)
                            .attributes(Map.of(
                                    QueueAttributeName.VISIBILITY_TIMEOUT,
                                    Integer.toString(queue.visibilityTimeoutSeconds()),
                                    QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                                    Integer.toString(queue.retentionSeconds()))))
                    .queueUrl();
            String arn = clients.sqs()
                    .getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                    .attributes()
                    .get(QueueAttributeName.QUEUE_ARN);
            queues.put(name, new QueueAddress(url, arn));
        });
        // only now does every dead-letter queue exist
        description.queues().forEach((name, queue) -> {
            Queue.DeadLetter deadLetter = queue.deadLetter();
            if (deadLetter != null) {
                String policy = "{\"deadLetterTargetArn\":\""
                        + queues.get(deadLetter.queue()).arn() + "\",\"maxReceiveCount\":"
                        + deadLetter.maxReceiveCount() + "}";
                clients.sqs()
                        .setQueueAttributes(set -> set.queueUrl(queues.get(name).url())
                                .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)));
            }
        });
        return Map.copyOf(queues);
    }

    /**
     * The real name of something described, for placeholders.
     *
     * @param kind {@code table}, {@code queue} or {@code bucket}
     * @param name the described name
     * @return the table's or bucket's name, or the queue's URL
     */
    public String realName(String kind, String name) {
        return switch (kind) {
            case "table" -> tables.get(name);
            case "bucket" -> buckets.get(name);
            case "queue" -> queues.get(name).url();
            default -> throw new IllegalArgumentException("no kind of resource: " + kind);
        };
    }
}
