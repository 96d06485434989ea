package dev.lmmrec.extraction.extractor.llm.provider;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * An endpoint's key, kept in AWS Secrets Manager: read once, when the function starts, so that it stands neither in the
 * function's configuration nor in the state of whatever deployed it.
 */
public final class SecretKey {

    private static final Duration TIME_MAX = Duration.ofSeconds(10);

    private final Optional<URI> endpoint;
    private final Duration timeMax;

    /** Reads from AWS, with the credentials and the region that the SDK finds by itself. */
    public SecretKey() {
        this(Optional.empty(), TIME_MAX);
    }

    SecretKey(Optional<URI> endpoint, Duration timeMax) {
        this.endpoint = endpoint;
        this.timeMax = timeMax;
    }

    /**
     * Reads a key.
     *
     * @param id the secret's ARN or name; the whole of its text is the key
     * @return the key, without white space around it
     * @throws IllegalArgumentException if there is no such secret, if it may not be read, or if it has no text; the
     *     message names the secret and never what it holds
     */
    public String read(String id) {
        var builder = SecretsManagerClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(override -> override.apiCallTimeout(timeMax));
        endpoint.ifPresent(builder::endpointOverride);
        try (SecretsManagerClient secrets = builder.build()) {
            String key = secrets.getSecretValue(get -> get.secretId(id)).secretString();
            if (key == null || key.isBlank()) {
                throw new IllegalArgumentException("the secret " + id + " has no text; put the key in as text");
            }
            return key.strip();
        } catch (AwsServiceException e) {
            throw unreadable(id, e, "the function's role needs secretsmanager:GetSecretValue on it");
        } catch (SdkClientException e) {
            throw unreadable(id, e, "the function's network needs a way to AWS Secrets Manager");
        }
    }

    private static IllegalArgumentException unreadable(String id, SdkException e, String need) {
        return new IllegalArgumentException("the secret " + id + " cannot be read: " + e.getMessage() + "; " + need, e);
    }
}
