package dev.lmmrec.core.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * A DynamoDB table of records under one string key.
 *
 * @param <T> a record that Jackson can write and read
 */
public final class DocumentTable<T> {

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final String keyAttribute;
    private final Function<T, String> key;
    private final RowForm<T> form;

    private DocumentTable(
            DynamoDbClient dynamoDb, String table, String keyAttribute, Function<T, String> key, RowForm<T> form) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.keyAttribute = keyAttribute;
        this.key = key;
        this.form = form;
    }

    /**
     * Binds a record type to a table whose rows have an attribute for each component.
     *
     * @param dynamoDb the client, owned by the caller
     * @param table the table's name
     * @param keyAttribute the name of its partition key; the table has no sort key
     * @param type the record's class
     * @param key reads the partition key's value off a record
     */
    public DocumentTable(
            DynamoDbClient dynamoDb, String table, String keyAttribute, Class<T> type, Function<T, String> key) {
        this(dynamoDb, table, keyAttribute, key, new SpreadRows<>(table, keyAttribute, type, key));
    }

    /**
     * Binds a record type to a table whose rows are one text each: for records of many parts that are always read
     * whole, which take many times longer to put together from an attribute a part.
     *
     * @param dynamoDb the client, owned by the caller
     * @param table the table's name
     * @param keyAttribute the name of its partition key; the table has no sort key
     * @param type the record's class
     * @param key reads the partition key's value off a record
     * @param beside what conditions ask for, as attributes of their own beside the text
     * @param <T> a record that Jackson can write and read
     * @return the table; rows with an attribute for each component are read as well
     */
    public static <T> DocumentTable<T> ofTexts(
            DynamoDbClient dynamoDb,
            String table,
            String keyAttribute,
            Class<T> type,
            Function<T, String> key,
            Map<String, Function<T, AttributeValue>> beside) {
        return new DocumentTable<>(
                dynamoDb, table, keyAttribute, key, new TextRows<>(table, keyAttribute, type, key, beside));
    }

    /**
     * What a row holds, whatever its form.
     *
     * @param item a row as DynamoDB gives it
     * @return its attributes, where the record is one text with the parts of that instead
     */
    public static Map<String, AttributeValue> parts(Map<String, AttributeValue> item) {
        AttributeValue document = item.get(TextRows.DOCUMENT);
        if (document == null) {
            return item;
        }
        Map<String, AttributeValue> parts = new HashMap<>(item);
        parts.remove(TextRows.DOCUMENT);
        parts.putAll(EnhancedDocument.fromJson(document.s()).toMap());
        return parts;
    }

    /**
     * Reads one record, strongly consistent.
     *
     * @param id the partition key
     * @return the record, if there is one
     */
    public Optional<T> find(String id) {
        var response =
                dynamoDb.getItem(get -> get.tableName(table).key(keyOf(id)).consistentRead(true));
        return response.hasItem() ? Optional.of(form.read(response.item())) : Optional.empty();
    }

    /**
     * Reads many records, strongly consistent.
     *
     * @param ids the partition keys; repeated ones count once
     * @return those that exist, by key
     * @throws IllegalStateException if DynamoDB keeps leaving keys unprocessed
     */
    public Map<String, T> findAll(Collection<String> ids) {
        Map<String, T> found = new LinkedHashMap<>();
        DocumentBatch batch = new DocumentBatch(dynamoDb);
        addTo(batch, ids, row -> found.put(key.apply(row), row));
        batch.read();
        return found;
    }

    /**
     * Has many records read together with those of other tables.
     *
     * @param batch reads them
     * @param ids the partition keys; repeated ones count once
     * @param found is given each record that exists
     */
    public void addTo(DocumentBatch batch, Collection<String> ids, Consumer<T> found) {
        batch.add(table, ids.stream().distinct().map(this::keyOf).toList(), row -> found.accept(form.read(row)));
    }

    /**
     * Writes one record if a condition on the stored one holds.
     *
     * @param row the record
     * @param condition a DynamoDB condition expression
     * @param values the values its placeholders stand for
     * @return false if the condition did not hold, and nothing was written
     */
    public boolean putIf(T row, String condition, Map<String, AttributeValue> values) {
        PutItemRequest.Builder put =
                PutItemRequest.builder().tableName(table).item(form.write(row)).conditionExpression(condition);
        if (!values.isEmpty()) {
            put.expressionAttributeValues(values);
        }
        try {
            dynamoDb.putItem(put.build());
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /**
     * Writes one record if nobody else has since it was read (optimistic lock). Its attribute {@code revision} counts
     * the writes.
     *
     * @param row the record under its next revision
     * @param read the revision that was read, 0 for a first write
     * @return false if the stored revision is another one, and nothing was written
     */
    public boolean replace(T row, long read) {
        return putIf(
                row,
                "(attribute_not_exists(revision) AND :read = :none) OR revision = :read",
                Map.of(
                        ":read", AttributeValue.fromN(Long.toString(read)),
                        ":none", AttributeValue.fromN("0")));
    }

    /**
     * Deletes one record if a condition on it holds.
     *
     * @param id the partition key
     * @param condition a DynamoDB condition expression
     * @param values the values its placeholders stand for
     * @return false if the condition did not hold, and nothing was deleted
     */
    public boolean deleteIf(String id, String condition, Map<String, AttributeValue> values) {
        try {
            dynamoDb.deleteItem(delete -> delete.tableName(table)
                    .key(keyOf(id))
                    .conditionExpression(condition)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /**
     * Deletes one record, whatever it holds.
     *
     * @param id the partition key
     */
    public void delete(String id) {
        dynamoDb.deleteItem(delete -> delete.tableName(table).key(keyOf(id)));
    }

    /**
     * Looks keys up by an index, which may be some moments behind the table.
     *
     * @param index its name
     * @param attribute its partition key
     * @param value what that must be
     * @return partition keys of records, in no order
     */
    public List<String> keysByIndex(String index, String attribute, String value) {
        return dynamoDb
                .queryPaginator(query -> query.tableName(table)
                        .indexName(index)
                        .keyConditionExpression("#attribute = :value")
                        .expressionAttributeNames(Map.of("#attribute", attribute))
                        .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))))
                .items()
                .stream()
                .map(item -> item.get(keyAttribute).s())
                .toList();
    }

    /**
     * Reads the whole table, page by page, in no order. For batch jobs, never on a request's path.
     *
     * @return all records, lazily
     */
    public Stream<T> scan() {
        return dynamoDb.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
                .map(form::read);
    }

    private Map<String, AttributeValue> keyOf(String id) {
        return Map.of(keyAttribute, AttributeValue.fromS(id));
    }
}
