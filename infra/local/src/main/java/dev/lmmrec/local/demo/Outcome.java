package dev.lmmrec.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything a demo found out; what {@code --report} writes.
 *
 * @param reviews the file
 * @param imported what became of its lines
 * @param pipeline per event source mapping, what became of its records
 * @param training the artefact's version, figures and settings
 * @param users the API's answers
 * @param secondsTotal from the start of the deployment to the last answer
 * @param peakMebibytes the most memory all processes held together; 0 where it cannot be measured
 */
record Outcome(
        String reviews,
        JsonNode imported,
        Map<String, Object> pipeline,
        JsonNode training,
        List<JsonNode> users,
        double secondsTotal,
        long peakMebibytes) {

    Outcome {
        users = List.copyOf(users);
    }

    void write(Path file) throws IOException {
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(file.toFile(), this);
    }
}
