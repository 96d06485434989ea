package dev.lmmrec.scoring.api;

import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.review.ReviewCheck;
import dev.lmmrec.models.ArtefactWatch;
import dev.lmmrec.scoring.ranking.Ranker;
import dev.lmmrec.scoring.ranking.Ranking;
import dev.lmmrec.scoring.ranking.Ranking.Ranked;
import dev.lmmrec.scoring.reason.ReasonFinder;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API, version 1. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class ScoringResource {

    /** The most items one request may ask for. */
    static final int K_MAX = 100;

    private final ArtefactWatch<Ranker> artefact;
    private final ProfileStore profiles;
    private final ReasonFinder reasons;

    /**
     * Made by the container.
     *
     * @param artefact the promoted artefact
     * @param profiles where profiles are
     * @param reasons finds reasons
     */
    @Inject
    public ScoringResource(ArtefactWatch<Ranker> artefact, ProfileStore profiles, ReasonFinder reasons) {
        this.artefact = artefact;
        this.profiles = profiles;
        this.reasons = reasons;
    }

    /**
     * Ranks items for a user and says why.
     *
     * @param userId the user; an unknown one gets popular items
     * @param k how many, 1 to 100
     * @return the items
     */
    @GET
    @Path("/users/{userId}/recommendations")
    public Recommendations recommendations(
            @PathParam("userId") String userId, @QueryParam("k") @DefaultValue("10") String k) {
        requireId("userId", userId);
        int count = parseCount(k);
        Ranker ranker = artefact.current()
                .orElseThrow(() -> ProblemException.unavailable(
                        "no artefact is promoted yet; train one and promote it, then ask again"));
        Optional<Profile> user = profiles.find(ProfileKey.user(userId));
        Ranking ranking = ranker.rank(userId, user, count);
        return new Recommendations(
                userId, ranking.modelVersion(), ranking.strategy(), noteOn(ranking.strategy()), explain(user, ranking));
    }

    private List<Recommendations.Item> explain(Optional<Profile> user, Ranking ranking) {
        Map<ProfileKey, Profile> items = profiles.findAll(ranking.items().stream()
                .map(ranked -> ProfileKey.item(ranked.itemId()))
                .toList());
        List<Recommendations.Item> explained = new ArrayList<>();
        for (Ranked ranked : ranking.items()) {
            Optional<Profile> item = Optional.ofNullable(items.get(ProfileKey.item(ranked.itemId())));
            explained.add(new Recommendations.Item(
                    explained.size() + 1,
                    ranked.itemId(),
                    item.map(Profile::kind).orElse(List.of()),
                    ranked.score(),
                    item.map(profile -> reasons.reasonsFor(user, profile)).orElse(List.of())));
        }
        return explained;
    }

    private static String noteOn(Ranking.Strategy strategy) {
        return switch (strategy) {
            case PERSONAL -> null;
            case TEXT_ONLY -> "this user's reviews came after the artefact was trained; ranked by their words";
            case POPULAR -> "nothing is known of this user; these are the most popular items";
        };
    }

    /**
     * Shows a user's profile.
     *
     * @param userId the user
     * @return the profile
     */
    @GET
    @Path("/users/{userId}/profile")
    public ProfileView userProfile(@PathParam("userId") String userId) {
        requireId("userId", userId);
        return profile(ProfileKey.user(userId));
    }

    /**
     * Shows an item's profile.
     *
     * @param itemId the item
     * @return the profile
     */
    @GET
    @Path("/items/{itemId}/profile")
    public ProfileView itemProfile(@PathParam("itemId") String itemId) {
        requireId("itemId", itemId);
        return profile(ProfileKey.item(itemId));
    }

    private ProfileView profile(ProfileKey key) {
        return profiles.find(key)
                .map(ProfileView::of)
                .orElseThrow(() -> ProblemException.notFound("there is no profile of " + key));
    }

    /**
     * Says whether the function can rank.
     *
     * @return the artefact in use
     */
    @GET
    @Path("/health")
    public Health health() {
        return artefact.current()
                .map(Ranker::manifest)
                .map(manifest -> new Health("ready", manifest.version(), manifest.users(), manifest.items()))
                .orElse(new Health("no-artefact", null, null, null));
    }

    private static void requireId(String field, String id) {
        if (id.isBlank() || id.length() > ReviewCheck.ID_LENGTH_MAX) {
            throw ProblemException.badRequest(
                    field, "has " + id.length() + " characters, 1 to " + ReviewCheck.ID_LENGTH_MAX + " are allowed");
        }
    }

    private static int parseCount(String k) {
        try {
            int count = Integer.parseInt(k);
            if (count >= 1 && count <= K_MAX) {
                return count;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for both
        }
        throw ProblemException.badRequest("k", "is '" + k + "', must be a whole number from 1 to " + K_MAX);
    }
}
