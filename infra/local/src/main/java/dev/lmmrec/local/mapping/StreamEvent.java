package dev.lmmrec.local.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Changes of a table as the event that Lambda makes of them. */
final class StreamEvent {

    private StreamEvent() {}

    static StreamRecord record(Record source, String streamArn, String region, ObjectMapper json)
            throws JsonProcessingException {
        var change = source.dynamodb();
        ObjectNode record = json.createObjectNode();
        record.put("eventID", source.eventID());
        record.put("eventName", source.eventNameAsString());
        record.put("eventVersion", source.eventVersion());
        record.put("eventSource", "aws:dynamodb");
        record.put("awsRegion", region);
        ObjectNode dynamodb = record.putObject("dynamodb");
        Instant at =
                change.approximateCreationDateTime() == null ? Instant.now() : change.approximateCreationDateTime();
        dynamodb.put("ApproximateCreationDateTime", at.getEpochSecond());
        put(dynamodb, "Keys", change.hasKeys() ? change.keys() : null);
        put(dynamodb, "NewImage", change.hasNewImage() ? change.newImage() : null);
        put(dynamodb, "OldImage", change.hasOldImage() ? change.oldImage() : null);
        dynamodb.put("SequenceNumber", change.sequenceNumber());
        dynamodb.put("SizeBytes", change.sizeBytes());
        dynamodb.put("StreamViewType", change.streamViewTypeAsString());
        if (source.userIdentity() != null) {
            ObjectNode identity = record.putObject("userIdentity");
            identity.put("principalId", source.userIdentity().principalId());
            identity.put("type", source.userIdentity().type());
        }
        record.put("eventSourceARN", streamArn);
        return new StreamRecord(change.sequenceNumber(), at, record, json.writeValueAsBytes(record).length);
    }

    static ObjectNode of(List<StreamRecord> batch, ObjectMapper json) {
        ObjectNode event = json.createObjectNode();
        ArrayNode records = event.putArray("Records");
        batch.forEach(record -> records.add(record.event()));
        return event;
    }

    private static void put(ObjectNode to, String name, Map<String, AttributeValue> image) {
        if (image != null) {
            ObjectNode node = to.putObject(name);
            image.forEach((attribute, value) -> node.set(attribute, attribute(value, to)));
        }
    }

    /** DynamoDB-JSON: an object with the type as its one field; numbers are strings, bytes are base64. */
    private static ObjectNode attribute(AttributeValue value, ObjectNode factory) {
        ObjectNode node = factory.objectNode();
        switch (value.type()) {
            case S -> node.put("S", value.s());
            case N -> node.put("N", value.n());
            case B -> node.put("B", value.b().asByteArray());
            case BOOL -> node.put("BOOL", value.bool());
            case NUL -> node.put("NULL", value.nul());
            case SS -> value.ss().forEach(node.putArray("SS")::add);
            case NS -> value.ns().forEach(node.putArray("NS")::add);
            case BS -> {
                ArrayNode list = node.putArray("BS");
                value.bs().stream().map(SdkBytes::asByteArray).forEach(list::add);
            }
            case L -> {
                ArrayNode list = node.putArray("L");
                value.l().forEach(element -> list.add(attribute(element, factory)));
            }
            case M -> put(node, "M", value.m());
            default -> throw new IllegalArgumentException("no DynamoDB type: " + value);
        }
        return node;
    }
}
