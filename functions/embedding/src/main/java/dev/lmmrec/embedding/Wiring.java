package dev.lmmrec.embedding;

import dev.lmmrec.core.arrival.ArrivalStore;
import dev.lmmrec.core.library.NativeLibraries;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.profile.ProfileMerge;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.embedding.encoder.TextProjection;
import dev.lmmrec.embedding.encoder.WordMeanings;
import dev.lmmrec.embedding.profile.ProfileUpdate;
import dev.lmmrec.embedding.profile.ReviewEmbedding;
import dev.lmmrec.encoder.SentenceEncoder;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.ArtefactRepository;
import dev.lmmrec.models.ArtefactWatch;
import dev.lmmrec.models.S3Objects;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts the rooms together. */
@Singleton
final class Wiring {

    /** Before all that is made here, so before anything loads a native library. */
    Wiring() {
        NativeLibraries.useThoseBesideTheExecutable();
    }

    @Produces
    @Singleton
    SentenceEncoder sentenceEncoder() {
        return new SentenceEncoder();
    }

    void close(@Disposes SentenceEncoder encoder) {
        encoder.close();
    }

    @Produces
    @Singleton
    ArtefactWatch<TextProjection> textProjection(
            S3Client s3,
            @ConfigProperty(name = "lmmrec.artefacts-bucket") String bucket,
            @ConfigProperty(name = "lmmrec.artefact-look-interval") Duration interval) {
        Clock clock = Clock.systemUTC();
        return new ArtefactWatch<>(
                new ArtefactRepository(new S3Objects(s3, bucket), clock),
                Set.of(ArtefactFiles.TEXT_ENCODER),
                TextProjection::load,
                interval,
                clock);
    }

    void close(@Disposes ArtefactWatch<TextProjection> watch) {
        watch.close();
    }

    @Produces
    @Singleton
    ProfileUpdate profileUpdate(
            DynamoDbClient dynamoDb,
            SentenceEncoder encoder,
            ArtefactWatch<TextProjection> textProjection,
            @ConfigProperty(name = "lmmrec.motivations-table") String motivationsTable,
            @ConfigProperty(name = "lmmrec.profiles-table") String profilesTable,
            @ConfigProperty(name = "lmmrec.arrivals-table") String arrivalsTable) {
        MotivationStore motivations = new MotivationStore(dynamoDb, motivationsTable);
        return new ProfileUpdate(
                motivations,
                new ProfileStore(dynamoDb, profilesTable),
                new ArrivalStore(dynamoDb, arrivalsTable),
                new ReviewEmbedding(motivations, encoder),
                new ProfileMerge(new WordMeanings(encoder::encode)),
                textProjection::current,
                Clock.systemUTC());
    }
}
