package dev.lmmrec.extraction.extractor.llm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a model's answer, or says what is wrong with it. */
final class AnswerReader {

    private static final int STRING_LENGTH_MAX = 20_000;
    private static final int DEPTH_MAX = 8;

    private final boolean stepsWanted;
    private final ObjectReader json;

    /**
     * Makes a reader.
     *
     * @param stepsWanted whether an answer without its steps is incomplete
     */
    AnswerReader(boolean stepsWanted) {
        this.stepsWanted = stepsWanted;
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(STRING_LENGTH_MAX)
                        .maxNestingDepth(DEPTH_MAX)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.json = JsonMapper.builder(factory)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build()
                .readerFor(ModelAnswer.class);
    }

    /**
     * Reads.
     *
     * @param response what the endpoint gave
     * @param boundary the line around the review, which no honest answer contains
     * @return the answer or what is wrong with it, free of the answer's words
     */
    Reading read(ChatResponse response, String boundary) {
        String text = response.aiMessage() == null ? null : response.aiMessage().text();
        if (text == null || text.isBlank()) {
            return Reading.bad("it was empty");
        }
        if (response.finishReason() == FinishReason.LENGTH) {
            return Reading.bad("it was longer than allowed and so was cut; be brief");
        }
        if (text.contains(boundary)) {
            return Reading.bad("it repeated the line around the review");
        }
        try {
            ModelAnswer answer = json.readValue(unfenced(text.strip()));
            if (answer == null) {
                return Reading.bad("it was null");
            }
            return answer.gap(stepsWanted).map(Reading::bad).orElseGet(() -> Reading.good(answer));
        } catch (JsonProcessingException e) {
            return Reading.bad(problemOf(e));
        }
    }

    /** Models without a schema like to put JSON into a code block. */
    private static String unfenced(String text) {
        int line = text.indexOf('\n');
        return text.startsWith("```") && text.endsWith("```") && line > 0
                ? text.substring(line, text.length() - 3)
                : text;
    }

    /** Jackson's own words quote the answer, which may be what a review told the model to say. */
    private static String problemOf(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return "a value does not fit the schema, at a depth of "
                    + mapping.getPath().stream()
                            .map(step -> step.getFieldName() == null ? "[]" : ".")
                            .collect(Collectors.joining());
        }
        return "it was no complete JSON object of the schema";
    }

    /**
     * What came of it.
     *
     * @param answer the answer, if it can be used
     * @param problem what is wrong with it otherwise
     */
    record Reading(Optional<ModelAnswer> answer, String problem) {

        static Reading good(ModelAnswer answer) {
            return new Reading(Optional.of(answer), "");
        }

        static Reading bad(String problem) {
            return new Reading(Optional.empty(), problem);
        }
    }
}
