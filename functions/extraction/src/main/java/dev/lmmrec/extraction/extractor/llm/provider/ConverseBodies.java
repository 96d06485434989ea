package dev.lmmrec.extraction.extractor.llm.provider;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * The bodies of requests to Amazon Bedrock's Converse, for batch inference. They come out of the very model that asks
 * at once, at whose end there is no network but a notebook: so they cannot come to differ. For one thread.
 */
public final class ConverseBodies implements AutoCloseable {

    private static final String NO_ANSWER = """
            {"output":{"message":{"role":"assistant","content":[{"text":"-"}]}},"stopReason":"end_turn",
            "usage":{"inputTokens":0,"outputTokens":0,"totalTokens":0},"metrics":{"latencyMs":0}}""";
    private static final int OK = 200;

    private final Notebook notebook = new Notebook();
    private final BedrockRuntimeClient client;
    private final BedrockChatModel model;

    /**
     * Makes the bodies for a model.
     *
     * @param modelId the model's id, which does not stand in the body
     */
    public ConverseBodies(String modelId) {
        client = BedrockRuntimeClient.builder()
                .httpClient(notebook)
                // never sent anywhere, and neither are the credentials
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
                .build();
        model = BedrockChatModel.builder()
                .client(client)
                .modelId(modelId)
                .maxRetries(0)
                .build();
    }

    /**
     * The body of a request.
     *
     * @param request what is asked
     * @return JSON
     */
    public String of(ChatRequest request) {
        model.chat(request);
        return notebook.body;
    }

    @Override
    public void close() {
        client.close();
    }

    /** Takes down what would be sent. */
    private static final class Notebook implements SdkHttpClient {

        private String body = "";

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    try (InputStream content =
                            request.contentStreamProvider().orElseThrow().newStream()) {
                        body = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException("the body of a request cannot be read", e);
                    }
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder()
                                    .statusCode(OK)
                                    .putHeader("content-type", "application/json")
                                    .build())
                            .responseBody(AbortableInputStream.create(
                                    new ByteArrayInputStream(NO_ANSWER.getBytes(StandardCharsets.UTF_8))))
                            .build();
                }

                @Override
                public void abort() {
                    // it is over at once
                }
            };
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
