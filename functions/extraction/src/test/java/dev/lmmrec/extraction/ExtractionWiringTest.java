package dev.lmmrec.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.extraction.extractor.embedded.EmbeddedExtractor;
import dev.lmmrec.extraction.extractor.llm.LlmExtractor;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExtractionWiringTest {

    private final ExtractionWiring wiring = new ExtractionWiring();

    @Test
    void extractor_calledEmbedded_needsNothingElse() {
        assertThat(wiring.extractor("Embedded", null)).isInstanceOf(EmbeddedExtractor.class);
    }

    @Test
    void extractor_calledStudent_readsWithWhatDistillationTrained() {
        assertThat(wiring.extractor("student", null).id().value()).startsWith("student-");
    }

    @Test
    void extractor_thatDoesNotExist_isRefusedWithTheChoice() {
        assertThatThrownBy(() -> wiring.extractor("gpt", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("LMMREC_EXTRACTOR is 'gpt', must be 'embedded', 'student' or 'llm'");
    }

    @Test
    void llm_withoutEndpointOrModel_isRefusedWithTheMissingKeys() {
        assertThatThrownBy(() -> new LlmExtractor(null, Optional.empty(), Optional.of("m")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LMMREC_LLM_URL");
    }
}
