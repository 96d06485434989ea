package dev.lmmrec.extraction.extractor.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * A review with the motivations that a labeller found in it.
 *
 * @param review the review
 * @param split the part of the labels it belongs to, empty where there are no parts
 * @param motivations what was found
 */
record LabelledReview(Review review, String split, List<Motivation> motivations) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The data folder beside the repository, wherever the test was started; it need not exist. */
    static Path data() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("shared/data/motives"))) {
            at = at.getParent();
        }
        return at == null ? Path.of("../shared/data") : at.resolve("shared/data");
    }

    static List<LabelledReview> read(Path reviews, Path motives) throws IOException {
        Map<String, JsonNode> byKey = new HashMap<>();
        eachLine(reviews, line -> byKey.putIfAbsent(key(line), line));
        List<LabelledReview> labelled = new ArrayList<>();
        eachLine(motives, line -> {
            Review review = review(byKey.get(key(line)));
            List<Motivation> motivations = new ArrayList<>();
            line.get("motives").forEach(node -> motivations.add(motivation(node)));
            labelled.add(new LabelledReview(review, line.path("split").asText(), motivations));
        });
        return labelled;
    }

    static void eachLine(Path file, Consumer<JsonNode> use) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                use.accept(JSON.readTree(line));
            }
        }
    }

    private static String key(JsonNode node) {
        return node.get("user").asText() + "\t" + node.get("item").asText();
    }

    static Review review(JsonNode node) {
        double rating = node.has("rating")
                ? node.get("rating").asDouble()
                : node.path("recommended").asBoolean() ? 5 : 1;
        return new Review(
                key(node),
                node.get("user").asText(),
                node.get("item").asText(),
                rating,
                node.get("time").asLong(),
                node.path("title").asText(""),
                node.get("text").asText(),
                "");
    }

    private static Motivation motivation(JsonNode node) {
        return new Motivation(
                Side.valueOf(node.get("side").asText()),
                new Facet(node.get("facet").asText()),
                Polarity.valueOf(node.get("polarity").asText()),
                node.get("statement").asText(),
                node.get("evidence").asText(),
                Field.valueOf(node.get("field").asText().toUpperCase(Locale.ROOT)),
                node.get("start").asInt(),
                node.get("strength").asDouble(),
                node.get("confidence").asDouble());
    }
}
