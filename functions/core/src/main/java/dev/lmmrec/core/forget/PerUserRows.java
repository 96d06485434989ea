package dev.lmmrec.core.forget;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** A table whose rows belong to users: its partition key, or that of one of its indexes, is the user's id. */
public final class PerUserRows {

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final String userAttribute;

    /**
     * Names a table.
     *
     * @param dynamoDb the client, owned by the caller
     * @param table its name
     * @param userAttribute the attribute that holds the user's id
     */
    public PerUserRows(DynamoDbClient dynamoDb, String table, String userAttribute) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.userAttribute = userAttribute;
    }

    /**
     * The table's name.
     *
     * @return the name
     */
    public String table() {
        return table;
    }

    /**
     * The primary keys of a user's rows.
     *
     * @param userId the user
     * @return keys by attribute, in the table's order
     * @throws IllegalStateException if neither the table nor an index of it begins with the user's id
     */
    public List<Map<String, AttributeValue>> keysOf(String userId) {
        TableDescription description =
                dynamoDb.describeTable(describe -> describe.tableName(table)).table();
        List<String> key = description.keySchema().stream()
                .map(KeySchemaElement::attributeName)
                .toList();
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("#user = :user")
                .expressionAttributeNames(Map.of("#user", userAttribute))
                .expressionAttributeValues(Map.of(":user", AttributeValue.fromS(userId)));
        if (beginsWithUser(description.keySchema())) {
            query.consistentRead(true);
        } else {
            query.indexName(description.globalSecondaryIndexes().stream()
                    .filter(index -> beginsWithUser(index.keySchema()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("neither the key of table " + table
                            + " nor that of an index of it begins with " + userAttribute))
                    .indexName());
        }
        return dynamoDb.queryPaginator(query.build()).items().stream()
                .map(row -> key.stream().collect(Collectors.toMap(attribute -> attribute, row::get)))
                .toList();
    }

    private boolean beginsWithUser(List<KeySchemaElement> schema) {
        return schema.stream()
                .anyMatch(element -> element.keyType() == KeyType.HASH
                        && element.attributeName().equals(userAttribute));
    }

    /**
     * Deletes a user's rows.
     *
     * @param userId the user
     * @return how many there were
     * @throws IllegalStateException if neither the table nor an index of it begins with the user's id
     */
    public int delete(String userId) {
        List<Map<String, AttributeValue>> keys = keysOf(userId);
        keys.forEach(
                key -> dynamoDb.deleteItem(delete -> delete.tableName(table).key(key)));
        return keys.size();
    }
}
