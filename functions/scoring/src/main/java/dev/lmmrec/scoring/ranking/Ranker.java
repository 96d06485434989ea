package dev.lmmrec.scoring.ranking;

import ai.onnxruntime.OrtException;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.Profile.Interaction;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.vector.DenseVector;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.models.FloatMatrix;
import dev.lmmrec.models.Manifest;
import dev.lmmrec.models.Manifest.Fusion.Weights;
import dev.lmmrec.scoring.ranking.Ranking.Parts;
import dev.lmmrec.scoring.ranking.Ranking.Ranked;
import dev.lmmrec.scoring.ranking.Ranking.Strategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     * @param profile the user's profile, if there is one
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
                ranked(query, index.top(query.vector, wanted::get, wanted.cardinality())));
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
        Weights weights = manifest.fusion().known();
        int interactions = manifest.dims().interaction();
        for (int k = 0; k < row.length - 1; k++) {
            row[k] *= (float) (k < interactions ? weights.interaction() : weights.text());
        }
        row[row.length - 1] = 0;
        BitSet excluded = excluded(conditions);
        excluded.set(item.getAsInt());
        return Optional.of(new Ranking(
                Strategy.SIMILAR, manifest.version(), best(new Query(Strategy.SIMILAR, row), excluded, conditions)));
    }

    /** A vector to meet the items with, and what it rests on. */
    private static final class Query {

        private final Strategy strategy;
        private final float[] vector;

        Query(Strategy strategy, float[] vector) {
            this.strategy = strategy;
            this.vector = vector;
        }
    }

    private Query query(String userId, Optional<Profile> profile, Optional<Facet> facet) {
        Optional<float[]> interaction = Optional.ofNullable(users.get(userId)).map(encoders::interaction);
        Optional<float[]> aligned = profile.flatMap(this::alignedVector);
        Optional<float[]> wanted = facet.flatMap(reason -> profile.flatMap(user -> wants(user, reason)));
        if (wanted.isPresent()) {
            aligned = Optional.of(between(aligned.orElseGet(wanted::get), wanted.get()));
        }
        return query(interaction, aligned);
    }

    private Query query(Optional<float[]> interaction, Optional<float[]> aligned) {
        Strategy strategy = strategyFor(interaction.isPresent(), aligned.isPresent());
        Weights weights =
                switch (strategy) {
                    case PERSONAL -> manifest.fusion().known();
                    case TEXT_ONLY -> manifest.fusion().textOnly();
                    case POPULAR, SIMILAR -> new Weights(0, 0, 1);
                };
        float[] query = new float[manifest.dims().query()];
        interaction.ifPresent(vector -> copyScaled(vector, weights.interaction(), query, 0));
        aligned.ifPresent(vector ->
                copyScaled(vector, weights.text(), query, manifest.dims().interaction()));
        query[query.length - 1] = (float) weights.popularity();
        return new Query(strategy, query);
    }

    private static Strategy strategyFor(boolean hasInteractions, boolean hasText) {
        if (hasInteractions) {
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

    /** The direction of what a user wants for reasons of one kind. */
    private Optional<float[]> wants(Profile user, Facet facet) {
        List<DenseVector> statements = user.motivations().stream()
                .filter(motivation -> motivation.facet().equals(facet) && motivation.saysWhatIsWanted())
                .map(ProfileMotivation::vector)
                .filter(Objects::nonNull)
                .toList();
        return statements.isEmpty()
                ? Optional.empty()
                : Optional.of(encoders.aligned(new float[][] {
                    DenseVector.meanDirection(statements).toArray()
                })[0]);
    }

    /** The direction in the middle of two directions. */
    private static float[] between(float[] a, float[] b) {
        return DenseVector.meanDirection(List.of(DenseVector.of(a), DenseVector.of(b)))
                .toArray();
    }

    private static void copyScaled(float[] from, double weight, float[] to, int offset) {
        for (int i = 0; i < from.length; i++) {
            to[offset + i] = (float) (weight * from[i]);
        }
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
        Hits hits = index.top(query.vector, item -> !excluded.get(item), pool)
                .from(conditions.scoreMin().orElse(Double.NEGATIVE_INFINITY));
        List<Ranked> inOrder = ranked(query, hits);
        List<Integer> places = diverse
                ? new Diversity(vectors, conditions.diversity()).take(hits, conditions.k())
                : IntStream.range(0, hits.size()).boxed().toList();
        places.forEach(place -> ranked.add(inOrder.get(place)));
        return ranked;
    }

    private List<Ranked> ranked(Query query, Hits hits) {
        int interactions = manifest.dims().interaction();
        int last = query.vector.length - 1;
        List<Ranked> ranked = new ArrayList<>();
        float[] row = new float[query.vector.length];
        for (int place = 0; place < hits.size(); place++) {
            int item = hits.item(place);
            vectors.row(item, row);
            ranked.add(new Ranked(
                    items.id(item),
                    items.kinds(item),
                    hits.score(place),
                    new Parts(
                            InnerProduct.of(query.vector, row, 0, interactions),
                            InnerProduct.of(query.vector, row, interactions, last),
                            InnerProduct.of(query.vector, row, last, last + 1))));
        }
        return ranked;
    }

    @Override
    public void close() throws OrtException {
        encoders.close();
    }
}
