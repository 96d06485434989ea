package dev.lmmrec.extraction.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.review.CheckedReview;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.core.review.ReviewDraft;
import dev.lmmrec.extraction.event.QueueBatch.QueueMessage;
import dev.lmmrec.extraction.event.ReadMessage.RejectedMessage;
import dev.lmmrec.extraction.event.ReadMessage.ReviewMessage;
import dev.lmmrec.extraction.privacy.PersonalData;
import java.util.stream.Collectors;

/** Reads a queue message into a review, or says why it is none. */
public final class MessageReader {

    private final ReviewCheck check;
    private final PersonalData personalData;
    private final ObjectReader json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(ReviewDraft.class);

    /**
     * Makes a reader.
     *
     * @param check decides whether a draft is a review
     * @param personalData is blotted out before anybody else sees the review
     */
    public MessageReader(ReviewCheck check, PersonalData personalData) {
        this.check = check;
        this.personalData = personalData;
    }

    /**
     * Reads one message.
     *
     * @param message anything that was in the queue
     * @return its review, or the reason why there is none; never throws for what is in the message
     */
    public ReadMessage read(QueueMessage message) {
        String id = message.messageId();
        String sent = message.attributes().get(QueueMessage.SENT_TIMESTAMP);
        if (sent == null || !sent.matches("\\d{1,18}")) {
            return new RejectedMessage(id, "attributes.SentTimestamp: is missing or not in epoch milliseconds");
        }
        if (message.body() == null || message.body().isBlank()) {
            return new RejectedMessage(id, "body: is empty");
        }
        try {
            ReviewDraft draft = json.readValue(message.body());
            if (draft == null) {
                return new RejectedMessage(id, "body: is null, must be a review as a JSON object");
            }
            CheckedReview checked = check.check(draft);
            if (checked instanceof CheckedReview.Accepted accepted) {
                return new ReviewMessage(
                        id, personalData.blot(accepted.review()), Long.parseLong(sent), accepted.notes());
            }
            return new RejectedMessage(id, ((CheckedReview.Refused) checked).reason());
        } catch (JsonProcessingException e) {
            return new RejectedMessage(id, reasonOf(e));
        }
    }

    /** Jackson's own messages quote the source, which may be somebody's review. */
    private static String reasonOf(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            String field = mapping.getPath().stream()
                    .map(step -> String.valueOf(step.getFieldName()))
                    .collect(Collectors.joining("."));
            return field + ": has a value of the wrong type" + where;
        }
        return "body: is not a review as a JSON object" + where;
    }
}
