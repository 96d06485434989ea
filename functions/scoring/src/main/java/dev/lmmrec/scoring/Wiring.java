package dev.lmmrec.scoring;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.lmmrec.core.arrival.ArrivalStore;
import dev.lmmrec.core.library.NativeLibraries;
import dev.lmmrec.core.metric.MetricLog;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.models.ArtefactRepository;
import dev.lmmrec.models.ArtefactWatch;
import dev.lmmrec.models.S3Objects;
import dev.lmmrec.scoring.arrival.ArrivedItems;
import dev.lmmrec.scoring.caller.Caller;
import dev.lmmrec.scoring.caller.Callers;
import dev.lmmrec.scoring.feedback.FeedbackStore;
import dev.lmmrec.scoring.feedback.UserRows;
import dev.lmmrec.scoring.observation.Traces;
import dev.lmmrec.scoring.ranking.Ranker;
import dev.lmmrec.scoring.reason.ItemProfiles;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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
    ArtefactWatch<Ranker> ranker(
            S3Client s3,
            @ConfigProperty(name = "lmmrec.artefacts-bucket") String bucket,
            @ConfigProperty(name = "lmmrec.artefact-look-interval") Duration interval,
            @ConfigProperty(name = "lmmrec.approximate-from") int approximateFrom) {
        Clock clock = Clock.systemUTC();
        return new ArtefactWatch<>(
                new ArtefactRepository(new S3Objects(s3, bucket), clock),
                Ranker.FILES,
                artefact -> Ranker.load(artefact, approximateFrom),
                interval,
                clock);
    }

    /**
     * Loads the artefact while the rest still starts. The first request would wait for it as long or longer: on Lambda
     * a function has whole processors while it starts, and afterwards as much of one as its memory buys.
     */
    void load(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            Instance<ArtefactWatch<Ranker>> watch) {
        Thread thread = new Thread(() -> watch.get().current(), "artefact");
        thread.setDaemon(true);
        thread.start();
    }

    void close(@Disposes ArtefactWatch<Ranker> watch) {
        watch.close();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    FeedbackStore feedback(DynamoDbClient dynamoDb, @ConfigProperty(name = "lmmrec.feedback-table") String table) {
        return new FeedbackStore(dynamoDb, table);
    }

    @Produces
    @Singleton
    UserRows userRows(DynamoDbClient dynamoDb, ProfileStore profiles, FeedbackStore feedback) {
        return new UserRows(dynamoDb, profiles, feedback);
    }

    @Produces
    @Singleton
    ItemProfiles itemProfiles(
            ProfileStore profiles, @ConfigProperty(name = "lmmrec.item-profile-age-max") Duration ageMax) {
        return new ItemProfiles(profiles, ageMax);
    }

    @Produces
    @Singleton
    ProfileStore profiles(DynamoDbClient dynamoDb, @ConfigProperty(name = "lmmrec.profiles-table") String table) {
        return new ProfileStore(dynamoDb, table);
    }

    @Produces
    @Singleton
    ArrivedItems arrivedItems(
            DynamoDbClient dynamoDb,
            ProfileStore profiles,
            @ConfigProperty(name = "lmmrec.arrivals-table") String table,
            @ConfigProperty(name = "lmmrec.arrivals-look-interval") Duration interval,
            @ConfigProperty(name = "lmmrec.arrived-profile-age-max") Duration ageMax) {
        return new ArrivedItems(new ArrivalStore(dynamoDb, table), profiles, interval, ageMax, Clock.systemUTC());
    }

    @Produces
    @Singleton
    Traces traces(@ConfigProperty(name = "lmmrec.traces-endpoint") Optional<String> endpoint) {
        return new Traces(endpoint.filter(url -> !url.isBlank()));
    }

    void close(@Disposes Traces traces) {
        traces.close();
    }

    @Produces
    @Singleton
    MetricLog metrics() {
        return new MetricLog();
    }

    @Produces
    @Singleton
    Callers callers(
            Instance<APIGatewayV2HTTPEvent.RequestContext> requests,
            @ConfigProperty(name = "lmmrec.service-scope") String serviceScope) {
        return () -> Optional.ofNullable(requests.get().getAuthorizer())
                .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer::getJwt)
                .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT::getClaims)
                .map(claims -> Caller.of(claims, serviceScope))
                .orElse(new Caller.Service());
    }
}
