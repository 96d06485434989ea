package dev.lmmrec.extraction.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.metric.MetricLog;
import dev.lmmrec.extraction.metric.Lines;
import dev.lmmrec.extraction.metric.MetricLines;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostMetricsTest {

    @Test
    void reviewCost_isOneLineOfTheEmbeddedMetricFormat() throws IOException {
        List<String> lines = new ArrayList<>();

        new CostMetrics(new MetricLines(new MetricLog(new Lines(lines)), "lmmrec-test"))
                .accept(new ReviewCost(
                        "r1",
                        "bedrock",
                        "m",
                        true,
                        2,
                        3_000,
                        500,
                        new Price(3, 15).of(3_000, 500),
                        1,
                        Duration.ofMillis(42)));

        assertThat(lines).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(lines.get(0));
        JsonNode metrics = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(metrics.path("Namespace").asText()).isEqualTo("lmmrec");
        assertThat(metrics.at("/Dimensions/0")).extracting(JsonNode::asText).containsExactlyInAnyOrder("rung", "model");
        assertThat(metrics.at("/Dimensions/1")).extracting(JsonNode::asText).containsExactly("function");
        assertThat(line.path("function").asText()).isEqualTo("lmmrec-test");
        assertThat(metrics.path("Metrics"))
                .extracting(metric -> metric.path("Name").asText())
                .contains("review_cost", "tokens_in", "tokens_out", "model_calls", "reviews_answered");
        assertThat(line.path("rung").asText()).isEqualTo("bedrock");
        assertThat(line.path("review_cost").asDouble()).isCloseTo(0.0165, within(1e-12));
        assertThat(line.path("reviewId").asText()).isEqualTo("r1");
    }
}
