package dev.lmmrec.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchTrainingCommandTest {

    @TempDir
    private Path directory;

    @Test
    void bench_onASmallSplit_timesEveryRowAndWritesIt() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        write("train", 6, random);
        write("validation", 1, random);
        write("test", 1, random);
        StringWriter out = new StringWriter();
        Path json = directory.resolve("bench.json");

        int code = new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .execute("training", "--data", directory.toString(), "--epochs", "1", "--json", json.toString());

        assertThat(code).isZero();
        assertThat(out.toString()).contains("LightGCN, d 32, 3 layers", "by autograd alone", "converged", "Recall@20");
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).get("rows");
        assertThat(rows)
                .hasSize(5)
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

    /** In training every item is met by somebody. */
    private void write(String part, int perUser, SplittableRandom random) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < 20; user++) {
            for (int i = 0; i < perUser; i++) {
                int item = part.equals("train") ? (user + i * 3) % 20 : random.nextInt(20);
                lines.append("u").append(user).append("\ti").append(item).append("\n");
            }
        }
        Files.writeString(directory.resolve(part + ".tsv"), lines);
    }
}
