package dev.lmmrec.training.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelCardTest {

    @Test
    void whoAndWhatCameAfterTraining_isSaidAsServingRanksIt() {
        String card = card(new Weights(1, 0.5, 0, 0.1), new Weights(0, 1, 0, 0.1));

        assertThat(card)
                .contains("ranked for by the items that they met and by the text of their reviews")
                .contains("Items that came after training are ranked by their profiles")
                .doesNotContain("not ranked before the next training");
    }

    @Test
    void modelWithoutText_stillRanksByHistory() {
        String card = card(new Weights(1, 0, 0, 0.1), new Weights(0, 0, 0, 1));

        assertThat(card)
                .contains("Text has no weight in it: who came after training is ranked for by the items that they met")
                .contains("an untrained encoder")
                .doesNotContain("made without text", "as the sentence encoder is in the language");
    }

    private static String card(Weights known, Weights textOnly) {
        return new ModelCard(new Manifest(
                        Manifest.FORMAT_VERSION,
                        "lightgcn",
                        "version",
                        "2026-11-23T10:15:00Z",
                        new Manifest.Dims(384, 8, 8, 0, 0),
                        "encoder",
                        "0123456789",
                        1,
                        1,
                        Map.of("test.recall@20", 0.2),
                        Map.of(),
                        new Manifest.Fusion(known, known, textOnly),
                        List.of()))
                .markdown();
    }
}
