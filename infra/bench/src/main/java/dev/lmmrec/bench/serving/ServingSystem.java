package dev.lmmrec.bench.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.bench.search.MadeUpArtefact;
import dev.lmmrec.bench.search.Vectors;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.profile.ProfileMotivation.Quote;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.local.LocalDeployment;
import dev.lmmrec.local.LocalSettings;
import dev.lmmrec.local.RepositoryRoot;
import dev.lmmrec.local.description.Packaging;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactRepository;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.S3Objects;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;

/** The local deployment with a made-up artefact, and profiles of some users and of the items they are shown. */
public final class ServingSystem implements AutoCloseable {

    private static final int USERS_ASKING = 200;
    private static final int MOTIVATIONS = 12;
    private static final int SEEN = 20;
    private static final int K = 10;
    private static final int TEXT_WIDTH = 384;
    private static final int STATUS_OK = 200;
    private static final Duration ANSWER_MAX = Duration.ofMinutes(1);
    private static final long TIME = 1_700_000_000L;

    private final LocalDeployment deployment;
    private final ArtefactRepository repository;
    private final ProfileStore profiles;
    private final MadeUpArtefact artefact;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServingSystem(LocalDeployment deployment, MadeUpArtefact artefact, Path folder) {
        this.deployment = deployment;
        this.artefact = artefact;
        this.folder = folder;
        this.repository = new ArtefactRepository(
                new S3Objects(
                        deployment.clients().s3(),
                        deployment.resources().buckets().get("artefacts")),
                Clock.systemUTC());
        this.profiles = new ProfileStore(
                deployment.clients().dynamoDb(), deployment.resources().tables().get("profiles"));
    }

    /**
     * Starts it, and promotes the artefact.
     *
     * @param folder where everything is kept, empty
     * @param description of the deployment
     * @param packaging which zips of the functions are run
     * @param items how many
     * @param environment variables for the functions
     * @param seed decides vectors and words
     * @return the running system
     * @throws IOException if something cannot be written or answered
     * @throws DamagedArtefactException never, for it was written just now
     * @throws InterruptedException if the caller is interrupted
     */
    public static ServingSystem start(
            Path folder, Path description, Packaging packaging, int items, Map<String, String> environment, long seed)
            throws IOException, DamagedArtefactException, InterruptedException {
        Path root = RepositoryRoot.above(Path.of("").toAbsolutePath());
        LocalDeployment deployment = LocalDeployment.start(LocalSettings.in(root)
                .description(root, description)
                .packaging(packaging)
                .port(0)
                .state(folder.resolve("deployment"))
                .environment(environment)
                .build());
        ServingSystem system = new ServingSystem(
                deployment,
                new MadeUpArtefact(items, Math.max(USERS_ASKING, items / 2), 32, 97, Vectors.CLUSTERED, seed),
                folder);
        try {
            system.promote(system.publish(Instant.now()));
            system.writeProfiles(seed);
            return system;
        } catch (IOException | DamagedArtefactException | InterruptedException | RuntimeException e) {
            deployment.close();
            throw e;
        }
    }

    /**
     * Publishes another version of the artefact.
     *
     * @param createdAt makes its name
     * @return its version
     * @throws IOException if it cannot be written
     */
    String publish(Instant createdAt) throws IOException {
        Artefact written = artefact.write(folder.resolve("artefacts"), createdAt);
        repository.publish(written);
        return written.manifest().version();
    }

    void promote(String version) throws IOException, DamagedArtefactException {
        repository.promote(version);
    }

    /** Spoils a published version's item vectors and points at it all the same, as no command of ours would. */
    void pointAtDamaged(String version) throws IOException, DamagedArtefactException {
        promote(version);
        String bucket = deployment.resources().buckets().get("artefacts");
        deployment
                .clients()
                .s3()
                .putObject(
                        put -> put.bucket(bucket).key(version + "/item-vectors.npy"), RequestBody.fromString("spoilt"));
    }

    private void writeProfiles(long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        Set<String> shown = new LinkedHashSet<>();
        for (int user = 0; user < USERS_ASKING; user++) {
            List<Profile.Interaction> seen = new ArrayList<>();
            for (int i = 0; i < SEEN; i++) {
                seen.add(new Profile.Interaction(
                        "r-" + user + "-" + i, "item-" + random.nextInt(artefact.items()), 4, TIME));
            }
            profiles.save(profile(ProfileKey.user("user-" + user), seen, Side.USER, random));
        }
        for (int user = 0; user < USERS_ASKING; user++) {
            for (JsonNode item : ask(user).path("items")) {
                shown.add(item.path("itemId").asText());
            }
        }
        for (String item : shown) {
            profiles.save(profile(ProfileKey.item(item), List.of(), Side.ITEM, random));
        }
    }

    private static Profile profile(ProfileKey key, List<Profile.Interaction> interactions, Side side, Random random) {
        List<Facet> facets = List.of(Facet.PRICE, Facet.DESIGN, Facet.FUNCTION);
        List<ProfileMotivation> motivations = IntStream.range(0, MOTIVATIONS)
                .mapToObj(i -> new ProfileMotivation(
                        side,
                        facets.get(i % facets.size()),
                        Polarity.POSITIVE,
                        "statement " + i + " on " + key.id() + ", about as long as one is",
                        1 + i,
                        0.8,
                        0.9,
                        TIME,
                        List.of(new Quote(
                                "r-" + i, "writer-" + i, key.id(), "words that somebody wrote about this, no. " + i)),
                        DenseVector.of(direction(random))))
                .toList();
        return new Profile(
                key,
                Math.max(1, interactions.size()),
                4,
                interactions,
                side == Side.ITEM ? List.of("thing") : List.of(),
                motivations,
                "a thing, and what is said about it",
                DenseVector.of(direction(random)),
                null,
                null,
                0);
    }

    private static float[] direction(Random random) {
        float[] direction = new float[TEXT_WIDTH];
        double squares = 0;
        for (int k = 0; k < TEXT_WIDTH; k++) {
            direction[k] = (float) random.nextGaussian();
            squares += direction[k] * direction[k];
        }
        for (int k = 0; k < TEXT_WIDTH; k++) {
            direction[k] /= (float) Math.sqrt(squares);
        }
        return direction;
    }

    /**
     * What a user asks for.
     *
     * @param number of the request
     * @return recommendations with reasons for one of the users in turn
     */
    URI address(int number) {
        return URI.create(deployment.api() + "/v1/users/user-" + number % USERS_ASKING + "/recommendations?k=" + K);
    }

    /**
     * Asks and waits.
     *
     * @param number of the request
     * @return the answer
     * @throws IOException if it is anything but recommendations
     * @throws InterruptedException if the caller is interrupted
     */
    public JsonNode ask(int number) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(address(number)).timeout(ANSWER_MAX).build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != STATUS_OK) {
            throw new IOException("GET " + address(number) + " gave " + response.statusCode() + " " + response.body()
                    + "; see " + deployment.state().resolve("logs"));
        }
        return new ObjectMapper().readTree(response.body());
    }

    LocalDeployment deployment() {
        return deployment;
    }

    @Override
    public void close() {
        deployment.close();
    }
}
