package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import dev.lmmrec.core.testing.SharedData;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.training.SampleRows;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.RowsFile;
import dev.lmmrec.training.data.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainEvalCommandTest {

    private static final double FAITHFUL_MIN = 0.95;

    @TempDir
    Path folder;

    @Test
    void reasonsOnTheSample_bearOnTheRanking() throws Exception {
        CommandRun run = measure(SampleRows.read().stream()
                .map(ExplainEvalCommandTest::withHashedWords)
                .toList());

        requireFaithful(figures());
        assertThat(run.out()).contains("score lower without it", "NDCG@5, same side, facet and meaning");
    }

    @Test
    void reasonsOnRealReviews_bearOnTheRanking_andStatementsAgreeMoreThanByChance() throws Exception {
        Dataset dense = Source.open(
                        new Source.Origin(
                                SharedData.find("musical-instruments/reviews.jsonl.gz"),
                                ReviewFormat.AUTO,
                                Optional.of(SharedData.find("motives/musical-instruments.jsonl.gz")),
                                4,
                                0),
                        (bytes, most) -> {})
                .dataset()
                .orElseThrow();

        measure(dense.rows().stream()
                .map(ExplainEvalCommandTest::withHashedWords)
                .toList());

        JsonNode figures = figures();
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

        CommandRun run = CommandRun.of("explain-eval", "--rows", rows, "--splits", 1);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("embed");
    }

    @Test
    void reviewsWithoutStatements_areRefusedWhereStatementsAreAllThereIs() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        new RowsFile()
                .write(
                        rows,
                        SampleRows.read().stream()
                                .map(ExplainEvalCommandTest::withoutMotivations)
                                .toList());

        CommandRun run = CommandRun.of("explain-eval", "--rows", rows, "--splits", 2, "--statements-only");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("lmmrec explain-eval: no held-out review", "extract")
                .doesNotContain("\tat ");
    }

    @Test
    void itemsWithOneStatement_loseTheirAgreementAndNotTheFiguresOfReasons() throws Exception {
        CommandRun run = measure(SyntheticRows.of(40, 30, 3, 6, 2).stream()
                .map(row -> SyntheticRows.row(row.userId(), row.itemId(), "good for " + row.itemId(), null))
                .map(ExplainEvalCommandTest::withHashedWords)
                .toList());

        assertThat(figures().get("known").get("items").asInt()).isPositive();
        assertThat(figures().has("ndcg@5 reason")).isFalse();
        assertThat(run.out()).contains("No held-out review agrees with a statement");
    }

    private static ReviewMotivations withoutMotivations(ReviewMotivations row) {
        return ReviewMotivations.of(row.review(), row.receivedAt(), row.extractorId(), List.of(), row.kind(), 0);
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

    private CommandRun measure(List<ReviewMotivations> reviews) throws Exception {
        Path rows = folder.resolve("rows.jsonl.gz");
        new RowsFile().write(rows, reviews);
        CommandRun run = CommandRun.of(
                "explain-eval", "--rows", rows, "--splits", 1, "--epochs", 3, "--dim", 8, "--json", figuresFile());
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private JsonNode figures() throws Exception {
        return new ObjectMapper().readTree(figuresFile().toFile());
    }

    private Path figuresFile() {
        return folder.resolve("figures.json");
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
}
