package dev.lmmrec.extraction.extractor.llm.provider;

import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Makes models, one per form of endpoint. None tries again by itself: that is {@link CarefulModel}'s business. */
public final class ChatModels {

    private ChatModels() {}

    /**
     * A model behind OpenAI's chat completions, or anything that speaks like them.
     *
     * @param url up to and without {@code /chat/completions}
     * @param model the model's name there
     * @param apiKey the key
     * @param timeout the most an answer may take
     * @return the model, held to a strict schema
     */
    public static ChatModel openAi(String url, String model, String apiKey, Duration timeout) {
        return OpenAiChatModel.builder()
                .httpClientBuilder(httpClient(timeout))
                .baseUrl(url)
                .modelName(model)
                .apiKey(apiKey)
                .timeout(timeout)
                .maxRetries(0)
                .strictJsonSchema(true)
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .build();
    }

    /**
     * A model behind Ollama's own interface.
     *
     * @param url up to and without {@code /api/chat}
     * @param model the model's name there
     * @param timeout the most an answer may take
     * @return the model, held to a schema
     */
    public static ChatModel ollama(String url, String model, Duration timeout) {
        return OllamaChatModel.builder()
                .httpClientBuilder(httpClient(timeout))
                .baseUrl(url)
                .modelName(model)
                .timeout(timeout)
                .maxRetries(0)
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .build();
    }

    /**
     * A model behind Amazon Bedrock's Converse. Credentials are the AWS SDK's own.
     *
     * @param model a model's or an inference profile's id or ARN
     * @param region the region, or empty for the SDK's own
     * @param url another endpoint than the region's, or empty
     * @param timeout the most an answer may take
     * @return the model, held to a schema by structured output
     */
    public static ChatModel bedrock(String model, Optional<String> region, Optional<String> url, Duration timeout) {
        var client = BedrockRuntimeClient.builder()
                .httpClient(UrlConnectionHttpClient.builder()
                        .socketTimeout(timeout)
                        .connectionTimeout(timeout)
                        .build())
                .overrideConfiguration(override -> override.apiCallTimeout(timeout)
                        .retryStrategy(RetryMode.STANDARD)
                        .retryStrategy(strategy -> strategy.maxAttempts(1)));
        region.map(Region::of).ifPresent(client::region);
        url.map(URI::create).ifPresent(client::endpointOverride);
        return BedrockChatModel.builder()
                .client(client.build())
                .modelId(model)
                .timeout(timeout)
                .maxRetries(0)
                .build();
    }

    /** HTTP/1.1, which everything that calls itself compatible speaks. */
    private static JdkHttpClientBuilder httpClient(Duration timeout) {
        return JdkHttpClient.builder()
                .httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1))
                .connectTimeout(timeout)
                .readTimeout(timeout);
    }
}
