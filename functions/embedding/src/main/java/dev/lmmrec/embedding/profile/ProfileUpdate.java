package dev.lmmrec.embedding.profile;

import dev.lmmrec.core.arrival.ArrivalStore;
import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMerge;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.embedding.encoder.TextProjection;
import dev.lmmrec.embedding.event.ReviewChange;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Brings the profiles of changed reviews up to date. A profile names the reviews it was merged from; an update reads
 * those and the changed ones, strongly consistent, and merges them anew. So the same change may come twice, late or in
 * another order, and several functions may work on one profile: the optimistic lock makes the loser start over.
 */
public final class ProfileUpdate {

    private static final Logger LOG = Logger.getLogger(ProfileUpdate.class);
    private static final int SAVE_ATTEMPTS_MAX = 8;

    /** A batch may touch a thousand profiles, each of as many rows as it names. */
    private static final int PROFILES_AT_ONCE_MAX = 250;

    private static final int ROWS_AT_ONCE_MAX = 2_000;

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
        Map<String, ReviewMotivations> changed = new ConcurrentHashMap<>(
                motivations.findAll(changes.stream().map(ReviewChange::reviewId).toList()));
        Map<ProfileKey, Set<ReviewChange>> touched = touchedBy(changes, changed);
        changes.parallelStream().forEach(change -> embed(change, changed, failed));

        Optional<TextProjection> text = projection.get();
        List<ProfileKey> keys = List.copyOf(touched.keySet());
        for (int from = 0; from < keys.size(); from += PROFILES_AT_ONCE_MAX) {
            List<ProfileKey> some = keys.subList(from, Math.min(keys.size(), from + PROFILES_AT_ONCE_MAX));
            Map<ProfileKey, Profile> stored = profiles.findAll(some);
            List<Task> tasks = some.stream()
                    .map(key -> new Task(key, touched.get(key), Optional.ofNullable(stored.get(key))))
                    .toList();
            byRows(announced(tasks, changed, failed)).forEach(group -> update(group, text, failed));
        }
        return new TreeSet<>(failed);
    }

    /** A profile, what changed of it, and how it was read. */
    private record Task(ProfileKey key, Set<ReviewChange> changes, Optional<Profile> stored) {

        /** The reviews that it is to be merged from. */
        Set<String> reviewIds() {
            Set<String> ids = new LinkedHashSet<>();
            changes.forEach(change -> ids.add(change.reviewId()));
            stored.ifPresent(profile -> profile.interactions().forEach(each -> ids.add(each.reviewId())));
            return ids;
        }

        Task readAgain(Optional<Profile> profile) {
            return new Task(key, changes, profile);
        }
    }

    /** Rows are large, so only so many are held at a time. */
    private static List<List<Task>> byRows(List<Task> tasks) {
        List<List<Task>> groups = new ArrayList<>();
        int rows = ROWS_AT_ONCE_MAX;
        for (Task task : tasks) {
            int more = task.reviewIds().size();
            rows += more;
            if (rows > ROWS_AT_ONCE_MAX) {
                groups.add(new ArrayList<>());
                rows = more;
            }
            groups.get(groups.size() - 1).add(task);
        }
        return groups;
    }

    private void update(List<Task> tasks, Optional<TextProjection> text, Set<String> failed) {
        Map<String, ReviewMotivations> rows = rowsOf(tasks);
        tasks.parallelStream().forEach(task -> {
            try {
                update(task, rows, text);
            } catch (RuntimeException e) {
                LOG.warnf(
                        e,
                        "a profile of %d changed reviews was not updated and will be tried again",
                        task.changes().size());
                task.changes().forEach(change -> failed.add(change.sequenceNumber()));
            }
        });
    }

    /**
     * Reads what profiles are merged from. This must come after their own reading: a row that is read before may be
     * replaced, and merged by somebody else into the very revision of the profile that is read then; the lock would not
     * see that the older row is put back.
     */
    private Map<String, ReviewMotivations> rowsOf(List<Task> tasks) {
        return motivations.findAll(
                tasks.stream().flatMap(task -> task.reviewIds().stream()).collect(Collectors.toSet()));
    }

    /**
     * Tells of items without a profile before they get one: told afterwards, an item whose telling failed would have
     * its profile already when the change comes again, and nobody would hear of it. Those that could not be told of are
     * left out.
     */
    private List<Task> announced(List<Task> tasks, Map<String, ReviewMotivations> changed, Set<String> failed) {
        List<Task> arriving =
                tasks.stream().filter(task -> arrives(task, changed)).toList();
        if (arriving.isEmpty()) {
            return tasks;
        }
        try {
            arrivals.add(arriving.stream().map(task -> task.key().id()).toList(), clock.millis());
            return tasks;
        } catch (RuntimeException e) {
            LOG.warnf(e, "%d new items were not announced; their profiles will be tried again", arriving.size());
            arriving.forEach(task -> task.changes().forEach(change -> failed.add(change.sequenceNumber())));
            return tasks.stream().filter(task -> !arriving.contains(task)).toList();
        }
    }

    private static boolean arrives(Task task, Map<String, ReviewMotivations> changed) {
        return task.key().side() == Side.ITEM
                && task.stored().isEmpty()
                && task.changes().stream()
                        .map(change -> changed.get(change.reviewId()))
                        .anyMatch(row ->
                                row != null && row.itemId().equals(task.key().id()));
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

    private void update(Task read, Map<String, ReviewMotivations> rows, Optional<TextProjection> text) {
        Task task = read;
        Map<String, ReviewMotivations> own = rows;
        for (int attempt = 1; attempt <= SAVE_ATTEMPTS_MAX; attempt++) {
            if (save(task, own, text)) {
                return;
            }
            task = task.readAgain(profiles.find(task.key()));
            own = rowsOf(List.of(task));
        }
        throw new IllegalStateException("profile changed under " + SAVE_ATTEMPTS_MAX
                + " attempts to save it; lower the parallelisation of the stream's mapping");
    }

    private boolean save(Task task, Map<String, ReviewMotivations> rows, Optional<TextProjection> text) {
        ProfileKey key = task.key();
        Optional<Profile> stored = task.stored();
        List<ReviewMotivations> own = task.reviewIds().stream()
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
