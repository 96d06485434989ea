package dev.lmmrec.extraction.cost;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The table {@code spend}: one row a day (UTC) with the tokens used, which every instance of the function counts up,
 * and what reviews cost. What a crash leaves reserved stays counted: the cap errs on the side of spending less.
 */
public final class SpendTable implements DaySpend {

    private static final String DAY = "day";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final long cap;
    private final Clock clock;

    /**
     * Opens the table.
     *
     * @param dynamoDb the client, owned by the caller
     * @param table the table's name; its key is {@code day}
     * @param cap the most tokens a day
     * @param clock tells the day
     */
    public SpendTable(DynamoDbClient dynamoDb, String table, long cap, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.cap = cap;
        this.clock = clock;
    }

    @Override
    public boolean reserve(int tokens) {
        if (tokens > cap) {
            return false;
        }
        try {
            dynamoDb.updateItem(update -> update.tableName(table)
                    .key(today())
                    .updateExpression("ADD tokens :tokens")
                    .conditionExpression("attribute_not_exists(tokens) OR tokens <= :room")
                    .expressionAttributeValues(Map.of(":tokens", number(tokens), ":room", number(cap - tokens))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /** A call that goes over midnight gives back to the new day, whose count may start below nothing by that much. */
    @Override
    public void settle(int reserved, int used) {
        if (reserved != used) {
            dynamoDb.updateItem(update -> update.tableName(table)
                    .key(today())
                    .updateExpression("ADD tokens :tokens")
                    .expressionAttributeValues(Map.of(":tokens", number((long) used - reserved))));
        }
    }

    @Override
    public void note(ReviewCost cost) {
        if (cost.calls() > 0) {
            dynamoDb.updateItem(update -> update.tableName(table)
                    .key(today())
                    .updateExpression("ADD reviews :answered, tokensIn :in, tokensOut :out, cost :cost")
                    .expressionAttributeValues(Map.of(
                            ":answered", number(cost.answered() ? 1 : 0),
                            ":in", number(cost.tokensIn()),
                            ":out", number(cost.tokensOut()),
                            ":cost",
                                    AttributeValue.fromN(
                                            BigDecimal.valueOf(cost.cost()).toPlainString()))));
        }
    }

    private Map<String, AttributeValue> today() {
        return Map.of(DAY, AttributeValue.fromS(LocalDate.now(clock).toString()));
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
