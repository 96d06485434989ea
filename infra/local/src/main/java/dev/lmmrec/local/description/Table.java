package dev.lmmrec.local.description;

import java.util.Map;

/**
 * A DynamoDB table with one hash key.
 *
 * @param hashKey the key attribute
 * @param attributes the key attributes of table and indexes with their DynamoDB types: S, N or B
 * @param indexes global secondary indexes by name
 * @param stream what its stream holds, for example {@code NEW_AND_OLD_IMAGES}; null for no stream
 */
public record Table(String hashKey, Map<String, String> attributes, Map<String, Index> indexes, String stream) {

    /**
     * A global secondary index.
     *
     * @param hashKey its key attribute
     * @param projection what it holds: {@code KEYS_ONLY} or {@code ALL}
     */
    public record Index(String hashKey, String projection) {}
}
