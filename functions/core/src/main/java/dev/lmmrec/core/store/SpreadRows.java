package dev.lmmrec.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rows with an attribute for each component of a record. */
final class SpreadRows<T> implements RowForm<T> {

    /** Digits of a whole number that is surely none too many for a long. */
    private static final int WHOLE_DIGITS_MAX = 18;

    private final String table;
    private final String keyAttribute;
    private final Class<T> type;
    private final Function<T, String> key;
    private final ObjectMapper json = RowForm.json();

    SpreadRows(String table, String keyAttribute, Class<T> type, Function<T, String> key) {
        this.table = table;
        this.keyAttribute = keyAttribute;
        this.type = type;
        this.key = key;
    }

    @Override
    public Map<String, AttributeValue> write(T row) {
        try {
            Map<String, AttributeValue> item = new HashMap<>(
                    EnhancedDocument.fromJson(json.writeValueAsString(row)).toMap());
            item.put(keyAttribute, AttributeValue.fromS(key.apply(row)));
            return item;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot write " + key.apply(row) + " to table " + table, e);
        }
    }

    @Override
    public T read(Map<String, AttributeValue> item) {
        try {
            return json.treeToValue(object(item), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "row " + item.get(keyAttribute) + " of table " + table + " is no " + type.getSimpleName() + ": "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** A row as a tree, without a text in between. */
    private ObjectNode object(Map<String, AttributeValue> attributes) {
        ObjectNode object = json.createObjectNode();
        attributes.forEach((name, value) -> object.set(name, node(value)));
        return object;
    }

    private JsonNode node(AttributeValue value) {
        return switch (value.type()) {
            case S -> TextNode.valueOf(value.s());
            case N -> number(value.n());
            case BOOL -> BooleanNode.valueOf(value.bool());
            case M -> object(value.m());
            case L -> {
                ArrayNode array = json.createArrayNode();
                value.l().forEach(element -> array.add(node(element)));
                yield array;
            }
            case NUL -> NullNode.getInstance();
            default ->
                throw new IllegalStateException(
                        "table " + table + " holds a value of type " + value.type() + ", which no record here has");
        };
    }

    /** Whole numbers stay whole; of others no digit is lost. */
    private static JsonNode number(String digits) {
        int sign = digits.startsWith("-") ? 1 : 0;
        return digits.length() - sign <= WHOLE_DIGITS_MAX
                        && digits.chars().skip(sign).allMatch(Character::isDigit)
                ? LongNode.valueOf(Long.parseLong(digits))
                : DecimalNode.valueOf(new BigDecimal(digits));
    }
}
