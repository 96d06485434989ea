package dev.lmmrec.extraction.extractor.llm.prompt;

import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The strict form of an answer: thoughts first, in their order, so that the motivations can rest on them. */
final class AnswerSchema {

    private static final List<String> SIDES =
            Stream.of(Side.values()).map(Side::name).toList();
    private static final List<String> POLARITIES =
            Stream.of(Polarity.values()).map(Polarity::name).toList();

    private AnswerSchema() {}

    static ResponseFormat of(Facets facets, Thought thought) {
        Map<String, JsonSchemaElement> properties = new LinkedHashMap<>();
        if (thought == Thought.STEPS) {
            properties.put("observations", listOf(new JsonStringSchema()));
            properties.put(
                    "candidates",
                    listOf(object(
                            object -> object.addEnumProperty("side", SIDES).addStringProperty("idea"),
                            "side",
                            "idea")));
            properties.put(
                    "checks",
                    listOf(object(
                            object -> object.addStringProperty("idea")
                                    .addStringProperty("quote")
                                    .addBooleanProperty("shown"),
                            "idea",
                            "quote",
                            "shown")));
        }
        List<String> names = Stream.concat(facets.all().stream().map(Facet::name), Stream.of(Facets.OTHER))
                .toList();
        properties.put(
                "motivations",
                listOf(object(
                        object -> object.addEnumProperty("side", SIDES)
                                .addEnumProperty("facet", names)
                                .addStringProperty("otherFacet")
                                .addEnumProperty("polarity", POLARITIES)
                                .addStringProperty("statement")
                                .addStringProperty("evidence")
                                .addNumberProperty("strength")
                                .addNumberProperty("confidence"),
                        "side",
                        "facet",
                        "otherFacet",
                        "polarity",
                        "statement",
                        "evidence",
                        "strength",
                        "confidence")));
        properties.put("kind", listOf(new JsonStringSchema()));
        JsonObjectSchema root = JsonObjectSchema.builder()
                .addProperties(properties)
                .required(List.copyOf(properties.keySet()))
                .additionalProperties(false)
                .build();
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("motivations_of_a_review")
                        .rootElement(root)
                        .build())
                .build();
    }

    private static JsonArraySchema listOf(JsonSchemaElement items) {
        return JsonArraySchema.builder().items(items).build();
    }

    private static JsonObjectSchema object(UnaryOperator<JsonObjectSchema.Builder> fill, String... required) {
        return fill.apply(JsonObjectSchema.builder())
                .required(required)
                .additionalProperties(false)
                .build();
    }
}
