package dev.lmmrec.extraction.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewReviewMetricTest {

    private final List<String> lines = new ArrayList<>();
    private final NewReviewMetric metric = new NewReviewMetric("lmmrec-test-extraction", new Lines(lines));

    /** Namespace, name and dimension are those that the alarm of infra/terraform/modules/training watches. */
    @Test
    void newReviews_areOneLineOfTheEmbeddedMetricFormat() throws IOException {
        metric.accept(7);

        assertThat(lines).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(lines.get(0));
        JsonNode metrics = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(metrics.path("Namespace").asText()).isEqualTo("lmmrec");
        assertThat(metrics.at("/Dimensions/0")).extracting(JsonNode::asText).containsExactly("function");
        assertThat(metrics.at("/Metrics/0/Name").asText()).isEqualTo("reviews_new");
        assertThat(line.path("function").asText()).isEqualTo("lmmrec-test-extraction");
        assertThat(line.path("reviews_new").asInt()).isEqualTo(7);
    }

    @Test
    void batchWithoutNewReviews_writesNothing() {
        metric.accept(0);

        assertThat(lines).isEmpty();
    }
}
