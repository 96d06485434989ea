package dev.lmmrec.core.spend;

import dev.lmmrec.core.store.DocumentTable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Reads the table {@code spend}: one row a day (UTC). */
public final class SpendDays {

    private final DocumentTable<Day> days;
    private final Clock clock;

    /**
     * Opens the table.
     *
     * @param dynamoDb the client, owned by the caller
     * @param table the table's name; its key is {@code day}
     * @param clock tells the day
     */
    public SpendDays(DynamoDbClient dynamoDb, String table, Clock clock) {
        this.days = new DocumentTable<>(dynamoDb, table, "day", Day.class, Day::day);
        this.clock = clock;
    }

    /**
     * What was spent on one day and since.
     *
     * @param from the first day, not before 100 days ago
     * @return the days on which anything was spent, in no order
     */
    public List<Day> since(LocalDate from) {
        return List.copyOf(days.findAll(from.datesUntil(today().plusDays(1))
                        .map(LocalDate::toString)
                        .toList())
                .values());
    }

    /**
     * The day it is.
     *
     * @return today in UTC
     */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /**
     * A day.
     *
     * @param day ISO, UTC
     * @param tokens used, and reserved by calls under way
     * @param reviews reviews that a model answered
     * @param tokensIn tokens read, also for answers that did not come or could not be used
     * @param tokensOut tokens written, likewise
     * @param cost what these tokens cost, in the currency of the prices
     */
    public record Day(String day, long tokens, long reviews, long tokensIn, long tokensOut, double cost) {}
}
