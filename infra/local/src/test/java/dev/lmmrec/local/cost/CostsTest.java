package dev.lmmrec.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lmmrec.local.cost.CostSheet.Extractor;
import dev.lmmrec.local.description.Description;
import dev.lmmrec.local.failure.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostsTest {

    private static final Path INFRA = Path.of("..");
    private static final Path DOCS = Path.of("..", "..", "docs");
    private static final Offset<Double> CENT = within(0.005);

    private final CostSheet sheet = CostSheet.read(INFRA.resolve("costs.json"));
    private final Description description = Description.read(INFRA.resolve("deployment.json"));
    private final Costs costs = new Costs(description, sheet);

    @TempDir
    private Path folder;

    private static double sum(Map<String, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Worked out by hand with a million reviews, 1 GB of memory and batches of ten. */
    @Test
    void millionReviews_figuresChosenForHand_addUp() {
        CostSheet round = new CostSheet(
                "here",
                new CostSheet.Prices(0.00001, 1, 2, 1, 1, 0.5, 1, 1, 1, 1, 1, 1, 1, 1),
                Map.of(),
                new CostSheet.Assumptions(1000, 100, 2, 3, 5, 2, 20, 50, 2, 10, 9, 1, 10, 3, 1, 1));
        Map<String, Double> parts = new Costs(description, round).millionReviews(new Extractor(100, 3, 30));

        assertThat(parts.get("API")).isEqualTo(2);
        // 1.0 M sends, 0.1 M receives, 0.1 M deletions
        assertThat(parts.get("queue")).isCloseTo(1.2, CENT);
        // 100,000 s of 1 GB, and 0.1 M invocations
        assertThat(parts.get("extraction")).isCloseTo(1.0 + 0.1, CENT);
        // twice: 1,000 M tokens in at 3 and 100 M out at 30
        assertThat(parts.get("language model")).isCloseTo(2 * (3000 + 3000), CENT);
        // 20,000 s of 1769 MB, and 0.02 M invocations
        assertThat(parts.get("embedding")).isCloseTo(20_000 * 1769 / 1024.0 * 0.00001 + 0.02, CENT);
        // 3 + 5 for the row, 2 for indexes, 2 profiles of 9
        assertThat(parts.get("table writes")).isCloseTo(28, CENT);
        // 1 for the row, 4 for what was forgotten; 2 profiles of 3 units, each from 10 rows of 2 units
        assertThat(parts.get("table reads")).isCloseTo(0.5 * (1 + 4 + 2 * (10 * 2 + 3)), CENT);
        // 0.12 M invocations of a kilobyte
        assertThat(parts.get("logs")).isCloseTo(0.12, CENT);
    }

    @Test
    void millionRequests_oneProfileMore_costsItsReads() {
        Map<String, Double> parts = costs.millionRequests();

        // eleven profiles of 10 KB are 33 reads of 4 KB
        assertThat(parts.get("table reads")).isCloseTo(33 * 0.125, CENT);
        assertThat(sum(parts)).isGreaterThan(parts.get("table reads") + 1);
    }

    @Test
    void trainingRun_isTheMachinesTime() {
        assertThat(costs.trainingRun().get("on demand"))
                .isCloseTo(
                        sheet.prices().gpuInstanceHour() * sheet.assumptions().trainingHours(), CENT);
    }

    @Test
    void runbook_holdsTheTable() throws IOException {
        String page = Files.readString(DOCS.resolve("operations.md"));

        assertThat(page)
                .as("replace what is between the remarks by what ./lmmrec costs prints")
                .contains("<!-- costs -->\n" + new CostTable(sheet, costs).markdown() + "<!-- /costs -->");
    }

    @Test
    void alarms_areAsManyAsTerraformMakes() throws IOException {
        Matcher row = Pattern.compile("\\| aws_cloudwatch_metric_alarm \\| (\\d+) \\|")
                .matcher(Files.readString(INFRA.resolve("terraform").resolve("prod-plan.md")));

        assertThat(row.find()).isTrue();
        assertThat(sheet.assumptions().alarms()).isEqualTo(Double.parseDouble(row.group(1)));
    }

    @Test
    void read_missingPrice_isNamed() throws IOException {
        Path file = folder.resolve("costs.json");
        Files.writeString(
                file, Files.readString(INFRA.resolve("costs.json")).replace("\"kmsKeyMonth\"", "\"keyMonth\""));

        assertThatThrownBy(() -> CostSheet.read(file))
                .isInstanceOf(LocalException.class)
                .hasMessageContaining("kmsKeyMonth");
    }
}
