package dev.lmmrec.scoring.ranking;

import ai.onnxruntime.OrtException;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.Profile.Interaction;
import dev.lmmrec.core.reason.Want;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.FusedQuery;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.scoring.ranking.Ranking.Ranked;
import dev.lmmrec.scoring.ranking.Ranking.Strategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A loaded artefact that ranks its items. Safe for use by several threads. */
public final class Ranker implements AutoCloseable {

    /** Diversity is sought among this many times as many items as are asked for, and at least among a hundred. */
    private static final int POOL_FACTOR = 5;

    private static final int POOL_MIN = 100;

    private final Manifest manifest;
    private final Encoders encoders;
    private final FloatMatrix vectors;
    private final ItemIndex index;
    private final ItemCatalogue items;
    private final Map<String, Integer> users;
    private final KnownUsers knownUsers;

    private Ranker(Artefact artefact, Encoders encoders) throws IOException, DamagedArtefactException {
        this.manifest = artefact.manifest();
        this.encoders = encoders;
        this.vectors = artefact.itemVectors();
        this.index = new FlatIndex(vectors);
        this.items = new ItemCatalogue(artefact);
        this.users = ItemCatalogue.indices(artefact.users());
        this.knownUsers = new KnownUsers(users.keySet());
    }

    /**
     * Loads an artefact.
     *
     * @param artefact verified
     * @return the ranker
     * @throws DamagedArtefactException if ONNX Runtime refuses one of its graphs, or its item vectors are none
     * @throws IOException if a file cannot be read
     */
    public static Ranker load(Artefact artefact) throws IOException, DamagedArtefactException {
        return new Ranker(artefact, Encoders.load(artefact));
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
     * Whom the artefact knows.
     *
     * @return the users that were there when it was trained
     */
    public KnownUsers knownUsers() {
        return knownUsers;
    }

    /**
     * Ranks items for a user.
     *
     * @param userId the user
     * @param profile the user's profile, if there is one; motives that it leaves out do not count
     * @param conditions what the items must fulfil
     * @return the ranking, best first
     */
    public Ranking rank(String userId, Optional<Profile> profile, Conditions conditions) {
        Query query = query(userId, profile, conditions.facet());
        BitSet excluded = excluded(conditions);
        if (!conditions.seenToo()) {
            excluded.or(seen(profile));
        }
        return new Ranking(query.strategy, manifest.version(), best(query, excluded, conditions));
    }

    /**
     * Scores given items for a user, whatever the user has seen.
     *
     * @param userId the user
     * @param profile the user's profile, if there is one
     * @param candidates item ids
     * @return those that the artefact knows, best first
     */
    public Ranking score(String userId, Optional<Profile> profile, List<String> candidates) {
        Query query = query(userId, profile, Optional.empty());
        BitSet wanted = items.items(candidates);
        return new Ranking(
                query.strategy,
                manifest.version(),
                ranked(query, index.top(query.fused.vector(), wanted::get, wanted.cardinality())));
    }

    /**
     * Ranks items by their nearness to an item, in interactions and in words as the artefact weighs them.
     *
     * @param itemId the item
     * @param conditions what the others must fulfil
     * @return the ranking without the item itself; empty if the artefact does not know it
     */
    public Optional<Ranking> similar(String itemId, Conditions conditions) {
        OptionalInt item = items.index(itemId);
        if (item.isEmpty()) {
            return Optional.empty();
        }
        float[] row = vectors.row(item.getAsInt());
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

    /** What meets the items, and what that rests on. */
    private record Query(Strategy strategy, FusedQuery fused) {}

    private Query query(String userId, Optional<Profile> profile, Optional<Facet> facet) {
        Optional<float[]> known = Optional.ofNullable(users.get(userId)).map(encoders::known);
        Optional<float[]> aligned = profile.flatMap(this::alignedVector);
        List<FusedQuery.Motive> motives =
                profile.map(user -> motives(Want.of(user, facet))).orElse(List.of());
        Strategy strategy = strategyFor(known.isPresent(), aligned.isPresent() || !motives.isEmpty());
        Weights weights =
                switch (strategy) {
                    case PERSONAL -> manifest.fusion().known();
                    case TEXT_ONLY -> manifest.fusion().textOnly();
                    case POPULAR, SIMILAR -> new Weights(0, 0, 0, 1);
                };
        return new Query(strategy, FusedQuery.of(manifest.dims(), weights, known, aligned, motives));
    }

    private static Strategy strategyFor(boolean isKnown, boolean hasText) {
        if (isKnown) {
            return Strategy.PERSONAL;
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

    private List<FusedQuery.Motive> motives(List<Want> wants) {
        if (wants.isEmpty()) {
            return List.of();
        }
        float[][] aligned = encoders.aligned(
                wants.stream().map(want -> want.motive().vector().toArray()).toArray(float[][]::new));
        List<FusedQuery.Motive> motives = new ArrayList<>();
        for (int m = 0; m < aligned.length; m++) {
            Want want = wants.get(m);
            motives.add(new FusedQuery.Motive(want.motive().id(), want.weight(), aligned[m]));
        }
        return motives;
    }

    private BitSet seen(Optional<Profile> profile) {
        return items.items(profile.map(Profile::interactions).orElse(List.of()).stream()
                .map(Interaction::counterpart)
                .toList());
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
        Hits hits = index.top(query.fused.vector(), item -> !excluded.get(item), pool)
                .from(conditions.scoreMin().orElse(Double.NEGATIVE_INFINITY));
        List<Ranked> inOrder = ranked(query, hits);
        List<Integer> places = diverse
                ? new Diversity(vectors, manifest.dims(), conditions.diversity()).take(hits, conditions.k())
                : IntStream.range(0, hits.size()).boxed().toList();
        places.forEach(place -> ranked.add(inOrder.get(place)));
        return ranked;
    }

    private List<Ranked> ranked(Query query, Hits hits) {
        List<Ranked> ranked = new ArrayList<>();
        float[] row = new float[manifest.dims().query()];
        for (int place = 0; place < hits.size(); place++) {
            int item = hits.item(place);
            vectors.row(item, row);
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
    public void close() throws OrtException {
        encoders.close();
    }
}
