package dev.lmmrec.training.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.reading.label.ReviewKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Motivations that were found elsewhere, joined to reviews by {@code reviewId}, or by user and item where a line has
 * none: one JSON object a line, {@code {reviewId?, user, item, motives: [{side, facet, polarity, strength, confidence,
 * statement, evidence, field, start}]}}, plain or {@code .gz}; other fields are not used.
 */
public final class MotivesFile {

    private final ObjectMapper json = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Line(String reviewId, String user, String item, List<Motivation> motives) {

        ReviewKey key() {
            return ReviewKey.of(reviewId, user, item);
        }
    }

    /**
     * Reads all lines.
     *
     * @param file ends in {@code .gz} if compressed
     * @return the motivations of each review or pair, those of several lines of one joined
     * @throws RefusedInputException if a line is none, naming it
     * @throws IOException if the file cannot be read
     */
    public Map<ReviewKey, List<Motivation>> read(Path file) throws IOException, RefusedInputException {
        Map<ReviewKey, List<Motivation>> found = new LinkedHashMap<>();
        try (BufferedReader lines = RowsFile.open(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    Line read = line(file, number, line);
                    found.computeIfAbsent(read.key(), key -> new ArrayList<>()).addAll(read.motives());
                }
            }
        }
        return found;
    }

    private Line line(Path file, int number, String text) throws RefusedInputException {
        Line line;
        try {
            line = json.readValue(text, Line.class);
        } catch (JsonProcessingException e) {
            throw new RefusedInputException(
                    file + ", line " + number + ", is no line of motives: " + e.getOriginalMessage(), e);
        }
        if (line.user() == null || line.item() == null || line.motives() == null) {
            throw new RefusedInputException(file + ", line " + number + ": user, item and motives must be given");
        }
        return line;
    }
}
