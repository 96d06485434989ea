package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchTrainingCommandTest {

    @TempDir
    private Path directory;

    @Test
    void bench_onASmallSplit_timesEveryRowAndWritesIt() throws Exception {
        write("train", 0, 3, 6, 9, 12, 15);
        write("validation", 1);
        write("test", 2);
        StringWriter out = new StringWriter();
        Path json = directory.resolve("bench.json");

        int code = new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .execute(
                        "training",
                        "--data",
                        directory.toString(),
                        "--epochs",
                        "1",
                        "--memory-epochs",
                        "4",
                        "--json",
                        json.toString());

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains(
                        "LightGCN, d 32, 3 layers",
                        "all of LMMRec",
                        "by autograd alone",
                        "EASE, 20 items",
                        "converged",
                        "Recall@20");
        JsonNode written = new ObjectMapper().readTree(json.toFile());
        assertThat(written.get("memory").findValuesAsText("epoch")).containsExactly("1", "2", "3", "4");
        assertThat(written.get("memory"))
                .allSatisfy(look -> assertThat(look.get("heapBytes").asLong()).isPositive());
        assertThat(written.get("rows"))
                .hasSize(8)
                .allSatisfy(row -> assertThat(row.get("seconds").asDouble()).isPositive());
    }

    @Test
    void epochsOutOfRange_areWrongUsage() {
        StringWriter err = new StringWriter();

        int code = new CommandLine(new BenchCommand())
                .setErr(new PrintWriter(err))
                .execute("training", "--data", directory.toString(), "--epochs", "0");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("epochs is 0, must be 1 to 1000");
    }

    /** Everybody meets the items at these distances, so that everything occurs in training and nothing twice. */
    private void write(String part, int... distances) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < 20; user++) {
            for (int distance : distances) {
                lines.append("u")
                        .append(user)
                        .append("\ti")
                        .append((user + distance) % 20)
                        .append("\n");
            }
        }
        Files.writeString(directory.resolve(part + ".tsv"), lines);
    }
}
