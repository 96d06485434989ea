package dev.lmmrec.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.extractor.embedded.EmbeddedExtractor;
import dev.lmmrec.extraction.extractor.ladder.Allowance;
import dev.lmmrec.extraction.extractor.ladder.Ladder;
import dev.lmmrec.extraction.extractor.llm.provider.Patience;
import dev.lmmrec.extraction.privacy.PersonalData;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractorChoiceTest {

    private long nanos;

    @Test
    void nothingConfigured_isTheEmbeddedExtractorAlone() {
        assertThat(choice(Map.of())).isInstanceOf(EmbeddedExtractor.class);
        assertThat(choice(Map.of("lmmrec.extractor", " Embedded "))).isInstanceOf(EmbeddedExtractor.class);
    }

    @Test
    void student_readsWithWhatDistillationTrained() {
        assertThat(choice(Map.of("lmmrec.extractor", "student")).id().value()).startsWith("student-");
        assertThat(choice(Map.of("lmmrec.extractor", "student:twice")).id().value())
                .startsWith("student-")
                .endsWith("-twice");
    }

    @Test
    void severalNames_areALadder_knownByItsFirstRung() {
        Extractor ladder = choice(Map.of(
                "lmmrec.extractor", "bedrock, openai,ollama,embedded",
                "lmmrec.bedrock.model", "some.model-v1:0",
                "lmmrec.bedrock.region", "eu-central-1",
                "lmmrec.openai.url", "http://localhost:1/v1",
                "lmmrec.openai.model", "m",
                "lmmrec.ollama.url", "http://localhost:2",
                "lmmrec.ollama.model", "n"));

        assertThat(ladder).isInstanceOf(Ladder.class);
        assertThat(ladder.id().value()).matches("bedrock-some\\.model-v1:0-p\\d+-[0-9a-f]{12}");
    }

    @Test
    void llm_isAnotherNameOfOpenai() {
        Extractor ladder = choice(Map.of(
                "lmmrec.extractor", "llm", "lmmrec.openai.url", "http://localhost:1/v1", "lmmrec.openai.model", "m"));

        assertThat(ladder.id().value()).startsWith("openai-m-p");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lmmrec.extractor=gpt            | LMMREC_EXTRACTOR names 'gpt', must name one or more of bedrock, openai, ollama, embedded, student, student:twice
            lmmrec.extractor=,              | LMMREC_EXTRACTOR is empty
            lmmrec.extractor=student,embedded | 'student' always answers, so nothing after it is ever asked; name it last
            lmmrec.extractor=student:twice,openai | 'student:twice' always answers, so nothing after it is ever asked; name it last
            lmmrec.extractor=embedded,openai | 'embedded' always answers, so nothing after it is ever asked; name it last
            lmmrec.extractor=openai         | which needs LMMREC_OPENAI_MODEL; it is not set
            lmmrec.extractor=ollama;lmmrec.ollama.model=m | which needs LMMREC_OLLAMA_URL; it is not set
            lmmrec.extractor=bedrock        | which needs LMMREC_BEDROCK_MODEL; it is not set
            lmmrec.extractor=bedrock;lmmrec.bedrock.model=m;lmmrec.llm.thought=deep | must be 'steps' or 'none'
            lmmrec.extractor=openai;lmmrec.llm.timeout=90s | no call would ever be begun
            lmmrec.extractor=openai;lmmrec.openai.url=http://localhost:1;lmmrec.openai.model=m;lmmrec.openai.api-key=k;lmmrec.openai.api-key-secret=s | LMMREC_OPENAI_API_KEY and LMMREC_OPENAI_API_KEY_SECRET are both set
            lmmrec.extractor=openai;lmmrec.facets-file=no-such-file | LMMREC_FACETS_FILE: cannot read no-such-file
            lmmrec.extractor=openai;lmmrec.demonstrations-file=pom.xml | pom.xml line 1 is no labelled review
            """)
    void configuration_thatCannotWork_isRefusedWithWhatToDo(String properties, String message) {
        Map<String, String> given = new HashMap<>();
        for (String property : properties.split(";", -1)) {
            String[] parts = property.strip().split("=", 2);
            given.put(parts[0], parts[1]);
        }
        assertThatThrownBy(() -> choice(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void nothingConfigured_leavesTimeForEveryTryOfARung() {
        ExtractionSettings.Llm llm = settings(Map.of()).llm();
        Allowance allowance = new Allowance(llm.tokensPerReview(), llm.timePerReview(), () -> nanos);
        Patience patience = Patience.of(llm.timeout(), llm.retries());
        Duration pause = patience.retryPause();

        for (int retry = 0; retry < patience.retriesMax(); retry++) {
            // a pause is up to half as long again by chance
            nanos += patience.timeout().plus(pause).plus(pause.dividedBy(2)).toNanos();
            pause = pause.multipliedBy(2);

            assertThat(allowance.hasTime(patience.timeout())).isTrue();
        }
    }

    private static Extractor choice(Map<String, String> properties) {
        return new ExtractorChoice(settings(properties), null, new PersonalData("US"), Clock.systemUTC()).extractor();
    }

    private static ExtractionSettings settings(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(ExtractionSettings.class)
                .withConverter(java.time.Duration.class, 200, value -> java.time.Duration.parse("PT" + value))
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(ExtractionSettings.class);
    }
}
