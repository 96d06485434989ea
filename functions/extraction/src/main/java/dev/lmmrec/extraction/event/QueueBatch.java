package dev.lmmrec.extraction.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A batch of queue messages as Lambda delivers it.
 *
 * @param messages in the order of delivery
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record QueueBatch(@JsonProperty("Records") List<QueueMessage> messages) {

    /** Copies the list; a batch without records is an empty one. */
    public QueueBatch {
        messages = messages == null ? List.of() : List.copyOf(messages);
    }

    /**
     * One message.
     *
     * @param messageId the queue's name for it, which a failure is reported by
     * @param body a review as JSON, or anything else that somebody sent
     * @param attributes what the queue knows of it; {@code SentTimestamp} is used
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record QueueMessage(String messageId, String body, Map<String, String> attributes) {

        /** When the message entered the queue, in epoch milliseconds, is kept under this name. */
        public static final String SENT_TIMESTAMP = "SentTimestamp";

        /** Copies the attributes; a message without attributes has none. */
        public QueueMessage {
            attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
        }
    }
}
