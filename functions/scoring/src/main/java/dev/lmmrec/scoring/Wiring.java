package dev.lmmrec.scoring;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.models.ArtefactRepository;
import dev.lmmrec.models.ArtefactWatch;
import dev.lmmrec.models.S3Objects;
import dev.lmmrec.scoring.caller.Caller;
import dev.lmmrec.scoring.caller.Callers;
import dev.lmmrec.scoring.ranking.Ranker;
import dev.lmmrec.scoring.reason.ReasonFinder;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts the rooms together. */
@Singleton
final class Wiring {

    @Produces
    @Singleton
    ArtefactWatch<Ranker> ranker(
            S3Client s3,
            @ConfigProperty(name = "lmmrec.artefacts-bucket") String bucket,
            @ConfigProperty(name = "lmmrec.artefact-look-interval") Duration interval) {
        Clock clock = Clock.systemUTC();
        return new ArtefactWatch<>(
                new ArtefactRepository(new S3Objects(s3, bucket), clock), Ranker::load, interval, clock);
    }

    void close(@Disposes ArtefactWatch<Ranker> watch) {
        watch.close();
    }

    @Produces
    @Singleton
    ProfileStore profiles(DynamoDbClient dynamoDb, @ConfigProperty(name = "lmmrec.profiles-table") String table) {
        return new ProfileStore(dynamoDb, table);
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
                .orElse(new Caller.Anybody());
    }

    @Produces
    @Singleton
    ReasonFinder reasons() {
        return new ReasonFinder();
    }
}
