package dev.lmmrec.scoring.api;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.models.ArtefactWatch;
import dev.lmmrec.scoring.arrival.ArrivedItems;
import dev.lmmrec.scoring.caller.Callers;
import dev.lmmrec.scoring.feedback.ContendedRowException;
import dev.lmmrec.scoring.feedback.FeedbackEvent;
import dev.lmmrec.scoring.feedback.FeedbackStore;
import dev.lmmrec.scoring.feedback.UserRows;
import dev.lmmrec.scoring.feedback.UserRows.Known;
import dev.lmmrec.scoring.observation.RequestTrace;
import dev.lmmrec.scoring.observation.Stage;
import dev.lmmrec.scoring.ranking.Conditions;
import dev.lmmrec.scoring.ranking.Ranker;
import dev.lmmrec.scoring.ranking.Ranker.StrongItem;
import dev.lmmrec.scoring.ranking.Ranker.Strongest;
import dev.lmmrec.scoring.ranking.Ranking;
import dev.lmmrec.scoring.ranking.Ranking.Ranked;
import dev.lmmrec.scoring.reason.ItemProfiles;
import dev.lmmrec.scoring.reason.Reason.Said;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The API, version 1. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ScoringResource {

    /** The most users one request may ask for. */
    static final int USERS_MAX = 100;

    /** The most items over all users of one request. */
    static final int ALL_ITEMS_MAX = 1_000;

    /** The most candidates one request may have scored. */
    static final int CANDIDATES_MAX = 1_000;

    /** The most items that may be passed over. */
    static final int OFFSET_MAX = 1_000_000;

    /** The most statements shown of an item that speaks for a kind of reason. */
    private static final int SAID_MAX = 3;

    private final ArtefactWatch<Ranker> artefact;
    private final ArrivedItems arrived;
    private final ProfileStore profiles;
    private final FeedbackStore feedback;
    private final UserRows users;
    private final Clock clock;
    private final Explainer explainer;
    private final RequestTrace trace;
    private final Callers callers;

    /**
     * Made by the container.
     *
     * @param artefact the promoted artefact
     * @param arrived the items that came after it
     * @param profiles where profiles are
     * @param feedback where it is kept what users did
     * @param users reads both
     * @param clock dates it
     * @param items where profiles of items are kept
     * @param trace notes what a request does
     * @param callers tells who asks
     */
    @Inject
    public ScoringResource(
            ArtefactWatch<Ranker> artefact,
            ArrivedItems arrived,
            ProfileStore profiles,
            FeedbackStore feedback,
            UserRows users,
            Clock clock,
            ItemProfiles items,
            RequestTrace trace,
            Callers callers) {
        this.artefact = artefact;
        this.arrived = arrived;
        this.profiles = profiles;
        this.feedback = feedback;
        this.users = users;
        this.clock = clock;
        this.trace = trace;
        this.explainer = new Explainer(items, trace);
        this.callers = callers;
    }

    /**
     * Lists the users that the artefact knows; for services alone.
     *
     * @param prefix what their ids begin with
     * @param after only ids behind this one
     * @param k how many at most
     * @return the users, in the order of their ids
     */
    @GET
    @Path("/users")
    public Users users(
            @QueryParam("prefix") @DefaultValue("") String prefix,
            @QueryParam("after") String after,
            @QueryParam("k") @DefaultValue("20") String k) {
        if (!callers.current().isService()) {
            throw ProblemException.forbidden(null, "only services may list users: the token needs the service scope");
        }
        if (!prefix.isEmpty()) {
            Fields.id("prefix", prefix);
        }
        int most = Fields.whole("k", k, 1, ConditionParameters.K_MAX);
        Ranker ranker = ranker();
        List<String> ids = ranker.knownUsers()
                .page(prefix, Optional.ofNullable(after).map(id -> Fields.id("after", id)), most + 1);
        boolean more = ids.size() > most;
        List<String> shown = more ? ids.subList(0, most) : ids;
        return new Users(ranker.manifest().version(), shown, more ? shown.get(most - 1) : null);
    }

    /**
     * Ranks items for a user and says why.
     *
     * @param userId the user; an unknown one gets popular items
     * @param parameters what the items must fulfil
     * @param withoutMotivations the ids of motives that are not to count
     * @return the items
     */
    @GET
    @Path("/users/{userId}/recommendations")
    public Recommendations recommendations(
            @PathParam("userId") String userId,
            @BeanParam ConditionParameters parameters,
            @QueryParam("withoutMotivations") List<String> withoutMotivations) {
        Fields.id("userId", userId);
        mustBeAskedBy("userId", userId);
        Conditions conditions = parameters.read();
        Set<String> leftOut =
                Fields.words("withoutMotivations", withoutMotivations, ConditionParameters.MOTIVATIONS_MAX);
        return recommend(rankerOfAll(), userId, known(userId).withoutMotivations(leftOut), conditions);
    }

    /**
     * Ranks items for several users.
     *
     * @param request the users and what the items must fulfil
     * @return one answer a user, in the order of the request
     */
    @POST
    @Path("/recommendations")
    public BatchRecommendations batch(BatchRequest request) {
        Fields.body(request);
        List<String> userIds = Fields.ids("userIds", request.userIds(), 1, USERS_MAX);
        userIds.forEach(userId -> mustBeAskedBy("userIds", userId));
        Conditions conditions = request.conditions();
        Set<String> leftOut = request.leftOut();
        if (userIds.size() * conditions.k() > ALL_ITEMS_MAX) {
            throw ProblemException.badRequest(
                    "k",
                    "is " + conditions.k() + " for " + userIds.size() + " users; all together at most " + ALL_ITEMS_MAX
                            + " items are allowed");
        }
        Ranker ranker = rankerOfAll();
        Map<String, Known> known = trace.time(Stage.PROFILE, () -> users.findAll(userIds));
        return new BatchRecommendations(userIds.stream()
                .map(userId -> recommend(ranker, userId, known.get(userId).withoutMotivations(leftOut), conditions))
                .toList());
    }

    private Recommendations recommend(Ranker ranker, String userId, Known known, Conditions conditions) {
        Ranking ranking =
                trace.time(Stage.RANKING, () -> ranker.rank(userId, known.profile(), known.feedback(), conditions));
        return new Recommendations(
                userId,
                ranking.modelVersion(),
                ranking.strategy(),
                noteOn(ranking.strategy()),
                explainer.explain(ranker, known.profile(), ranking, conditions.facet()));
    }

    /**
     * Scores given candidates for a user and says why.
     *
     * @param request the user and the candidates
     * @return the candidates that are known, best first, and the others
     */
    @POST
    @Path("/score")
    public Scores score(ScoreRequest request) {
        Fields.body(request);
        Fields.id("userId", request.userId());
        mustBeAskedBy("userId", request.userId());
        List<String> candidates = Fields.ids("itemIds", request.itemIds(), 1, CANDIDATES_MAX);
        Set<String> leftOut = request.leftOut();
        Known user = known(request.userId()).withoutMotivations(leftOut);
        Ranker ranker = rankerOfAll();
        Ranking ranking = trace.time(
                Stage.RANKING, () -> ranker.score(request.userId(), user.profile(), user.feedback(), candidates));
        Set<String> known = ranking.items().stream().map(Ranked::itemId).collect(Collectors.toSet());
        return new Scores(
                request.userId(),
                ranking.modelVersion(),
                ranking.strategy(),
                explainer.explain(ranker, user.profile(), ranking, Optional.empty()),
                candidates.stream().filter(id -> !known.contains(id)).distinct().toList());
    }

    /**
     * Lists items by how strongly they speak for a kind of reason, or by how near their words are to what a user said
     * of it.
     *
     * @param name the kind of reason
     * @param k how many, 1 to 100
     * @param offset how many of the first to pass over
     * @param userId whose motive the items are to be like; null for nobody's
     * @param motive the id of that motive, which must be of this kind; null with no user
     * @return the page
     */
    @GET
    @Path("/motivations/{facet}/items")
    public MotivatedItems motivated(
            @PathParam("facet") String name,
            @QueryParam("k") @DefaultValue("10") String k,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("user") String userId,
            @QueryParam("motive") String motive) {
        Facet facet = Fields.facet("facet", name);
        int first = Fields.whole("offset", offset, 0, OFFSET_MAX);
        int most = Fields.whole("k", k, 1, ConditionParameters.K_MAX);
        Optional<ProfileMotivation> like = motive(userId, motive, facet);
        Ranker ranker = ranker();
        Strongest strongest =
                trace.time(Stage.RANKING, () -> like.map(said -> ranker.nearest(facet, said.vector(), first, most))
                        .orElseGet(() -> ranker.strongest(facet, first, most)));
        Map<ProfileKey, Profile> found = profiles.findAll(strongest.items().stream()
                .map(item -> ProfileKey.item(item.itemId()))
                .toList());
        List<MotivatedItems.Item> items = new ArrayList<>();
        for (StrongItem item : strongest.items()) {
            Optional<Profile> profile = Optional.ofNullable(found.get(ProfileKey.item(item.itemId())));
            items.add(new MotivatedItems.Item(
                    first + items.size() + 1,
                    item.itemId(),
                    item.kind(),
                    item.strength(),
                    item.nearness().isPresent() ? item.nearness().getAsDouble() : null,
                    profile.map(known -> said(known, facet)).orElse(List.of())));
        }
        return new MotivatedItems(facet, ranker.manifest().version(), strongest.total(), items);
    }

    /** What a user said, if it is asked for. */
    private Optional<ProfileMotivation> motive(String userId, String motive, Facet facet) {
        if (userId == null && motive == null) {
            return Optional.empty();
        }
        Fields.id("user", userId);
        mustBeAskedBy("user", userId);
        Fields.id("motive", motive);
        ProfileMotivation found = user(userId)
                .flatMap(profile -> profile.motivations().stream()
                        .filter(own -> own.id().equals(motive) && own.vector() != null)
                        .findFirst())
                .orElseThrow(() ->
                        ProblemException.notFound("the user has no such motive; ids of motives are in the profile"));
        if (!found.facet().equals(facet)) {
            throw ProblemException.badRequest(
                    "motive", "is of the facet " + found.facet().name() + "; ask for the items of that");
        }
        return Optional.of(found);
    }

    private static List<Said> said(Profile item, Facet facet) {
        return item.motivations().stream()
                .filter(trait -> trait.side() == Side.ITEM
                        && trait.polarity() == Polarity.POSITIVE
                        && trait.facet().equals(facet)
                        && !trait.quotes().isEmpty())
                .limit(SAID_MAX)
                .map(trait -> Said.of(trait, trait.quotes().get(0)))
                .toList();
    }

    /**
     * Counts what a user did with recommendations, from the next ranking on.
     *
     * @param request the event; the same id counts once
     * @return whether it was new
     */
    @POST
    @Path("/feedback")
    public FeedbackAnswer feedback(FeedbackRequest request) {
        Fields.body(request);
        Fields.id("userId", request.userId());
        mustBeAskedBy("userId", request.userId());
        FeedbackEvent event = request.event(clock.instant().getEpochSecond());
        try {
            return new FeedbackAnswer(request.eventId(), feedback.add(request.userId(), event));
        } catch (ContendedRowException e) {
            throw ProblemException.unavailable(e.getMessage());
        }
    }

    /**
     * Ranks items by their nearness to an item.
     *
     * @param itemId the item
     * @param parameters what the others must fulfil
     * @return the items, with what pleases others in them
     */
    @GET
    @Path("/items/{itemId}/similar")
    public Recommendations similar(@PathParam("itemId") String itemId, @BeanParam ConditionParameters parameters) {
        Fields.id("itemId", itemId);
        Conditions conditions = parameters.read();
        Ranker ranker = rankerOfAll();
        Ranking ranking = trace.time(Stage.RANKING, () -> ranker.similar(itemId, conditions))
                .orElseThrow(() -> ProblemException.notFound("nothing is known of item '" + itemId
                        + "'; known are items that were reviewed before the artefact was trained, and the latest"
                        + " after it"));
        return new Recommendations(
                null,
                ranking.modelVersion(),
                ranking.strategy(),
                null,
                explainer.explain(ranker, Optional.empty(), ranking, conditions.facet()));
    }

    /** People are told of themselves, services of everybody. */
    private void mustBeAskedBy(String field, String userId) {
        if (!callers.current().mayAskFor(userId)) {
            throw ProblemException.forbidden(field, "is not the token's user; only services may ask for other users");
        }
    }

    private Optional<Profile> user(String userId) {
        return trace.time(Stage.PROFILE, () -> profiles.find(ProfileKey.user(userId)));
    }

    private Known known(String userId) {
        return trace.time(Stage.PROFILE, () -> users.findAll(List.of(userId)).get(userId));
    }

    private Ranker ranker() {
        return trace.time(Stage.ARTEFACT, artefact::current)
                .orElseThrow(() -> ProblemException.unavailable(
                        "no artefact is promoted yet; train one and promote it, then ask again"));
    }

    /** With the items that came after training. */
    private Ranker rankerOfAll() {
        Ranker ranker = ranker();
        return trace.time(Stage.ARRIVALS, () -> ranker.with(arrived.current(ranker::knows)));
    }

    private static String noteOn(Ranking.Strategy strategy) {
        return switch (strategy) {
            case PERSONAL, SIMILAR -> null;
            case HISTORY -> "this user came after the artefact was trained; ranked by the items met and by words";
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
        Fields.id("userId", userId);
        mustBeAskedBy("userId", userId);
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
        Fields.id("itemId", itemId);
        return profile(ProfileKey.item(itemId));
    }

    private ProfileView profile(ProfileKey key) {
        return profiles.find(key)
                .map(ProfileView::of)
                .orElseThrow(() -> ProblemException.notFound("there is no profile of "
                        + key.side().name().toLowerCase(Locale.ROOT) + " '" + key.id() + "'"));
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

    /**
     * Says what the artefact in use is.
     *
     * @return its origin and its measures
     */
    @GET
    @Path("/model")
    public ModelView model() {
        return ModelView.of(ranker().manifest());
    }
}
