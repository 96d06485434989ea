package dev.lmmrec.extraction.extractor.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.testing.SharedData;
import dev.lmmrec.extraction.cost.ReviewCost;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.Extracted;
import dev.lmmrec.extraction.grounding.Grounded;
import dev.lmmrec.extraction.grounding.Grounding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of honest answers of a real model, which are not part of the project (without them the test is skipped):
 * what guards against dishonest ones must let them through. What was not is left in {@code target/replayed-labels.txt}.
 */
class ReplayedLabelsTest {

    private final List<ReviewCost> costs = new ArrayList<>();
    private JsonNode motives;

    @Test
    void honestAnswers_keepNearlyEveryMotivation_atItsPlace() throws IOException {
        Path labels = SharedData.find("motives/musical-instruments.jsonl.gz");
        Map<String, JsonNode> reviews = new HashMap<>();
        for (JsonNode line : lines(SharedData.find("musical-instruments/reviews.jsonl.gz"))) {
            reviews.put(key(line), line);
        }
        LlmRung rung = Rungs.of(replay(), Rungs.patience(Duration.ofSeconds(10), 0), Rungs.uncounted(), costs);
        int labelled = 0;
        int kept = 0;
        int samePlace = 0;
        List<String> lost = new ArrayList<>();
        for (JsonNode label : lines(labels)) {
            motives = label.path("motives");
            Review review = review(reviews.get(key(label)));
            Extracted found = (Extracted) rung.extract(review, Rungs.plenty());
            Grounded grounded = new Grounding().ground(review, found.candidates());
            labelled += motives.size();
            kept += grounded.motivations().size();
            samePlace += samePlaces(grounded, motives, lost);
        }
        int refused = costs.stream().mapToInt(ReviewCost::statementsRefused).sum();
        Files.createDirectories(Path.of("target"));
        Files.writeString(
                Path.of("target/replayed-labels.txt"),
                labelled + " labelled, " + kept + " kept, " + samePlace + " at the label's place, " + refused
                        + " statements refused; lost:\n" + String.join("\n", lost) + "\n");

        assertThat(labelled).isGreaterThan(16_000);
        assertThat((double) kept / labelled).isGreaterThan(0.99);
        assertThat((double) samePlace / labelled).isGreaterThan(0.98);
        assertThat((double) refused / labelled).isLessThan(0.003);
    }

    private static int samePlaces(Grounded grounded, JsonNode motives, List<String> lost) {
        Set<String> places = new HashSet<>();
        for (Motivation motivation : grounded.motivations()) {
            places.add(motivation.side() + " " + motivation.field() + " " + motivation.start() + " "
                    + motivation.evidence().length());
        }
        int same = 0;
        for (JsonNode motive : motives) {
            String place = motive.path("side").asText() + " "
                    + motive.path("field").asText().toUpperCase(Locale.ROOT) + " "
                    + motive.path("start").asInt() + " "
                    + motive.path("evidence").asText().length();
            if (places.contains(place)) {
                same++;
            } else {
                lost.add(motive.toString());
            }
        }
        return same;
    }

    private ChatModel replay() {
        return new ChatModel() {
            @Override
            public ChatResponse chat(ChatRequest request) {
                List<JsonNode> answers = new ArrayList<>();
                for (JsonNode motive : motives) {
                    ObjectNode answer = motive.deepCopy();
                    answer.remove(List.of("field", "start"));
                    answers.add(answer.put("otherFacet", ""));
                }
                return ChatResponse.builder()
                        .aiMessage(AiMessage.from(Answers.with(answers, List.of())))
                        .build();
            }
        };
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().map(WireForm::parse).toList();
        }
    }

    private static String key(JsonNode line) {
        return line.path("user").asText() + "\t" + line.path("item").asText();
    }

    private static Review review(JsonNode line) {
        return new Review(
                key(line),
                line.path("user").asText(),
                line.path("item").asText(),
                line.path("rating").asDouble(),
                line.path("time").asLong(),
                line.path("title").asText(""),
                line.path("text").asText(),
                "");
    }
}
