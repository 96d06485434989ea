package dev.lmmrec.local.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.local.runtime.Outcome;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a function said about its batch. */
sealed interface BatchResponse {

    /** All records are done. */
    record Done() implements BatchResponse {}

    /**
     * Some records are not done.
     *
     * @param ids their identifiers, each one of the batch's
     */
    record PartlyFailed(Set<String> ids) implements BatchResponse {}

    /**
     * Nothing counts as done.
     *
     * @param why for the on-failure message and the log
     */
    record Failed(String why) implements BatchResponse {}

    /**
     * Reads an outcome as Lambda does: with reporting on, a null, empty or unknown identifier fails the whole batch,
     * and an empty or null answer means that all went well.
     *
     * @param outcome how the invocation ended
     * @param reporting whether the mapping has {@code ReportBatchItemFailures}
     * @param batch the identifiers of the batch's records
     * @param json parses the answer
     * @return what to make of it
     */
    static BatchResponse read(Outcome outcome, boolean reporting, Set<String> batch, ObjectMapper json) {
        if (outcome instanceof Outcome.Failed failed) {
            return new Failed(failed.type() + ": " + failed.message());
        }
        byte[] payload = ((Outcome.Answered) outcome).payload();
        if (!reporting || payload.length == 0) {
            return new Done();
        }
        JsonNode answer;
        try {
            answer = json.readTree(payload);
        } catch (JsonProcessingException e) {
            return new Failed("the answer is no JSON: " + e.getOriginalMessage());
        } catch (java.io.IOException e) {
            return new Failed("the answer cannot be read: " + e.getMessage());
        }
        JsonNode failures = answer.path("batchItemFailures");
        if (failures.isMissingNode() || failures.isNull()) {
            return new Done();
        }
        if (!failures.isArray()) {
            return new Failed("batchItemFailures is no list");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode failure : failures) {
            JsonNode id = failure.path("itemIdentifier");
            if (!id.isTextual() || !batch.contains(id.textValue())) {
                return new Failed("batchItemFailures names " + id + ", which is no record of the batch");
            }
            ids.add(id.textValue());
        }
        return ids.isEmpty() ? new Done() : new PartlyFailed(ids);
    }
}
