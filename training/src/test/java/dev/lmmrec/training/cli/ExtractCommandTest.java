package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractCommandTest {

    @TempDir
    private Path folder;

    @Test
    void reviews_extracted_quoteTheirReviewAndAgreeWithThemselves() throws Exception {
        String first = "It is very easy to set up. The cover broke after three weeks.";
        String second = "I bought this for my daughter and she loves the bright sound.";
        Path reviews = Files.write(
                folder.resolve("reviews.jsonl"), List.of(review("a", first), "not a review", review("b", second)));
        Path motives = folder.resolve("motives.jsonl.gz");

        CommandRun extracted = CommandRun.of("extract", reviews, "--out", motives);

        assertThat(extracted.code()).isZero();
        assertThat(extracted.out()).contains("2 reviews").contains("1 lines refused");
        Path json = folder.resolve("figures.json");
        CommandRun measuring = CommandRun.of("extract-eval", motives, "--reviews", reviews, "--json", json);
        assertThat(measuring.code()).as(measuring.err()).isZero();
        JsonNode measured = new ObjectMapper().readTree(json.toFile()).get(0);
        assertThat(measured.get("reviews").asInt()).isEqualTo(2);
        assertThat(measured.get("found").asInt()).isGreaterThan(2);
        assertThat(measured.at("/figures/motive F1/value").asDouble()).isEqualTo(1);
        assertThat(measuring.out()).contains("span F1");
    }

    @Test
    void motivesOfAFile_asTheExtractor_areMeasuredOnTheReviewsTheyKnow() throws Exception {
        Path labels = Files.write(
                folder.resolve("labels.jsonl"),
                List.of(labelled("a", "POSITIVE"), labelled("b", "POSITIVE"), labelled("c", "NEGATIVE")));
        Path second = Files.write(
                folder.resolve("second.jsonl"), List.of(labelled("a", "POSITIVE"), labelled("b", "NEGATIVE")));
        Path json = folder.resolve("figures.json");

        assertThat(CommandRun.of("extract-eval", labels, "--extractor", second, "--json", json)
                        .code())
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

        CommandRun distilled =
                CommandRun.of("distil", "--labels", labels, "--out", student, "--epochs", "20", "--limit", "18");
        assertThat(distilled.code()).as(distilled.err()).isZero();
        assertThat(distilled.out()).contains("18 labelled reviews");
        CommandRun extracted = CommandRun.of("extract", reviews, "--out", motives, "--extractor", student);
        assertThat(extracted.code()).as(extracted.err()).isZero();
        assertThat(extracted.out()).contains("by student-");
        assertThat(motives).content().contains("so easy to clean").contains("convenience");
    }

    @Test
    void triplets_measuredWithADictionary_countExactAndNearlyExactOnes() throws Exception {
        Path training = Files.write(folder.resolve("train.txt"), List.of("great screen####[([1], [0], 'POS')]"));
        Path test = Files.write(
                folder.resolve("test.txt"),
                List.of("a great screen####[([2], [1], 'POS')]", "great touch screen####[([1, 2], [0], 'POS')]"));
        Path json = folder.resolve("figures.json");

        CommandRun run = CommandRun.of("extract-eval", test, "--extractor", training, "--json", json);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("2 sentences, 2 triplets labelled, 2 found by dictionary");
        JsonNode measured = new ObjectMapper().readTree(json.toFile()).get(0);
        assertThat(measured.at("/figures/triplet F1/value").asDouble()).isEqualTo(0.5);
        assertThat(measured.at("/figures/relaxed F1/value").asDouble()).isEqualTo(1);
    }

    @Test
    void extractorOfTripletsThatDoesNotExist_isRefusedByName() throws Exception {
        Path test = Files.write(folder.resolve("test.txt"), List.of("great screen####[([1], [0], 'POS')]"));

        CommandRun run = CommandRun.of("extract-eval", test, "--extractor", "student");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("student").contains("triplets");
    }

    @Test
    void splitThatDoesNotExist_isRefusedByName() throws Exception {
        Path labels = Files.write(folder.resolve("labels.jsonl"), List.of(labelled("a", "POSITIVE")));

        CommandRun run = CommandRun.of("extract-eval", labels, "--split", "dev");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("'dev'").contains("labels.jsonl");
    }

    @Test
    void extractorThatDoesNotExist_isRefusedWithWhatThereIs() {
        CommandRun run =
                CommandRun.of("extract", folder.resolve("x"), "--out", folder.resolve("y"), "--extractor", "no-such");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no-such").contains("embedded");
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
}
