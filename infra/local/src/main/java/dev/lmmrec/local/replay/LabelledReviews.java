package dev.lmmrec.local.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.local.failure.LocalException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The motives of labelled reviews, found by the review's words: a question names neither user nor item. Personal data
 * that was blotted out of the question is no hindrance.
 */
final class LabelledReviews {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final char BLOT = '*';
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

    private final Map<Integer, List<Labelled>> byLength;
    private final int size;

    private record Labelled(String words, JsonNode motives) {}

    private LabelledReviews(Map<Integer, List<Labelled>> byLength, int size) {
        this.byLength = byLength;
        this.size = size;
    }

    /**
     * Reads labels and the reviews they belong to.
     *
     * @param reviews one review a line, {@code user, item, title, text}, plain or gzipped
     * @param labels one review's labels a line, {@code user, item, motives}, plain or gzipped
     * @throws LocalException if a file cannot be read, or no label belongs to any of the reviews
     */
    static LabelledReviews read(Path reviews, Path labels) {
        Map<String, JsonNode> motives = new HashMap<>();
        eachLine(labels, (line, where) -> {
            if (!line.path("motives").isArray()) {
                throw new LocalException(where + ": has no list 'motives'; give a file of labels to --labels");
            }
            motives.put(key(line), line.get("motives"));
        });
        Map<Integer, List<Labelled>> byLength = new HashMap<>();
        int[] found = {0};
        eachLine(reviews, (line, where) -> {
            JsonNode own = motives.remove(key(line));
            if (own != null) {
                found[0]++;
                String words =
                        words(line.path("title").asText(""), line.path("text").asText(""));
                byLength.computeIfAbsent(words.length(), length -> new ArrayList<>())
                        .add(new Labelled(words, own));
            }
        });
        if (found[0] == 0) {
            throw new LocalException("none of the reviews of " + reviews + " has a label in " + labels
                    + ": labels belong to reviews by 'user' and 'item'; give the labels of these reviews to --labels");
        }
        return new LabelledReviews(byLength, found[0]);
    }

    /** How many reviews have labels. */
    int size() {
        return size;
    }

    /**
     * Looks a review up.
     *
     * @param title as it stands in the question
     * @param text as it stands in the question
     * @return its motives, possibly an empty list, or nothing if nobody labelled it
     */
    Optional<JsonNode> find(String title, String text) {
        String asked = words(title, text);
        return byLength.getOrDefault(asked.length(), List.of()).stream()
                .filter(labelled -> isSame(asked, labelled.words()))
                .map(Labelled::motives)
                .findFirst();
    }

    private static boolean isSame(String asked, String words) {
        for (int i = 0; i < asked.length(); i++) {
            if (asked.charAt(i) != words.charAt(i) && asked.charAt(i) != BLOT) {
                return false;
            }
        }
        return true;
    }

    private static String words(String title, String text) {
        return INVISIBLE.matcher(title + "\n" + text).replaceAll("");
    }

    private static String key(JsonNode line) {
        return line.path("user").asText() + "\t" + line.path("item").asText();
    }

    private static void eachLine(Path file, BiConsumer<JsonNode, String> use) {
        int number = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                use.accept(JSON.readTree(line), file + " line " + number);
            }
        } catch (JsonProcessingException e) {
            throw new LocalException(file + " line " + number + ": is no JSON object", e);
        } catch (IOException e) {
            throw new LocalException(
                    "cannot read " + file + " (" + e.getClass().getSimpleName()
                            + "): replay needs a file of reviews (--reviews) and one of their labels (--labels)",
                    e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream stream = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(stream) : stream;
    }
}
