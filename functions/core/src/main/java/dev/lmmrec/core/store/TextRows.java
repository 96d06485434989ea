package dev.lmmrec.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rows whose record is one text of JSON, with a few attributes beside it. */
final class TextRows<T> implements RowForm<T> {

    /** The attribute of the text. */
    static final String DOCUMENT = "document";

    private final String table;
    private final String keyAttribute;
    private final Class<T> type;
    private final Function<T, String> key;
    private final Map<String, Function<T, AttributeValue>> beside;
    private final SpreadRows<T> spread;
    private final ObjectMapper json = RowForm.json();

    TextRows(
            String table,
            String keyAttribute,
            Class<T> type,
            Function<T, String> key,
            Map<String, Function<T, AttributeValue>> beside) {
        this.table = table;
        this.keyAttribute = keyAttribute;
        this.type = type;
        this.key = key;
        this.beside = Map.copyOf(beside);
        this.spread = new SpreadRows<>(table, keyAttribute, type, key);
    }

    @Override
    public Map<String, AttributeValue> write(T row) {
        try {
            Map<String, AttributeValue> item = new HashMap<>();
            item.put(keyAttribute, AttributeValue.fromS(key.apply(row)));
            item.put(DOCUMENT, AttributeValue.fromS(json.writeValueAsString(row)));
            beside.forEach((name, value) -> item.put(name, value.apply(row)));
            return item;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot write " + key.apply(row) + " to table " + table, e);
        }
    }

    @Override
    public T read(Map<String, AttributeValue> item) {
        AttributeValue document = item.get(DOCUMENT);
        if (document == null) {
            // written before rows were texts
            return spread.read(item);
        }
        try {
            return json.readValue(document.s(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the document of row " + item.get(keyAttribute) + " of table " + table + " is no "
                            + type.getSimpleName() + ": " + e.getOriginalMessage(),
                    e);
        }
    }
}
