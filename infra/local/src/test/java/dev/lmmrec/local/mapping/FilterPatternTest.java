package dev.lmmrec.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.local.description.Description;
import dev.lmmrec.local.description.Mapping;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPatternTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":["x"]}                              | {"a":"x"}             | true
            {"a":["x"]}                              | {"a":"y"}             | false
            {"a":["x"]}                              | {}                    | false
            {"a":["x","y"]}                          | {"a":"y"}             | true
            {"a":["x"],"b":["y"]}                    | {"a":"x"}             | false
            {"a":[null]}                             | {"a":null}            | true
            {"a":[null]}                             | {}                    | false
            {"a":[true]}                             | {"a":true}            | true
            {"a":[1]}                                | {"a":1.0}             | true
            {"a":[1]}                                | {"a":"1"}             | false
            {"a":["x"]}                              | {"a":["w","x"]}       | true
            {"a":["x"]}                              | {"a":["w"]}           | false
            {"a":{"b":["x"]}}                        | {"a":{"b":"x","c":1}} | true
            {"a":{"b":["x"]}}                        | {"a":"x"}             | false
            {"a":[{"exists":true}]}                  | {"a":"x"}             | true
            {"a":[{"exists":true}]}                  | {"a":null}            | true
            {"a":[{"exists":true}]}                  | {}                    | false
            {"a":[{"exists":true}]}                  | {"a":{"b":1}}         | false
            {"a":[{"exists":false}]}                 | {}                    | true
            {"a":[{"exists":false}]}                 | {"a":1}               | false
            {"a":{"b":[{"exists":false}]}}           | {}                    | true
            {"a":{"b":[{"exists":false}]}}           | {"a":{"c":1}}         | true
            {"a":{"b":[{"exists":false}]}}           | {"a":{"b":1}}         | false
            {"a":[{"prefix":"ab"}]}                  | {"a":"abc"}           | true
            {"a":[{"prefix":"ab"}]}                  | {"a":"ba"}            | false
            {"a":[{"prefix":"ab"}]}                  | {"a":7}               | false
            {"a":[{"anything-but":["x","y"]}]}       | {"a":"z"}             | true
            {"a":[{"anything-but":["x","y"]}]}       | {"a":"y"}             | false
            {"a":[{"anything-but":"x"}]}             | {}                    | false
            {"a":[{"anything-but":[7]}]}             | {"a":7}               | false
            {"a":[{"numeric":[">",1,"<=",3]}]}       | {"a":3}               | true
            {"a":[{"numeric":[">",1,"<=",3]}]}       | {"a":1}               | false
            {"a":[{"numeric":["=",2]}]}              | {"a":"2"}             | false
            {"a":["x",{"numeric":["<",0]}]}          | {"a":-1}              | true
            """)
    void matches_eachRule_isWhatLambdaDocuments(String pattern, String event, boolean expected)
            throws JsonProcessingException {
        assertThat(FilterPattern.parse(json(pattern)).matches(json(event))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"a\":[]}",
                "{\"a\":\"x\"}",
                "{\"a\":[[\"x\"]]}",
                "{\"a\":[{\"suffix\":\"x\"}]}",
                "{\"a\":[{\"equals-ignore-case\":\"x\"}]}",
                "{\"a\":[{\"exists\":\"yes\"}]}",
                "{\"a\":[{\"prefix\":1}]}",
                "{\"a\":[{\"anything-but\":{\"prefix\":\"x\"}}]}",
                "{\"a\":[{\"anything-but\":[]}]}",
                "{\"a\":[{\"numeric\":[\">\"]}]}",
                "{\"a\":[{\"numeric\":[\"~\",1]}]}",
                "{\"a\":[{\"prefix\":\"x\",\"exists\":true}]}",
                "{\"$or\":[{\"a\":[1]}]}",
                "{\"dynamodb\":{\"NewImage\":{\"price\":{\"N\":[{\"numeric\":[\">\",1]}]}}}}"
            })
    void parse_whatIsNotUnderstood_isRefused(String pattern) {
        assertThatThrownBy(() -> FilterPattern.parse(json(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("filter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"eventName":"INSERT","dynamodb":{"NewImage":{"contentHash":{"S":"x"}}}}                                        | true
            {"eventName":"MODIFY","dynamodb":{"NewImage":{"contentHash":{"S":"x"},"vectors":{"M":{"encoderId":{"S":"e"}}}}}} | false
            {"eventName":"INSERT","dynamodb":{"NewImage":{"other":{"S":"x"}}}}                                              | false
            {"eventName":"REMOVE","dynamodb":{"OldImage":{"contentHash":{"S":"x"},"vectors":{"M":{"encoderId":{"S":"e"}}}}}} | true
            """)
    void describedFilters_ofMotivations_passWhatHasNoVectorsAndRemovals(String event, boolean expected)
            throws JsonProcessingException {
        Description description = Description.read(Path.of("..", "deployment.json"));
        Mapping.FromStream mapping = (Mapping.FromStream) description.mappings().get("motivations-to-embedding");
        List<FilterPattern> filters =
                mapping.filters().stream().map(FilterPattern::parse).toList();
        JsonNode record = json(event);

        assertThat(filters.stream().anyMatch(filter -> filter.matches(record))).isEqualTo(expected);
    }

    @Test
    void parse_pattern_namesThePlaceOfWhatIsWrong() {
        assertThatThrownBy(() -> FilterPattern.parse(json("{\"a\":{\"b\":[{\"wildcard\":\"*\"}]}}")))
                .hasMessageContaining(".a.b")
                .hasMessageContaining("wildcard");
    }
}
