package dev.lmmrec.extraction;

import dev.lmmrec.core.forget.Forgotten;
import dev.lmmrec.core.library.NativeLibraries;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.extraction.event.MessageReader;
import dev.lmmrec.extraction.extractor.Extractor;
import dev.lmmrec.extraction.grounding.Grounding;
import dev.lmmrec.extraction.metric.MetricLines;
import dev.lmmrec.extraction.metric.MotiveMetrics;
import dev.lmmrec.extraction.privacy.PersonalData;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Puts the function together from the configuration. */
final class ExtractionWiring {

    /** At start, so that a wrong configuration is told before the first review, and resources are read only once. */
    @Produces
    @Singleton
    @Startup
    BatchExtraction batchExtraction(DynamoDbClient dynamoDb, ExtractionSettings settings) {
        NativeLibraries.useThoseBesideTheExecutable();
        Clock clock = Clock.systemUTC();
        PersonalData personalData = new PersonalData(settings.phoneRegion());
        ExtractorChoice choice = new ExtractorChoice(settings, dynamoDb, personalData, clock);
        Extractor extractor = choice.extractor();
        Executor executor = choice.executor();
        return new BatchExtraction(
                new MessageReader(new ReviewCheck(clock), personalData),
                extractor,
                new Grounding(),
                new MotivationStore(dynamoDb, settings.motivationsTable()),
                new Forgotten(dynamoDb, settings.forgottenTable(), clock)::among,
                new MotiveMetrics(new MetricLines()),
                executor);
    }
}
