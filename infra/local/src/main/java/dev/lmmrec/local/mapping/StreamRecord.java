package dev.lmmrec.local.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A change of a table on its way to a function.
 *
 * @param sequenceNumber its place in its shard
 * @param at when the change was made, to the second
 * @param event as it stands in the event's {@code Records}
 * @param bytes the size of that
 */
record StreamRecord(String sequenceNumber, Instant at, JsonNode event, int bytes) {}
