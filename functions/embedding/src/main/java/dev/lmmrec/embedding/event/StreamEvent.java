package dev.lmmrec.embedding.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A batch of DynamoDB stream records of the table {@code motivations}.
 *
 * @param records in the order of the stream
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StreamEvent(@JsonProperty("Records") List<Entry> records) {

    /** Copies the records; no records at all is an empty batch. */
    public StreamEvent {
        records = records == null ? List.of() : List.copyOf(records);
    }

    /**
     * The reviews whose rows changed.
     *
     * @return one change per record
     */
    public List<ReviewChange> changes() {
        return records.stream().map(entry -> entry.change().toReviewChange()).toList();
    }

    /**
     * One record.
     *
     * @param change what changed
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Entry(@JsonProperty("dynamodb") Change change) {}

    /**
     * The changed row.
     *
     * @param sequenceNumber the record's place in its shard, by which a failure is reported
     * @param keys the row's key
     * @param oldImage the row before, absent for a new one
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Change(
            @JsonProperty("SequenceNumber") String sequenceNumber,
            @JsonProperty("Keys") Map<String, StringAttribute> keys,
            @JsonProperty("OldImage") Map<String, StringAttribute> oldImage) {

        ReviewChange toReviewChange() {
            Map<String, StringAttribute> old = oldImage == null ? Map.of() : oldImage;
            return new ReviewChange(sequenceNumber, text(keys, "reviewId"), text(old, "userId"), text(old, "itemId"));
        }

        private static String text(Map<String, StringAttribute> attributes, String name) {
            StringAttribute attribute = attributes.get(name);
            return attribute == null ? null : attribute.text();
        }
    }

    /**
     * An attribute, of which only the string form is read.
     *
     * @param text the string; null for other types
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record StringAttribute(@JsonProperty("S") String text) {}
}
