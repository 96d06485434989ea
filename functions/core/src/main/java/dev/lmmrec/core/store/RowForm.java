package dev.lmmrec.core.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How a record becomes a row of a table and back.
 *
 * @param <T> a record that Jackson can write and read
 */
sealed interface RowForm<T> permits SpreadRows, TextRows {

    /** Reads rows of later versions as well, which may know more. */
    static ObjectMapper json() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** The row's attributes. */
    Map<String, AttributeValue> write(T row);

    /**
     * The record.
     *
     * @throws IllegalStateException if the row is none
     */
    T read(Map<String, AttributeValue> item);
}
