package dev.lmmrec.scoring.ranking;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.Profile.Interaction;
import dev.lmmrec.core.reason.ReasonChoice;
import dev.lmmrec.core.reason.StatementWeights;
import dev.lmmrec.core.reason.Want;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.models.ArrivedRows;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.ArtefactFiles;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.FusedQuery;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.models.graph.ItemGraph;
import dev.lmmrec.scoring.feedback.Feedback;
import dev.lmmrec.scoring.ranking.Ranking.Ranked;
import dev.lmmrec.scoring.ranking.Ranking.Strategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** A loaded artefact that ranks its items. Safe for use by several threads. */
public final class Ranker implements AutoCloseable {

    /** Diversity is sought among this many times as many items as are asked for, and at least among a hundred. */
    private static final int POOL_FACTOR = 5;

    private static final int POOL_MIN = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Items that an approximate search holds on its way: see docs/results.md. */
    private static final int BEAM = 300;

    /** The artefact's files that {@link #load} reads. */
    public static final Set<String> FILES = Set.of(
            ArtefactFiles.USERS,
            ArtefactFiles.USER_HISTORIES,
            ArtefactFiles.ITEMS,
            ArtefactFiles.ITEM_KINDS,
            ArtefactFiles.ITEM_FACETS,
            ArtefactFiles.ITEM_VECTORS,
            ArtefactFiles.ITEM_GRAPH,
            ArtefactFiles.ITEM_CENTRE,
            ArtefactFiles.HISTORY_VECTORS,
            ArtefactFiles.STATEMENT_WEIGHTS,
            ArtefactFiles.TEXT_ENCODER,
            ArtefactFiles.USER_ENCODER);

    private final Manifest manifest;
    private final Encoders encoders;
    private final ItemIndex index;
    private final FloatMatrix vectors;
    private final Candidates candidates;
    private final ItemCatalogue items;
    private final Optional<ArrivedRows> arrivedRows;
    private final Map<String, Integer> users;
    private final KnownUsers knownUsers;
    private final FacetOrder facets;
    private final Histories histories;
    private final ReasonChoice reasons;

    /** The latest outcome of {@link #with}: it is asked at every request, and the items seldom change. */
    private volatile With latest;

    private Ranker(Artefact artefact, Encoders encoders, int approximateFrom)
            throws IOException, DamagedArtefactException {
        this.manifest = artefact.manifest();
        this.encoders = encoders;
        this.vectors = artefact.itemVectors();
        this.index = index(artefact, vectors, approximateFrom);
        this.candidates = new Candidates(index, vectors, List.of());
        this.items = new ItemCatalogue(artefact);
        this.arrivedRows = artefact.itemCentre().map(centre -> new ArrivedRows(manifest.dims(), centre));
        this.users = ItemCatalogue.indices(artefact.users());
        this.knownUsers = new KnownUsers(users.keySet());
        this.facets = new FacetOrder(artefact);
        this.histories = new Histories(artefact);
        this.reasons = new ReasonChoice(statements(artefact));
        this.latest = new With(List.of(), List.of(), List.of(), this);
    }

    /** The same artefact's, with rows of items that came after it. */
    private Ranker(Ranker trained, List<Arrived> arrived, List<float[]> rows) {
        this.manifest = trained.manifest;
        this.encoders = trained.encoders;
        this.vectors = trained.vectors;
        this.index = trained.index;
        this.candidates = new Candidates(index, vectors, rows);
        this.items = trained.items.with(arrived);
        this.arrivedRows = trained.arrivedRows;
        this.users = trained.users;
        this.knownUsers = trained.knownUsers;
        this.facets = trained.facets;
        this.histories = trained.histories;
        this.reasons = trained.reasons;
        // not the trained one's: that would keep every ranker there ever was
        this.latest = new With(arrived, arrived, rows, this);
    }

    private static StatementWeights statements(Artefact artefact) throws IOException, DamagedArtefactException {
        try {
            return JSON.readValue(artefact.file(ArtefactFiles.STATEMENT_WEIGHTS).toFile(), StatementWeights.class);
        } catch (JacksonException e) {
            throw new DamagedArtefactException(
                    artefact.file(ArtefactFiles.STATEMENT_WEIGHTS) + " holds no weights of statements: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /**
     * Loads an artefact.
     *
     * @param artefact verified
     * @param approximateFrom with so many items or more they are searched along the artefact's graph, if it has one
     * @return the ranker
     * @throws DamagedArtefactException if ONNX Runtime refuses one of its graphs, or its files do not fit each other
     * @throws IOException if a file cannot be read
     */
    public static Ranker load(Artefact artefact, int approximateFrom) throws IOException, DamagedArtefactException {
        Encoders encoders = Encoders.load(artefact);
        try {
            Ranker ranker = new Ranker(artefact, encoders, approximateFrom);
            ranker.check(artefact);
            return ranker;
        } catch (IOException | DamagedArtefactException | RuntimeException e) {
            encoders.close();
            throw e;
        }
    }

    private static ItemIndex index(Artefact artefact, FloatMatrix vectors, int approximateFrom)
            throws IOException, DamagedArtefactException {
        return vectors.rows() >= approximateFrom && artefact.has(ArtefactFiles.ITEM_GRAPH)
                ? ItemIndex.approximate(
                        vectors, ItemGraph.map(artefact.file(ArtefactFiles.ITEM_GRAPH), vectors.rows()), BEAM)
                : ItemIndex.exact(vectors);
    }

    /** What would fail at a request fails here, while the artefact before can still go on. */
    private void check(Artefact artefact) throws DamagedArtefactException {
        Manifest.Dims dims = manifest.dims();
        if (items.size() != manifest.items() || users.size() != manifest.users()) {
            throw new DamagedArtefactException(artefact.directory() + " lists " + items.size() + " items and "
                    + users.size() + " users, the manifest says " + manifest.items() + " and " + manifest.users());
        }
        int aligned = encoders.aligned(new float[1][dims.text()])[0].length;
        int known = users.isEmpty() ? dims.known() : encoders.known(users.size() - 1L).length;
        if (aligned != dims.aligned() || known != dims.known()) {
            throw new DamagedArtefactException("the encoders of " + artefact.directory() + " give vectors of "
                    + aligned + " and " + known + " numbers, the manifest says " + dims.aligned() + " and "
                    + dims.known());
        }
    }

    /**
     * What the artefact is.
     *
     * @return its manifest
     */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * Chooses reasons by what training learnt of which statements of an item a user would give as well.
     *
     * @return the choice of this artefact
     */
    public ReasonChoice reasons() {
        return reasons;
    }

    /**
     * Whom the artefact knows.
     *
     * @return the users that were there when it was trained
     */
    public KnownUsers knownUsers() {
        return knownUsers;
    }

    /** A ranker that knows some items more. */
    private record With(List<Arrived> given, List<Arrived> arrived, List<float[]> rows, Ranker ranker) {}

    /**
     * Whether training saw an item.
     *
     * @param itemId the item
     * @return false for an item that came later
     */
    public boolean knows(String itemId) {
        OptionalInt item = items.index(itemId);
        return item.isPresent() && item.getAsInt() < items.trained();
    }

    /**
     * Lets items in that came after training; they are ranked by their words, and by what interactions say of the items
     * that are nearest in words. What comes back shares all else with this ranker and is closed with it.
     *
     * @param later the items; those that the artefact knows are passed over
     * @return a ranker of both; this one if there is nothing to let in, or the artefact does not say how
     */
    public Ranker with(List<Arrived> later) {
        With before = latest;
        if (before.given == later) {
            return before.ranker;
        }
        List<Arrived> arrived = arrivedRows.isEmpty()
                ? List.of()
                : later.stream().filter(item -> !knows(item.itemId())).toList();
        With next;
        if (arrived.isEmpty()) {
            next = new With(later, List.of(), List.of(), this);
        } else {
            List<float[]> rows = rows(arrived, before, arrivedRows.get());
            next = new With(later, arrived, rows, new Ranker(this, arrived, rows));
        }
        latest = next;
        return next.ranker;
    }

    private List<float[]> rows(List<Arrived> arrived, With before, ArrivedRows made) {
        IdentityHashMap<Arrived, float[]> known = new IdentityHashMap<>();
        for (int i = 0; i < before.arrived.size(); i++) {
            known.put(before.arrived.get(i), before.rows.get(i));
        }
        List<Arrived> unknown =
                arrived.stream().filter(item -> !known.containsKey(item)).toList();
        if (!unknown.isEmpty()) {
            float[][] aligned = encoders.aligned(
                    unknown.stream().map(item -> item.text().toArray()).toArray(float[][]::new));
            for (int i = 0; i < aligned.length; i++) {
                Hits near = index.top(
                        made.neighbourhood(aligned[i]), item -> true, Math.min(ArrivedRows.NEIGHBOURS, vectors.rows()));
                known.put(
                        unknown.get(i),
                        made.row(
                                aligned[i],
                                IntStream.of(near.items())
                                        .mapToObj(vectors::row)
                                        .toList()));
            }
        }
        return arrived.stream().map(known::get).toList();
    }

    /**
     * Ranks items for a user.
     *
     * @param userId the user
     * @param profile the user's profile, if there is one; motives that it leaves out do not count
     * @param feedback what the user did since
     * @param conditions what the items must fulfil
     * @return the ranking, best first
     */
    public Ranking rank(String userId, Optional<Profile> profile, Feedback feedback, Conditions conditions) {
        Query query = query(userId, profile, feedback, conditions.facet());
        BitSet excluded = excluded(conditions);
        if (!conditions.seenToo()) {
            excluded.or(seen(userId, profile, feedback));
        }
        return new Ranking(query.strategy, manifest.version(), best(query, excluded, conditions));
    }

    /**
     * Scores given items for a user, whatever the user has seen.
     *
     * @param userId the user
     * @param profile the user's profile, if there is one
     * @param feedback what the user did since
     * @param candidates item ids
     * @return those that are known here, best first
     */
    public Ranking score(String userId, Optional<Profile> profile, Feedback feedback, List<String> candidates) {
        Query query = query(userId, profile, feedback, Optional.empty());
        BitSet wanted = items.items(candidates);
        return new Ranking(
                query.strategy,
                manifest.version(),
                ranked(query, this.candidates.top(query.fused.vector(), wanted::get, wanted.cardinality())));
    }

    /**
     * Ranks items by their nearness to an item, in interactions and in words as the artefact weighs them.
     *
     * @param itemId the item
     * @param conditions what the others must fulfil
     * @return the ranking without the item itself; empty if it is not known here
     */
    public Optional<Ranking> similar(String itemId, Conditions conditions) {
        OptionalInt item = items.index(itemId);
        if (item.isEmpty()) {
            return Optional.empty();
        }
        float[] row = candidates.row(item.getAsInt());
        Manifest.Dims dims = manifest.dims();
        Weights weights = manifest.fusion().known();
        // what makes an item popular makes it no nearer to this one
        float[] known = Arrays.copyOf(row, dims.known());
        Arrays.fill(known, dims.interaction() + dims.words(), dims.known(), 0);
        float[] aligned = Arrays.copyOfRange(row, dims.known(), dims.query() - 1);
        FusedQuery near = FusedQuery.of(
                dims,
                new Weights(weights.interaction(), weights.text() + weights.motives(), 0, 0),
                Optional.of(known),
                Optional.of(aligned),
                List.of());
        BitSet excluded = excluded(conditions);
        excluded.set(item.getAsInt());
        return Optional.of(new Ranking(
                Strategy.SIMILAR, manifest.version(), best(new Query(Strategy.SIMILAR, near), excluded, conditions)));
    }

    /**
     * The items that speak most for a kind of reason.
     *
     * @param facet the kind of reason
     * @param offset how many of the strongest to pass over
     * @param k how many at most
     * @return the items
     */
    public Strongest strongest(Facet facet, int offset, int k) {
        List<FacetOrder.Strong> all = facets.of(facet);
        return new Strongest(
                all.size(),
                all.stream()
                        .skip(offset)
                        .limit(k)
                        .map(strong -> strong(strong, OptionalDouble.empty()))
                        .toList());
    }

    /**
     * The items that speak for a kind of reason and whose words are nearest to a statement.
     *
     * @param facet the kind of reason
     * @param statement the statement's sentence vector, {@code [384]}
     * @param offset how many of the nearest to pass over
     * @param k how many at most
     * @return the items, nearest first
     */
    public Strongest nearest(Facet facet, DenseVector statement, int offset, int k) {
        Map<Integer, FacetOrder.Strong> all = new HashMap<>();
        facets.of(facet).forEach(strong -> all.put(strong.item(), strong));
        float[] aligned = encoders.aligned(new float[][] {statement.toArray()})[0];
        float[] query = FusedQuery.of(
                        manifest.dims(), new Weights(0, 1, 0, 0), Optional.empty(), Optional.of(aligned), List.of())
                .vector();
        Hits hits = index.top(query, all::containsKey, Math.min(all.size(), offset + k));
        return new Strongest(
                all.size(),
                IntStream.range(Math.min(offset, hits.size()), hits.size())
                        .mapToObj(place -> strong(all.get(hits.item(place)), OptionalDouble.of(hits.score(place))))
                        .toList());
    }

    private StrongItem strong(FacetOrder.Strong strong, OptionalDouble nearness) {
        return new StrongItem(items.id(strong.item()), items.kinds(strong.item()), strong.strength(), nearness);
    }

    /**
     * A page of items.
     *
     * @param total how many there are over all pages
     * @param items the page, best first
     */
    public record Strongest(int total, List<StrongItem> items) {}

    /**
     * An item that speaks for a kind of reason.
     *
     * @param itemId the item
     * @param kind words for the kind of thing it is, possibly none
     * @param strength the sum of the weights of what pleased reviewers in it, for that kind of reason
     * @param nearness the inner product of its words and the statement that was asked for, if one was
     */
    public record StrongItem(String itemId, List<String> kind, double strength, OptionalDouble nearness) {}

    /** What meets the items, and what that rests on. */
    private record Query(Strategy strategy, FusedQuery fused) {}

    private Query query(String userId, Optional<Profile> profile, Feedback feedback, Optional<Facet> facet) {
        Optional<Integer> user = Optional.ofNullable(users.get(userId));
        BitSet met = met(profile, feedback);
        Optional<float[]> known = user.map(index -> histories.row(index, encoders.known(index), met))
                .or(() -> histories.row(met));
        Optional<float[]> aligned = profile.flatMap(this::alignedVector);
        List<FusedQuery.Motive> motives =
                profile.map(own -> motives(Want.of(own, facet), feedback)).orElse(List.of());
        Strategy strategy = strategyFor(user.isPresent(), known.isPresent(), aligned.isPresent() || !motives.isEmpty());
        Weights weights =
                switch (strategy) {
                    case PERSONAL -> manifest.fusion().known();
                    case HISTORY -> manifest.fusion().history();
                    case TEXT_ONLY -> manifest.fusion().textOnly();
                    case POPULAR, SIMILAR -> new Weights(0, 0, 0, 1);
                };
        return new Query(strategy, FusedQuery.of(manifest.dims(), weights, known, aligned, motives));
    }

    private static Strategy strategyFor(boolean isKnown, boolean hasHistory, boolean hasText) {
        if (isKnown) {
            return Strategy.PERSONAL;
        }
        if (hasHistory) {
            return Strategy.HISTORY;
        }
        return hasText ? Strategy.TEXT_ONLY : Strategy.POPULAR;
    }

    private Optional<float[]> alignedVector(Profile profile) {
        if (profile.alignedVector() != null && manifest.version().equals(profile.modelVersion())) {
            return Optional.of(profile.alignedVector().toArray());
        }
        // the profile has not changed since this artefact was promoted
        return Optional.ofNullable(profile.textVector())
                .map(text -> encoders.aligned(new float[][] {text.toArray()})[0]);
    }

    private List<FusedQuery.Motive> motives(List<Want> wants, Feedback feedback) {
        if (wants.isEmpty()) {
            return List.of();
        }
        float[][] aligned = encoders.aligned(
                wants.stream().map(want -> want.motive().vector().toArray()).toArray(float[][]::new));
        List<FusedQuery.Motive> motives = new ArrayList<>();
        for (int m = 0; m < aligned.length; m++) {
            Want want = wants.get(m);
            String id = want.motive().id();
            motives.add(new FusedQuery.Motive(id, want.weight() * feedback.factor(id), aligned[m]));
        }
        return motives;
    }

    /** A profile holds the latest reviews alone, so what training knew counts too. */
    private BitSet seen(String userId, Optional<Profile> profile, Feedback feedback) {
        BitSet seen = items.items(profile.map(Profile::interactions).orElse(List.of()).stream()
                .map(Interaction::counterpart)
                .toList());
        seen.or(items.items(feedback.bought()));
        Optional.ofNullable(users.get(userId)).ifPresent(user -> seen.or(histories.of(user)));
        return seen;
    }

    /** What counts as an interaction, as in training. */
    private BitSet met(Optional<Profile> profile, Feedback feedback) {
        BitSet met = items.items(profile.map(Profile::interactions).orElse(List.of()).stream()
                .filter(interaction -> interaction.rating() >= manifest.ratingMin())
                .map(Interaction::counterpart)
                .toList());
        met.or(items.items(feedback.bought()));
        // of items that came later training knows no part in a history
        met.clear(items.trained(), items.size());
        return met;
    }

    private BitSet excluded(Conditions conditions) {
        BitSet excluded = items.items(conditions.withoutItems());
        excluded.or(items.ofKinds(conditions.withoutKinds()));
        if (!conditions.items().isEmpty()) {
            excluded.or(complement(items.items(conditions.items())));
        }
        if (!conditions.kinds().isEmpty()) {
            excluded.or(complement(items.ofKinds(conditions.kinds())));
        }
        return excluded;
    }

    private BitSet complement(BitSet some) {
        BitSet others = (BitSet) some.clone();
        others.flip(0, items.size());
        return others;
    }

    private List<Ranked> best(Query query, BitSet excluded, Conditions conditions) {
        boolean diverse = conditions.diversity() > 0;
        int pool = diverse ? Math.max(POOL_MIN, POOL_FACTOR * conditions.k()) : conditions.k();
        List<Ranked> ranked = new ArrayList<>();
        Hits hits = candidates
                .top(query.fused.vector(), item -> !excluded.get(item), pool)
                .from(conditions.scoreMin().orElse(Double.NEGATIVE_INFINITY));
        List<Ranked> inOrder = ranked(query, hits);
        List<Integer> places = diverse
                ? new Diversity(candidates, manifest.dims(), conditions.diversity()).take(hits, conditions.k())
                : IntStream.range(0, hits.size()).boxed().toList();
        places.forEach(place -> ranked.add(inOrder.get(place)));
        return ranked;
    }

    private List<Ranked> ranked(Query query, Hits hits) {
        List<Ranked> ranked = new ArrayList<>();
        float[] row = new float[manifest.dims().query()];
        for (int place = 0; place < hits.size(); place++) {
            int item = hits.item(place);
            candidates.row(item, row);
            ranked.add(new Ranked(
                    items.id(item),
                    items.kinds(item),
                    hits.score(place),
                    query.fused.parts(row),
                    query.fused.summands(row)));
        }
        return ranked;
    }

    @Override
    public void close() {
        encoders.close();
    }
}
