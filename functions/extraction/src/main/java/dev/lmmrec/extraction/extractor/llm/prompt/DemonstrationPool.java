package dev.lmmrec.extraction.extractor.llm.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.review.Review;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Labelled reviews, of which those nearest to a review show a model by example what to find. Near is who shares rare
 * words: the cosine of the two texts' TF-IDF rows.
 */
public final class DemonstrationPool {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}']+");
    private static final int DEMONSTRATION_LENGTH_MAX = 1_500;

    private final String content;
    private final List<Demonstration> demonstrations;
    private final Map<String, Double> rarity;
    private final List<Map<String, Double>> rows;

    private DemonstrationPool(String content, List<Demonstration> demonstrations) {
        this.content = content;
        this.demonstrations = demonstrations;
        this.rarity = rarity(demonstrations);
        this.rows =
                demonstrations.stream().map(one -> row(one.title(), one.text())).toList();
    }

    /**
     * Reads a pool: one JSON object a line, {@code {title, text, rating, motives: [{side, facet, polarity, statement,
     * evidence, strength, confidence}]}}. Reviews too long to be shown are left out.
     *
     * @param file a deployment's own pool; empty for the small one that is bundled
     * @return the pool
     * @throws IllegalArgumentException if a line is no labelled review, with the line's number
     */
    public static DemonstrationPool load(Optional<Path> file) {
        TextResource text = TextResource.of(file, "LMMREC_DEMONSTRATIONS_FILE", "demonstrations.jsonl");
        ObjectMapper json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        List<Demonstration> demonstrations = new ArrayList<>();
        int number = 0;
        for (String line : text.content().lines().toList()) {
            number++;
            if (!line.isBlank()) {
                try {
                    demonstrations.add(json.readValue(line, Demonstration.class));
                } catch (JsonProcessingException e) {
                    throw new IllegalArgumentException(
                            text.source() + " line " + number + " is no labelled review: " + problemOf(e), e);
                }
            }
        }
        return new DemonstrationPool(
                text.content(),
                demonstrations.stream()
                        .filter(one -> one.text().length() <= DEMONSTRATION_LENGTH_MAX)
                        .toList());
    }

    private static String problemOf(JsonProcessingException e) {
        if (e.getCause() instanceof NullPointerException missing) {
            return "a motive lacks " + missing.getMessage();
        }
        return e.getCause() instanceof IllegalArgumentException told ? told.getMessage() : e.getOriginalMessage();
    }

    /**
     * Looks for the nearest.
     *
     * @param review to be like
     * @param count how many at most
     * @return the nearest first, without the review itself: its labels would be the answer
     */
    public List<Demonstration> nearest(Review review, int count) {
        if (count == 0) {
            return List.of();
        }
        Map<String, Double> wanted = row(review.title(), review.text());
        List<Integer> order = new ArrayList<>();
        double[] nearness = new double[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            if (!demonstrations.get(i).text().strip().equals(review.text().strip())) {
                nearness[i] = product(wanted, rows.get(i));
                order.add(i);
            }
        }
        order.sort(Comparator.comparingDouble((Integer i) -> nearness[i]).reversed());
        return order.stream().limit(count).map(demonstrations::get).toList();
    }

    /** All that the choice depends on, for the fingerprint. */
    String content() {
        return content;
    }

    int size() {
        return demonstrations.size();
    }

    private static Map<String, Double> rarity(List<Demonstration> demonstrations) {
        Map<String, Double> having = new HashMap<>();
        for (Demonstration one : demonstrations) {
            words(one.title(), one.text()).keySet().forEach(word -> having.merge(word, 1.0, Double::sum));
        }
        having.replaceAll((word, count) -> Math.log((1.0 + demonstrations.size()) / count));
        return having;
    }

    private Map<String, Double> row(String title, String text) {
        Map<String, Double> row = words(title, text);
        row.keySet().retainAll(rarity.keySet());
        row.replaceAll((word, count) -> (1 + Math.log(count)) * rarity.get(word));
        double length = Math.sqrt(
                row.values().stream().mapToDouble(weight -> weight * weight).sum());
        if (length > 0) {
            row.replaceAll((word, weight) -> weight / length);
        }
        return row;
    }

    private static Map<String, Double> words(String title, String text) {
        Map<String, Double> words = new HashMap<>();
        WORD.matcher((title + "\n" + text).toLowerCase(Locale.ROOT))
                .results()
                .forEach(word -> words.merge(word.group(), 1.0, Double::sum));
        return words;
    }

    private static double product(Map<String, Double> wanted, Map<String, Double> row) {
        double product = 0;
        for (Map.Entry<String, Double> word : wanted.entrySet()) {
            product += word.getValue() * row.getOrDefault(word.getKey(), 0.0);
        }
        return product;
    }
}
