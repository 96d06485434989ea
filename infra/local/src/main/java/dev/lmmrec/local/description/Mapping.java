package dev.lmmrec.local.description;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** An event source mapping: how records reach a function. Told apart by what it reads from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Mapping.FromQueue.class), @JsonSubTypes.Type(Mapping.FromStream.class)})
public sealed interface Mapping {

    /**
     * Which function is invoked.
     *
     * @return its name
     */
    String function();

    /**
     * How many records one invocation gets at most.
     *
     * @return the limit
     */
    int batchSize();

    /**
     * How long records are gathered for one invocation.
     *
     * @return seconds, 0 for not at all
     */
    int windowSeconds();

    /**
     * Whether the function's response names the records that failed.
     *
     * @return true if the response is read
     */
    boolean reportBatchItemFailures();

    /**
     * Messages of a queue.
     *
     * @param queue the queue
     * @param maximumConcurrency how many invocations may run at the same time
     */
    record FromQueue(
            String queue,
            String function,
            int batchSize,
            int windowSeconds,
            boolean reportBatchItemFailures,
            int maximumConcurrency)
            implements Mapping {}

    /**
     * Changes of a table, in their order.
     *
     * @param table the table whose stream is read
     * @param bisectBatchOnFunctionError whether a failed batch is halved
     * @param maximumRetryAttempts how often a failed batch is tried again
     * @param maximumRecordAgeSeconds how old a record may be to be tried at all
     * @param onFailure the queue that is told of records given up
     * @param filters event patterns of which a record must match one; empty for all records
     */
    record FromStream(
            String table,
            String function,
            int batchSize,
            int windowSeconds,
            boolean reportBatchItemFailures,
            boolean bisectBatchOnFunctionError,
            int maximumRetryAttempts,
            int maximumRecordAgeSeconds,
            String onFailure,
            List<JsonNode> filters)
            implements Mapping {}
}
