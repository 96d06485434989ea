package dev.lmmrec.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromotionGateTest {

    private final PromotionGate gate = new PromotionGate("test.recall@20", 0.05);

    @Test
    void version_worseBeyondTolerance_isObjectedToWithBothFigures() {
        assertThat(gate.objection(
                                measured("b", Map.of("test.recall@20", 0.18)),
                                measured("a", Map.of("test.recall@20", 0.2)))
                        .orElseThrow())
                .contains("version b", "0.1800", "0.2000", "5.0 %", "version a");
    }

    @Test
    void version_worseWithinToleranceOrBetter_passes() {
        Manifest current = measured("a", Map.of("test.recall@20", 0.2));
        assertThat(gate.objection(measured("b", Map.of("test.recall@20", 0.191)), current))
                .isEmpty();
        assertThat(gate.objection(measured("b", Map.of("test.recall@20", 0.3)), current))
                .isEmpty();
    }

    @Test
    void version_withoutTheMetric_isObjectedToNamingThoseItHas() {
        Manifest measured = measured("a", Map.of("test.recall@20", 0.2));
        Manifest silent =
                measured("b", Map.of("test.ndcg@20", 0.1, "test.hit@20", 0.3, "test.recall@20 of popularity", 0.1));

        assertThat(gate.objection(silent, measured))
                .contains("version b has no metric test.recall@20; it has test.hit@20, test.ndcg@20");
        assertThat(gate.objection(silent, silent)).isPresent();
        assertThat(gate.objection(measured, silent)).isEmpty();
    }

    @Test
    void tolerance_thatIsNoShare_isRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new PromotionGate("test.recall@20", 1.5))
                .withMessageContaining("1.5");
    }

    private static Manifest measured(String version, Map<String, Double> metrics) {
        Weights weights = new Weights(1, 0, 0, 0);
        return new Manifest(
                Manifest.FORMAT_VERSION,
                "lightgcn",
                version,
                "2026-11-23T10:15:00Z",
                new Manifest.Dims(384, 8, 8, 0, 0),
                "encoder",
                "0123456789",
                1,
                1,
                metrics,
                Map.of(),
                new Manifest.Fusion(weights, weights, weights),
                List.of());
    }
}
