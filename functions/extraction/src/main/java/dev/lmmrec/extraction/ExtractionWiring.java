package dev.lmmrec.extraction;

import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.extraction.event.MessageReader;
import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.extractor.embedded.EmbeddedExtractor;
import dev.lmmrec.extraction.extractor.llm.LlmExtractor;
import dev.lmmrec.extraction.grounding.Grounding;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Puts the function together from the configuration. */
final class ExtractionWiring {

    /** At start, so that a wrong configuration is told before the first review, and resources are read only once. */
    @Produces
    @Singleton
    @Startup
    BatchExtraction batchExtraction(
            DynamoDbClient dynamoDb,
            @ConfigProperty(name = "lmmrec.motivations-table") String table,
            Extractor extractor) {
        return new BatchExtraction(
                new MessageReader(new ReviewCheck(Clock.systemUTC())),
                extractor,
                new Grounding(),
                new MotivationStore(dynamoDb, table));
    }

    /**
     * Chooses the extractor.
     *
     * @throws IllegalArgumentException if the configuration names none that exists
     */
    @Produces
    @Singleton
    Extractor extractor(@ConfigProperty(name = "lmmrec.extractor") String name, Instance<LlmExtractor> llm) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "embedded" -> EmbeddedExtractor.load();
            case "student" -> EmbeddedExtractor.student();
            case "llm" -> llm.get();
            default ->
                throw new IllegalArgumentException(
                        "LMMREC_EXTRACTOR is '" + name + "', must be 'embedded', 'student' or 'llm'");
        };
    }
}
