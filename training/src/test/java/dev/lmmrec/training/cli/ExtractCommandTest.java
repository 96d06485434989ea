package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void reviews_extracted_quoteTheirReviewAndAgreeWithThemselves() throws Exception {
        String first = "It is very easy to set up. The cover broke after three weeks.";
        String second = "I bought this for my daughter and she loves the bright sound.";
        Path reviews = Files.write(
                folder.resolve("reviews.jsonl"), List.of(review("a", first), "not a review", review("b", second)));
        Path motives = folder.resolve("motives.jsonl.gz");

        assertThat(run("extract", reviews, "--out", motives)).isZero();

        assertThat(out.toString()).contains("2 reviews").contains("1 lines refused");
        Path json = folder.resolve("figures.json");
        assertThat(run("extract-eval", motives, "--reviews", reviews, "--json", json))
                .as("%s", err)
                .isZero();
        JsonNode measured = new ObjectMapper().readTree(json.toFile()).get(0);
        assertThat(measured.get("reviews").asInt()).isEqualTo(2);
        assertThat(measured.get("found").asInt()).isGreaterThan(2);
        assertThat(measured.at("/figures/motive F1/value").asDouble()).isEqualTo(1);
        assertThat(out.toString()).contains("span F1");
    }

    @Test
    void motivesOfAFile_asTheExtractor_areMeasuredOnTheReviewsTheyKnow() throws Exception {
        Path labels = Files.write(
                folder.resolve("labels.jsonl"),
                List.of(labelled("a", "POSITIVE"), labelled("b", "POSITIVE"), labelled("c", "NEGATIVE")));
        Path second = Files.write(
                folder.resolve("second.jsonl"), List.of(labelled("a", "POSITIVE"), labelled("b", "NEGATIVE")));
        Path json = folder.resolve("figures.json");

        assertThat(run("extract-eval", labels, "--extractor", second, "--json", json))
                .isZero();

        JsonNode measured = new ObjectMapper().readTree(json.toFile()).get(0);
        assertThat(measured.get("reviews").asInt()).isEqualTo(2);
        assertThat(measured.at("/figures/motive F1/value").asDouble()).isEqualTo(0.5);
        assertThat(measured.at("/figures/span F1/value").asDouble()).isEqualTo(1);
    }

    @Test
    void student_distilledFromLabels_extractsFromItsFolder() throws Exception {
        Path labels = Files.write(
                folder.resolve("labels.jsonl"),
                IntStream.range(0, 20)
                        .mapToObj(i -> labelled("user" + i, "POSITIVE"))
                        .toList());
        Path reviews = Files.write(folder.resolve("reviews.jsonl"), List.of(review("a", "so easy to clean")));
        Path student = folder.resolve("student");
        Path motives = folder.resolve("motives.jsonl");

        assertThat(run("distil", "--labels", labels, "--out", student, "--epochs", "20", "--limit", "18"))
                .as("%s", err)
                .isZero();
        assertThat(run("extract", reviews, "--out", motives, "--extractor", student))
                .as("%s", err)
                .isZero();

        assertThat(out.toString()).contains("18 labelled reviews").contains("by student-");
        assertThat(motives).content().contains("so easy to clean").contains("convenience");
    }

    @Test
    void triplets_measuredWithADictionary_countExactAndNearlyExactOnes() throws Exception {
        Path training = Files.write(folder.resolve("train.txt"), List.of("great screen####[([1], [0], 'POS')]"));
        Path test = Files.write(
                folder.resolve("test.txt"),
                List.of("a great screen####[([2], [1], 'POS')]", "great touch screen####[([1, 2], [0], 'POS')]"));
        Path json = folder.resolve("figures.json");

        assertThat(run("extract-eval", test, "--extractor", training, "--json", json))
                .as("%s", err)
                .isZero();

        assertThat(out.toString()).contains("2 sentences, 2 triplets labelled, 2 found by dictionary");
        JsonNode measured = new ObjectMapper().readTree(json.toFile()).get(0);
        assertThat(measured.at("/figures/triplet F1/value").asDouble()).isEqualTo(0.5);
        assertThat(measured.at("/figures/relaxed F1/value").asDouble()).isEqualTo(1);
    }

    @Test
    void extractorOfTripletsThatDoesNotExist_isRefusedByName() throws Exception {
        Path test = Files.write(folder.resolve("test.txt"), List.of("great screen####[([1], [0], 'POS')]"));

        assertThat(run("extract-eval", test, "--extractor", "student")).isEqualTo(1);

        assertThat(err.toString()).contains("student").contains("triplets");
    }

    @Test
    void splitThatDoesNotExist_isRefusedByName() throws Exception {
        Path labels = Files.write(folder.resolve("labels.jsonl"), List.of(labelled("a", "POSITIVE")));

        assertThat(run("extract-eval", labels, "--split", "dev")).isEqualTo(1);

        assertThat(err.toString()).contains("'dev'").contains("labels.jsonl");
    }

    @Test
    void extractorThatDoesNotExist_isRefusedWithWhatThereIs() {
        assertThat(run("extract", folder.resolve("x"), "--out", folder.resolve("y"), "--extractor", "no-such"))
                .isEqualTo(1);

        assertThat(err.toString()).contains("no-such").contains("embedded");
        assertThat(folder).isEmptyDirectory();
    }

    private static String review(String user, String text) {
        return "{\"user\":\"" + user + "\",\"item\":\"i\",\"rating\":5,\"time\":1000,\"text\":\"" + text + "\"}";
    }

    private static String labelled(String user, String polarity) {
        return "{\"user\":\"" + user
                + "\",\"item\":\"i\",\"text\":\"so easy to clean\",\"motives\":[{\"side\":\"ITEM\","
                + "\"facet\":\"convenience\",\"polarity\":\"" + polarity + "\",\"strength\":0.5,\"confidence\":0.9,"
                + "\"statement\":\"easy to clean\",\"evidence\":\"so easy to clean\",\"field\":\"text\",\"start\":0}]}";
    }

    private int run(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return Main.commandLine(Clients.of(Map.of()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }
}
