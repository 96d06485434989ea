package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.training.SampleRows;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.RowsFile;
import dev.lmmrec.training.data.Source;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainEvalCommandTest {

    private static final double FAITHFUL_MIN = 0.95;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void reasonsOnTheSample_bearOnTheRanking() throws Exception {
        JsonNode figures = figures(SampleRows.read().stream()
                .map(ExplainEvalCommandTest::withHashedWords)
                .toList());

        requireFaithful(figures);
        assertThat(out.toString()).contains("score lower without it", "NDCG@5, same side, facet and meaning");
    }

    @Test
    void reasonsOnRealReviews_bearOnTheRanking_andStatementsAgreeMoreThanByChance() throws Exception {
        Path data = find(Path.of("shared", "data"));
        assumeTrue(data != null, "no shared/data beside the checkout");
        Dataset dense = Source.open(
                        new Source.Origin(
                                data.resolve("musical-instruments/reviews.jsonl.gz"),
                                ReviewFormat.AUTO,
                                Optional.of(data.resolve("motives/musical-instruments.jsonl.gz")),
                                4,
                                0),
                        (bytes, most) -> {})
                .dataset()
                .orElseThrow();

        JsonNode figures = figures(dense.rows().stream()
                .map(ExplainEvalCommandTest::withHashedWords)
                .toList());

        requireFaithful(figures);
        JsonNode agreement = figures.get("ndcg@5 reason");
        assertThat(agreement.get("as served").asDouble())
                .isGreaterThan(agreement.get("random").asDouble());
    }

    @Test
    void rowsWithoutVectors_haveNoReasonsToMeasure() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        new RowsFile()
                .write(
                        rows,
                        SampleRows.read().stream()
                                .map(row -> row.withVectors(null))
                                .toList());

        assertThat(run("--rows", rows, "--splits", 1)).isEqualTo(1);
        assertThat(err.toString()).contains("embed");
    }

    private static void requireFaithful(JsonNode figures) {
        for (String whose : List.of("known", "byWords")) {
            JsonNode count = figures.get(whose);
            assertThat(count.get("reasons").asInt()).as(whose).isGreaterThan(100);
            assertThat(count.get("lowerScore").asDouble() / count.get("reasons").asInt())
                    .as(whose)
                    .isGreaterThanOrEqualTo(FAITHFUL_MIN);
        }
    }

    private JsonNode figures(List<ReviewMotivations> reviews) throws Exception {
        Path rows = folder.resolve("rows.jsonl.gz");
        new RowsFile().write(rows, reviews);
        Path json = folder.resolve("figures.json");
        int code = run("--rows", rows, "--splits", 1, "--epochs", 3, "--dim", 8, "--json", json);
        assertThat(code).as(err.toString()).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }

    /**
     * Vectors that count words, each at the component that its hash names: no encoder is needed to tell alike from
     * unlike.
     */
    private static ReviewMotivations withHashedWords(ReviewMotivations row) {
        return row.withVectors(new ReviewVectors(
                "hashed-words",
                words(row.review().title() + " " + row.review().text()),
                row.motivations().stream()
                        .map(Motivation::statement)
                        .map(ExplainEvalCommandTest::words)
                        .toList()));
    }

    private static DenseVector words(String text) {
        float[] counts = new float[Dataset.TEXT_WIDTH];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            counts[Math.floorMod(word.hashCode(), counts.length)]++;
        }
        return DenseVector.meanDirection(List.of(DenseVector.of(counts))).atRest();
    }

    private static Path find(Path wanted) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(wanted))) {
                return at.resolve(wanted);
            }
        }
        return null;
    }

    private int run(Object... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = "explain-eval";
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i].toString();
        }
        return Main.commandLine(Clients.of(Map.of()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }
}
