package dev.lmmrec.extraction.extractor.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.ChatModel;
import dev.lmmrec.extraction.extractor.llm.provider.ChatModels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The forms in which endpoints are asked and answer. */
enum WireForm {
    OPENAI("/v1/chat/completions") {
        @Override
        ChatModel model(String server, Duration timeout) {
            return ChatModels.openAi(server + "/v1", MODEL, "key", timeout);
        }

        @Override
        String answer(String content, boolean cut) {
            return json(Map.of(
                    "id",
                    "c1",
                    "object",
                    "chat.completion",
                    "created",
                    1_700_000_000,
                    "model",
                    MODEL,
                    "choices",
                    List.of(Map.of(
                            "index",
                            0,
                            "finish_reason",
                            cut ? "length" : "stop",
                            "message",
                            Map.of("role", "assistant", "content", content))),
                    "usage",
                    Map.of("prompt_tokens", TOKENS_IN, "completion_tokens", TOKENS_OUT, "total_tokens", TOKENS)));
        }

        @Override
        String error(int status) {
            return json(Map.of("error", Map.of("message", "no", "type", "error", "code", "e" + status)));
        }

        @Override
        JsonNode schema(JsonNode request) {
            JsonNode format = request.path("response_format").path("json_schema");
            return format.path("strict").asBoolean() ? format.path("schema") : format.path("not strict");
        }

        @Override
        String question(JsonNode request) {
            return request.at("/messages/1/content").asText();
        }
    },

    OLLAMA("/api/chat") {
        @Override
        ChatModel model(String server, Duration timeout) {
            return ChatModels.ollama(server, MODEL, timeout);
        }

        @Override
        String answer(String content, boolean cut) {
            return json(Map.of(
                    "model",
                    MODEL,
                    "created_at",
                    "2026-01-01T00:00:00Z",
                    "message",
                    Map.of("role", "assistant", "content", content),
                    "done",
                    true,
                    "done_reason",
                    cut ? "length" : "stop",
                    "prompt_eval_count",
                    TOKENS_IN,
                    "eval_count",
                    TOKENS_OUT));
        }

        @Override
        String error(int status) {
            return json(Map.of("error", "no"));
        }

        @Override
        JsonNode schema(JsonNode request) {
            return request.path("format");
        }

        @Override
        String question(JsonNode request) {
            return request.at("/messages/1/content").asText();
        }
    },

    BEDROCK("/model/" + WireForm.MODEL + "/converse") {
        @Override
        ChatModel model(String server, Duration timeout) {
            return ChatModels.bedrock(MODEL, Optional.of("us-east-1"), Optional.of(server), timeout);
        }

        @Override
        String answer(String content, boolean cut) {
            return json(Map.of(
                    "output",
                    Map.of("message", Map.of("role", "assistant", "content", List.of(Map.of("text", content)))),
                    "stopReason",
                    cut ? "max_tokens" : "end_turn",
                    "usage",
                    Map.of("inputTokens", TOKENS_IN, "outputTokens", TOKENS_OUT, "totalTokens", TOKENS),
                    "metrics",
                    Map.of("latencyMs", 1)));
        }

        @Override
        String error(int status) {
            return json(Map.of("message", "no"));
        }

        @Override
        JsonNode schema(JsonNode request) {
            return parse(request.at("/outputConfig/textFormat/structure/jsonSchema/schema")
                    .asText());
        }

        @Override
        String question(JsonNode request) {
            return request.at("/messages/0/content/0/text").asText();
        }
    };

    static final String MODEL = "model-under-test";
    static final int TOKENS_IN = 1_000;
    static final int TOKENS_OUT = 200;
    static final int TOKENS = TOKENS_IN + TOKENS_OUT;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String path;

    WireForm(String path) {
        this.path = path;
    }

    /** Where the endpoint is asked. */
    String path() {
        return path;
    }

    /** A model behind such an endpoint. */
    abstract ChatModel model(String server, Duration timeout);

    /** What the endpoint answers. */
    abstract String answer(String content, boolean cut);

    /** What the endpoint answers along with an HTTP status other than 200. */
    abstract String error(int status);

    /** The schema in a request. */
    abstract JsonNode schema(JsonNode request);

    /** The question about the review in a request. */
    abstract String question(JsonNode request);

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
