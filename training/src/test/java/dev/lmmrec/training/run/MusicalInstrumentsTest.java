package dev.lmmrec.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.testing.SharedData;
import dev.lmmrec.training.SyntheticRows;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.evaluation.Metrics;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.run.Comparison.Outcome;
import dev.lmmrec.training.run.Comparison.Row;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Real interactions, where they are at hand. */
class MusicalInstrumentsTest {

    @Test
    void backboneWithPopularity_onRealInteractions_isNotBehindPopularityOrEase() throws Exception {
        Dataset dataset = SyntheticRows.dataset(read(SharedData.find("musical-instruments/reviews.jsonl.gz")));
        assertThat(dataset.interactions().count()).isEqualTo(5_048);

        Outcome outcome =
                new Comparison(Settings.DEFAULTS, Listener.SILENT).of(Split.random(dataset, 1), Optional.empty(), true);

        Map<String, Metrics> test = outcome.rows().stream().collect(Collectors.toMap(Row::model, Row::test));
        assertThat(outcome.metrics().recallAt(20))
                .isGreaterThan(test.get("popularity").recallAt(20) - 0.01)
                .isGreaterThan(test.get("ease").recallAt(20));
        // a ranking by chance finds 20 of 392
        assertThat(test.get("lightgcn").recallAt(20)).isGreaterThan(0.15);
    }

    private static List<ReviewMotivations> read(Path file) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<ReviewMotivations> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode review = json.readTree(line);
                rows.add(SyntheticRows.row(
                        review.get("user").asText(), review.get("item").asText(), "word", null));
            }
        }
        return rows;
    }
}
