package dev.lmmrec.local.server;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Clients of the local servers, and the environment variables that give anybody else the same.
 *
 * @param dynamoDb tables
 * @param streams their streams
 * @param sqs queues
 * @param s3 buckets
 * @param endpoints the variables that an AWS SDK reads: endpoints, region and dummy keys
 */
public record AwsClients(
        DynamoDbClient dynamoDb,
        DynamoDbStreamsClient streams,
        SqsClient sqs,
        S3Client s3,
        Map<String, String> endpoints)
        implements AutoCloseable {

    /** The region everything claims to be in. */
    public static final String REGION = "eu-west-1";

    private static final String KEY = "local";
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration READ_MAX = Duration.ofSeconds(60);

    /**
     * Opens clients.
     *
     * @param dynamoDb where DynamoDB listens
     * @param sqs where SQS listens
     * @param s3 where S3 listens
     * @return the clients
     */
    public static AwsClients open(URI dynamoDb, URI sqs, URI s3) {
        Map<String, String> endpoints = new TreeMap<>(Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString(),
                "AWS_ENDPOINT_URL_SQS", sqs.toString(),
                "AWS_ENDPOINT_URL_S3", s3.toString(),
                "AWS_REGION", REGION,
                "AWS_DEFAULT_REGION", REGION,
                "AWS_ACCESS_KEY_ID", KEY,
                "AWS_SECRET_ACCESS_KEY", KEY));
        return new AwsClients(
                at(dynamoDb, DynamoDbClient.builder()).build(),
                at(dynamoDb, DynamoDbStreamsClient.builder()).build(),
                at(sqs, SqsClient.builder()).build(),
                // a bucket as the first part of the host name needs a DNS that a machine's own name has not
                at(s3, S3Client.builder()).forcePathStyle(true).build(),
                endpoints);
    }

    private static <
                    B extends
                            AwsClientBuilder<B, ?>
                                    & software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder<B, ?>>
            B at(URI endpoint, B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_MAX)
                        .socketTimeout(READ_MAX));
    }

    @Override
    public void close() {
        dynamoDb.close();
        streams.close();
        sqs.close();
        s3.close();
    }
}
