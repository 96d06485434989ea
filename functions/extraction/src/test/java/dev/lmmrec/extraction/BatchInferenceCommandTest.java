package dev.lmmrec.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BatchInferenceCommandTest {

    private static final String MODEL = "lmmrec.bedrock.model";
    private static final String LINE =
            "{\"reviewId\":\"%s\",\"userId\":\"u\",\"itemId\":\"i\",\"rating\":4,\"time\":1700000000,\"text\":\"%s\"}\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void configure() {
        System.setProperty(MODEL, "some.model-v1:0");
    }

    @AfterEach
    void clear() {
        System.clearProperty(MODEL);
    }

    @Test
    void reviewThatComesAgain_isAskedAboutAsItWasLast() throws Exception {
        StringBuilder lines = new StringBuilder(LINE.formatted("revised", "It was too dark."));
        for (int i = 0; i < 120; i++) {
            lines.append(LINE.formatted("review-" + i, "It is bright."));
        }
        lines.append(LINE.formatted("revised", "The new one is bright."));

        assertThat(write(lines.toString())).as(err.toString()).isZero();

        List<String> texts = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("jobs/asked/reviews-0001.jsonl"))) {
            JsonNode review = new ObjectMapper().readTree(line).path("review");
            if (review.path("reviewId").asText().equals("revised")) {
                texts.add(review.path("text").asText());
            }
        }
        assertThat(texts).containsExactly("The new one is bright.");
        assertThat(out.toString()).contains("121 records in 1 files, 1 left out");
    }

    @Test
    void folderOfAnotherRun_isRefusedInOneLine() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            lines.append(LINE.formatted("review-" + i, "It is bright."));
        }
        assertThat(write(lines.toString())).as(err.toString()).isZero();

        assertThat(write(lines.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("reviews-0001.jsonl is there already", "give --out another folder");
    }

    private int write(String lines) throws Exception {
        Path file = Files.writeString(folder.resolve("reviews.jsonl"), lines);
        return BatchInference.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "write",
                        file.toString(),
                        "--out",
                        folder.resolve("jobs").toString());
    }
}
