package dev.lmmrec.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.forget.Forgotten;
import dev.lmmrec.core.forget.Subject;
import dev.lmmrec.core.testing.DynamoDbLocal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BatchInferenceCommandTest {

    private static final String MODEL = "lmmrec.bedrock.model";
    private static final String FORGOTTEN_TABLE = "lmmrec.forgotten-table";
    private static final Map<String, String> AWS = Map.of(
            "aws.endpointUrl", DynamoDbLocal.shared().endpoint().toString(),
            "aws.region", "us-east-1",
            "aws.accessKeyId", "local",
            "aws.secretAccessKey", "local");
    private static final String LINE =
            "{\"reviewId\":\"%s\",\"userId\":\"u\",\"itemId\":\"i\",\"rating\":4,\"time\":1700000000,\"text\":\"%s\"}\n";

    @TempDir
    private Path folder;

    private final String forgottenTable = DynamoDbLocal.shared().createTable("key");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void configure() {
        System.setProperty(MODEL, "some.model-v1:0");
        System.setProperty(FORGOTTEN_TABLE, forgottenTable);
        AWS.forEach(System::setProperty);
    }

    @AfterEach
    void clear() {
        System.clearProperty(MODEL);
        System.clearProperty(FORGOTTEN_TABLE);
        AWS.keySet().forEach(System::clearProperty);
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
    void reviewsThatWereForgotten_areNeitherAskedAboutNorKept_andTold() throws Exception {
        Forgotten forgotten = new Forgotten(DynamoDbLocal.shared().client(), forgottenTable, Clock.systemUTC());
        forgotten.add(Subject.user("gone"));
        forgotten.add(Subject.review("review-7"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 230; i++) {
            String line = LINE.formatted("review-" + i, "It is " + (i == 7 ? "secret" : "bright") + ".");
            // one in each of the groups that are looked up together, the last and smaller one too
            lines.append(i % 100 == 20 ? line.replace("\"u\"", "\"gone\"").replace("bright", "secret") : line);
        }

        assertThat(write(lines.toString())).as(err.toString()).isZero();

        Path jobs = folder.resolve("jobs");
        assertThat(Files.readString(jobs.resolve("reviews-0001.jsonl")))
                .contains("It is bright.")
                .doesNotContain("secret");
        assertThat(Files.readAllLines(jobs.resolve("asked/reviews-0001.jsonl")))
                .hasSize(226)
                .noneMatch(line -> line.contains("gone") || line.contains("secret"));
        assertThat(out.toString()).contains("226 records in 1 files, 0 left out", "4 forgotten");
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
