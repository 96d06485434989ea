package dev.lmmrec.embedding.profile;

import dev.lmmrec.core.arrival.ArrivalStore;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.Profile.Interaction;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMerge;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.embedding.encoder.TextProjection;
import dev.lmmrec.embedding.event.ReviewChange;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Brings the profiles of changed reviews up to date. A profile names the reviews it was merged from; an update reads
 * those and the changed ones, strongly consistent, and merges them anew. So the same change may come twice, late or in
 * another order, and several functions may work on one profile: the optimistic lock makes the loser start over.
 */
public final class ProfileUpdate {

    private static final Logger LOG = Logger.getLogger(ProfileUpdate.class);
    private static final int SAVE_ATTEMPTS_MAX = 8;

    private final MotivationStore motivations;
    private final ProfileStore profiles;
    private final ArrivalStore arrivals;
    private final ReviewEmbedding embedding;
    private final ProfileMerge merge;
    private final Supplier<Optional<TextProjection>> projection;
    private final Clock clock;

    /**
     * Makes the step.
     *
     * @param motivations where reviews' rows are
     * @param profiles where profiles are
     * @param arrivals is told of items before they get their first profile
     * @param embedding gives rows their vectors
     * @param merge merges rows into a profile
     * @param projection the promoted artefact's text encoder, if there is one
     * @param clock dates arrivals
     */
    public ProfileUpdate(
            MotivationStore motivations,
            ProfileStore profiles,
            ArrivalStore arrivals,
            ReviewEmbedding embedding,
            ProfileMerge merge,
            Supplier<Optional<TextProjection>> projection,
            Clock clock) {
        this.motivations = motivations;
        this.profiles = profiles;
        this.arrivals = arrivals;
        this.embedding = embedding;
        this.merge = merge;
        this.projection = projection;
        this.clock = clock;
    }

    /**
     * Updates every profile that the changes touch. What fails does not stop the rest.
     *
     * @param changes the changed reviews
     * @return the sequence numbers of the changes that must be delivered again
     */
    public Set<String> apply(List<ReviewChange> changes) {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        Map<String, ReviewMotivations> rows = new ConcurrentHashMap<>(
                motivations.findAll(changes.stream().map(ReviewChange::reviewId).toList()));
        Map<ProfileKey, Set<ReviewChange>> touched = touchedBy(changes, rows);
        changes.parallelStream().forEach(change -> embed(change, rows, failed));

        Map<ProfileKey, Profile> stored = profiles.findAll(touched.keySet());
        readMerged(stored.values(), rows);
        announce(touched, stored, rows, failed);
        Optional<TextProjection> text = projection.get();
        touched.entrySet().parallelStream().forEach(entry -> {
            ProfileKey key = entry.getKey();
            try {
                update(key, entry.getValue(), Optional.ofNullable(stored.get(key)), rows, text);
            } catch (RuntimeException e) {
                LOG.warnf(
                        e,
                        "a profile of %d changed reviews was not updated and will be tried again",
                        entry.getValue().size());
                entry.getValue().forEach(change -> failed.add(change.sequenceNumber()));
            }
        });
        return new TreeSet<>(failed);
    }

    /**
     * Tells of items without a profile before they get one: told afterwards, an item whose telling failed would have
     * its profile already when the change comes again, and nobody would hear of it. Those that could not be told of are
     * no longer touched.
     */
    private void announce(
            Map<ProfileKey, Set<ReviewChange>> touched,
            Map<ProfileKey, Profile> stored,
            Map<String, ReviewMotivations> rows,
            Set<String> failed) {
        List<ProfileKey> arriving = touched.entrySet().stream()
                .filter(entry -> entry.getKey().side() == Side.ITEM && !stored.containsKey(entry.getKey()))
                .filter(entry -> entry.getValue().stream()
                        .map(change -> rows.get(change.reviewId()))
                        .anyMatch(row -> row != null
                                && row.itemId().equals(entry.getKey().id())))
                .map(Map.Entry::getKey)
                .toList();
        if (arriving.isEmpty()) {
            return;
        }
        try {
            arrivals.add(arriving.stream().map(ProfileKey::id).toList(), clock.millis());
        } catch (RuntimeException e) {
            LOG.warnf(e, "%d new items were not announced; their profiles will be tried again", arriving.size());
            arriving.forEach(key -> touched.remove(key).forEach(change -> failed.add(change.sequenceNumber())));
        }
    }

    private static Map<ProfileKey, Set<ReviewChange>> touchedBy(
            List<ReviewChange> changes, Map<String, ReviewMotivations> rows) {
        Map<ProfileKey, Set<ReviewChange>> touched = new LinkedHashMap<>();
        for (ReviewChange change : changes) {
            Set<ProfileKey> owners = new LinkedHashSet<>(change.formerOwners());
            ReviewMotivations row = rows.get(change.reviewId());
            if (row != null) {
                owners.add(ProfileKey.user(row.userId()));
                owners.add(ProfileKey.item(row.itemId()));
            }
            owners.forEach(owner ->
                    touched.computeIfAbsent(owner, key -> new LinkedHashSet<>()).add(change));
        }
        return touched;
    }

    private void embed(ReviewChange change, Map<String, ReviewMotivations> rows, Set<String> failed) {
        try {
            rows.computeIfPresent(
                    change.reviewId(), (id, row) -> embedding.embed(row).orElse(row));
        } catch (RuntimeException e) {
            LOG.warnf(e, "stream record %s was not embedded and will be tried again", change.sequenceNumber());
            failed.add(change.sequenceNumber());
        }
    }

    private void readMerged(Collection<Profile> stored, Map<String, ReviewMotivations> rows) {
        Set<String> missing = new LinkedHashSet<>();
        for (Profile profile : stored) {
            profile.interactions().stream()
                    .map(Interaction::reviewId)
                    .filter(id -> !rows.containsKey(id))
                    .forEach(missing::add);
        }
        rows.putAll(motivations.findAll(missing));
    }

    private void update(
            ProfileKey key,
            Set<ReviewChange> changes,
            Optional<Profile> read,
            Map<String, ReviewMotivations> rows,
            Optional<TextProjection> text) {
        Optional<Profile> stored = read;
        for (int attempt = 1; attempt <= SAVE_ATTEMPTS_MAX; attempt++) {
            if (save(key, changes, stored, rows, text)) {
                return;
            }
            stored = profiles.find(key);
            stored.ifPresent(profile -> readMerged(List.of(profile), rows));
        }
        throw new IllegalStateException("profile changed under " + SAVE_ATTEMPTS_MAX
                + " attempts to save it; lower the parallelisation of the stream's mapping");
    }

    private boolean save(
            ProfileKey key,
            Set<ReviewChange> changes,
            Optional<Profile> stored,
            Map<String, ReviewMotivations> rows,
            Optional<TextProjection> text) {
        Set<String> reviewIds = new LinkedHashSet<>();
        changes.forEach(change -> reviewIds.add(change.reviewId()));
        stored.ifPresent(
                profile -> profile.interactions().forEach(interaction -> reviewIds.add(interaction.reviewId())));
        List<ReviewMotivations> own = reviewIds.stream()
                .map(rows::get)
                .filter(row -> row != null && key.equals(ownerOf(row, key.side())))
                .toList();

        Optional<Profile> merged = merge.merge(key, own).map(profile -> project(profile, text));
        if (merged.isEmpty()) {
            return stored.isEmpty() || profiles.delete(stored.get());
        }
        Profile next = merged.get().withRevision(stored.map(Profile::revision).orElse(0L));
        return stored.filter(next::equals).isPresent() || profiles.save(next);
    }

    private static Profile project(Profile profile, Optional<TextProjection> text) {
        if (text.isEmpty() || profile.textVector() == null) {
            return profile;
        }
        return profile.withAligned(
                text.get().project(profile.textVector()).atRest(), text.get().version());
    }

    private static ProfileKey ownerOf(ReviewMotivations row, Side side) {
        return side == Side.USER ? ProfileKey.user(row.userId()) : ProfileKey.item(row.itemId());
    }
}
