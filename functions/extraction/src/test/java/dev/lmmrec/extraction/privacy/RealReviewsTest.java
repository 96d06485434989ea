package dev.lmmrec.extraction.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * What is blotted in real reviews, which are not part of the project: without them the test is skipped. The places are
 * left in {@code target/blotted.txt}.
 */
class RealReviewsTest {

    @Test
    void realReviews_areHardlyEverBlotted() throws IOException {
        Path data = SharedData.find("musical-instruments/reviews.jsonl.gz");
        PersonalData personalData = new PersonalData("US");
        ObjectMapper json = new ObjectMapper();
        List<String> places = new ArrayList<>();
        int reviews = 0;
        int blottedReviews = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(data)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = json.readTree(line).path("text").asText();
                String blotted = personalData.blot(text);
                reviews++;
                blottedReviews += blotted.equals(text) ? 0 : 1;
                for (int i = 0; i < text.length(); i++) {
                    if (blotted.charAt(i) != text.charAt(i)
                            && (i == 0 || blotted.charAt(i - 1) == text.charAt(i - 1))) {
                        int end = i;
                        while (end < text.length() && blotted.charAt(end) != text.charAt(end)) {
                            end++;
                        }
                        places.add(text.substring(Math.max(0, i - 20), i) + "[" + text.substring(i, end) + "]");
                    }
                }
            }
        }
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/blotted.txt"), places);

        assertThat(reviews).isEqualTo(5_048);
        assertThat(blottedReviews).as("%s", places).isBetween(1, 50);
    }
}
