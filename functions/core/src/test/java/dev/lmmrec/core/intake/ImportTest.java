package dev.lmmrec.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.core.testing.DynamoDbLocal;
import dev.lmmrec.core.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    private static final String LINE =
            "{\"reviewId\":\"r%d\",\"userId\":\"u\",\"itemId\":\"i\",\"rating\":%d,\"time\":1700000000,\"text\":\"%s\"}\n";

    @TempDir
    private Path folder;

    private final List<Review> queue = new ArrayList<>();

    @Test
    void file_goodAndBadLines_areCountedSentAndWrittenDown() throws IOException {
        StringBuilder lines = new StringBuilder("\n");
        for (int i = 0; i < 250; i++) {
            lines.append(LINE.formatted(i, i % 10 == 0 ? 9 : 4, i == 1 ? "x".repeat(20_001) : "Fine"));
        }
        Import.Outcome outcome = run(lines.toString());

        assertThat(outcome.lines()).isEqualTo(250);
        assertThat(outcome.accepted()).isEqualTo(225);
        assertThat(outcome.noted()).isEqualTo(1);
        assertThat(outcome.rejected()).isEqualTo(25);
        assertThat(outcome.sent()).isEqualTo(225);
        assertThat(outcome.format()).contains(ReviewFormat.LMMREC);
        assertThat(outcome.firstNotes()).containsExactly("line 3: text: had 20001 characters and was cut to 20000");
        assertThat(outcome.firstProblems()).hasSize(10);
        assertThat(outcome.firstProblems().get(0)).hasToString("reviews.jsonl:2: rating: is 9.0, must be from 1 to 5");
        assertThat(queue)
                .hasSize(225)
                .extracting(Review::reviewId)
                .startsWith("r1", "r2")
                .doesNotHaveDuplicates();

        List<String> rejects = Files.readAllLines(folder.resolve("rejects.jsonl"));
        assertThat(rejects).hasSize(25);
        JsonNode first = JsonMapper.builder().build().readTree(rejects.get(0));
        assertThat(first.get("file").textValue()).isEqualTo("reviews.jsonl");
        assertThat(first.get("line").intValue()).isEqualTo(2);
        assertThat(first.get("reason").textValue()).isEqualTo("rating: is 9.0, must be from 1 to 5");
        assertThat(first.get("raw").textValue() + "\n").isEqualTo(LINE.formatted(0, 9, "Fine"));
    }

    @Test
    void file_allGood_leavesNoRejectsFile() throws IOException {
        assertThat(run(LINE.formatted(1, 4, "Fine")).rejected()).isZero();
        assertThat(folder.resolve("rejects.jsonl")).doesNotExist();
    }

    @Test
    void queue_refuses_importStopsWithItsReason() throws IOException {
        Path file = Files.writeString(folder.resolve("reviews.jsonl"), LINE.formatted(1, 4, "Fine"));
        Import broken = new Import(new ReviewCheck(CLOCK), reviews -> {
            throw new IllegalStateException("the queue is gone");
        });
        assertThatThrownBy(
                        () -> broken.run(file, ReviewFormat.LMMREC, folder.resolve("rejects.jsonl"), Progress.SILENT))
                .hasMessage("the queue is gone");
    }

    @Test
    void bundledSample_auto_isImportedWhole() {
        Import.Outcome outcome = importInto(DynamoDbLocal.repositoryRoot().resolve("models/sample/reviews.jsonl"));
        assertThat(outcome.format()).contains(ReviewFormat.LMMREC);
        assertThat(outcome.rejected() + outcome.noted()).isZero();
        assertThat(outcome.sent()).isEqualTo(outcome.lines()).isGreaterThan(500);
    }

    /** The real texts; those that are refused have no words at all. */
    @ParameterizedTest
    @CsvSource({
        "musical-instruments,lmmrec,5048",
        "musical-instruments-full,lmmrec,10261",
        "steam-reviews,steam,57723",
    })
    void realReviews_auto_areRefusedOnlyWhereTheyHaveNoWords(String name, String format, int lines) {
        Import.Outcome outcome = importInto(SharedData.find(name + "/reviews.jsonl.gz"));

        assertThat(outcome.format()).contains(ReviewFormat.named(format));
        assertThat(outcome.lines()).isEqualTo(lines);
        assertThat(outcome.firstProblems()).allMatch(problem -> problem.reason().contains("text: is empty"));
        assertThat(outcome.rejected()).isLessThan(20);
        assertThat(outcome.sent()).isEqualTo(outcome.accepted()).isEqualTo(lines - outcome.rejected());
        assertThat(queue.stream().map(Review::reviewId).distinct()).hasSameSizeAs(queue);
    }

    private Import.Outcome run(String content) throws IOException {
        return importInto(Files.writeString(folder.resolve("reviews.jsonl"), content));
    }

    private Import.Outcome importInto(Path file) {
        return new Import(new ReviewCheck(CLOCK), queue::addAll)
                .run(file, ReviewFormat.AUTO, folder.resolve("rejects.jsonl"), Progress.SILENT);
    }
}
