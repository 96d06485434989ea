package dev.lmmrec.extraction.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.metric.MetricLog;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MotiveMetricsTest {

    private final List<String> lines = new ArrayList<>();
    private final MotiveMetrics metrics =
            new MotiveMetrics(new MetricLines(new MetricLog(new Lines(lines)), "lmmrec-test"));

    @Test
    void figures_ofABatch_areOneLine_withEveryFacet_andMadeUpOnesTogether() throws IOException {
        BatchFigures figures = new BatchFigures();
        figures.add(
                List.of(of(Facet.PRICE), of(Facet.PRICE), of(new Facet("smell")), of(new Facet("luck"))), 3, 1, true);
        figures.add(List.of(), 0, 0, false);
        figures.addNew();

        metrics.accept(figures);

        assertThat(lines).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(lines.get(0));
        assertThat(line.path("function").asText()).isEqualTo("lmmrec-test");
        assertThat(line.path("reviews_read").asInt()).isEqualTo(2);
        // the alarm of infra/terraform/modules/training watches this one by this dimension
        assertThat(line.path("reviews_new").asInt()).isEqualTo(1);
        assertThat(line.path("reviews_without_motive").asInt()).isEqualTo(1);
        assertThat(line.path("reviews_by_lower_rung").asInt()).isEqualTo(1);
        assertThat(line.path("motivations").asInt()).isEqualTo(4);
        assertThat(line.path("quotes_dropped").asInt()).isEqualTo(3);
        assertThat(line.path("facet_price").asInt()).isEqualTo(2);
        assertThat(line.path("facet_other").asInt()).isEqualTo(2);
        for (Facet facet : Facet.KNOWN) {
            assertThat(line.has("facet_" + facet.name())).as(facet.name()).isTrue();
        }
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions/0"))
                .extracting(JsonNode::asText)
                .containsExactly("function");
    }

    @Test
    void batch_inWhichNothingWasExtracted_writesNoLine() {
        metrics.accept(new BatchFigures());

        assertThat(lines).isEmpty();
    }

    private static Motivation of(Facet facet) {
        return new Motivation(Side.ITEM, facet, Polarity.POSITIVE, "a reason", "a reason", Field.TEXT, 0, 0.5, 0.5);
    }
}
