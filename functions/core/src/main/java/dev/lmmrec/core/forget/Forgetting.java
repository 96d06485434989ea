package dev.lmmrec.core.forget;

import dev.lmmrec.core.motivation.MotivationStore;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMerge;
import dev.lmmrec.core.profile.ProfileStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a user or a review out of the tables. First it is written down that the subject is forgotten, so that nothing
 * under way comes back; then each profile that speaks by its reviews is merged anew without them, and only then their
 * rows go: whatever breaks in between, running it again finds the rest. The deleted rows reach the embedding function
 * by the stream as well, which gives rewritten profiles their aligned vectors back.
 */
public final class Forgetting {

    /** An index follows its table within this time, as a rule far sooner. */
    private static final Duration INDEX_LAG = Duration.ofSeconds(2);

    private static final int LOOKS_MAX = 30;
    private static final int SAVE_ATTEMPTS_MAX = 8;

    private final Forgotten forgotten;
    private final MotivationStore motivations;
    private final ProfileStore profiles;
    private final ProfileMerge merge;
    private final List<PerUserRows> perUser;
    private final Duration indexLag;

    /**
     * Makes the work.
     *
     * @param forgotten where it is written down
     * @param motivations where reviews' rows are
     * @param profiles where profiles are
     * @param merge merges what is left
     * @param perUser further tables whose rows belong to users
     */
    public Forgetting(
            Forgotten forgotten,
            MotivationStore motivations,
            ProfileStore profiles,
            ProfileMerge merge,
            List<PerUserRows> perUser) {
        this(forgotten, motivations, profiles, merge, perUser, INDEX_LAG);
    }

    Forgetting(
            Forgotten forgotten,
            MotivationStore motivations,
            ProfileStore profiles,
            ProfileMerge merge,
            List<PerUserRows> perUser,
            Duration indexLag) {
        this.forgotten = forgotten;
        this.motivations = motivations;
        this.profiles = profiles;
        this.merge = merge;
        this.perUser = List.copyOf(perUser);
        this.indexLag = indexLag;
    }

    /**
     * What forgetting a subject would touch now. Changes nothing.
     *
     * @param subject a user or a review
     * @return the counts
     */
    public Outcome look(Subject subject) {
        List<ReviewMotivations> rows = rowsOf(subject);
        Map<ProfileKey, Set<String>> touched = touchedBy(subject, rows);
        Map<ProfileKey, Profile> stored = profiles.findAll(touched.keySet());
        Tally tally = new Tally();
        tally.rows = rows.size();
        touched.forEach((key, reviewIds) -> {
            Profile profile = stored.get(key);
            if (profile != null && (isOwn(subject, key) || speaksBy(profile, reviewIds))) {
                tally.count(isOwn(subject, key) || remaining(profile, reviewIds).isEmpty());
            }
        });
        if (subject.kind() == Subject.Kind.USER) {
            perUser.forEach(table -> tally.otherRows.put(
                    table.table(), table.keysOf(subject.id()).size()));
        }
        return tally.outcome();
    }

    /**
     * Forgets. Again is as good as once, and goes on where a run before was stopped.
     *
     * @param subject a user or a review
     * @return what was removed by this run
     * @throws IllegalStateException if rows of the subject keep coming, or a profile keeps changing
     */
    public Outcome forget(Subject subject) {
        forgotten.add(subject);
        forgotten.sweep();
        Tally tally = new Tally();
        for (int look = 1; ; look++) {
            List<ReviewMotivations> rows = rowsOf(subject);
            remove(subject, rows, tally);
            // an extraction that had begun before, or a row the index did not have yet, would show by now
            if (rows.isEmpty() && look > 1) {
                return tally.outcome();
            }
            if (look == LOOKS_MAX) {
                throw new IllegalStateException("rows of the " + subject.kind() + " still appear after " + look
                        + " looks; is it being sent anew? Run this again");
            }
            pause();
        }
    }

    private void remove(Subject subject, List<ReviewMotivations> rows, Tally tally) {
        touchedBy(subject, rows).forEach((key, reviewIds) -> {
            if (isOwn(subject, key)) {
                deleteProfile(key, tally);
            } else {
                rewrite(key, reviewIds, tally);
            }
        });
        for (ReviewMotivations row : rows) {
            motivations.delete(row.reviewId());
            tally.rows++;
        }
        if (subject.kind() == Subject.Kind.USER) {
            perUser.forEach(table -> tally.otherRows.merge(table.table(), table.delete(subject.id()), Integer::sum));
        }
    }

    private List<ReviewMotivations> rowsOf(Subject subject) {
        if (subject.kind() == Subject.Kind.REVIEW) {
            return motivations.find(subject.id()).stream().toList();
        }
        Set<String> ids = new LinkedHashSet<>(motivations.reviewIdsOfUser(subject.id()));
        // what the index does not have yet, the profile may
        profiles.find(ProfileKey.user(subject.id()))
                .ifPresent(profile -> profile.interactions().forEach(known -> ids.add(known.reviewId())));
        return motivations.findAll(ids).values().stream()
                .filter(row -> row.userId().equals(subject.id()))
                .toList();
    }

    private static Map<ProfileKey, Set<String>> touchedBy(Subject subject, List<ReviewMotivations> rows) {
        Map<ProfileKey, Set<String>> touched = new LinkedHashMap<>();
        for (ReviewMotivations row : rows) {
            touched.computeIfAbsent(ProfileKey.item(row.itemId()), key -> new LinkedHashSet<>())
                    .add(row.reviewId());
            touched.computeIfAbsent(ProfileKey.user(row.userId()), key -> new LinkedHashSet<>())
                    .add(row.reviewId());
        }
        if (subject.kind() == Subject.Kind.USER) {
            touched.putIfAbsent(ProfileKey.user(subject.id()), new LinkedHashSet<>());
        }
        return touched;
    }

    private static boolean isOwn(Subject subject, ProfileKey key) {
        return subject.kind() == Subject.Kind.USER && key.equals(ProfileKey.user(subject.id()));
    }

    private static boolean speaksBy(Profile profile, Set<String> reviewIds) {
        return Stream.concat(
                        profile.interactions().stream().map(Profile.Interaction::reviewId),
                        profile.motivations().stream()
                                .flatMap(motivation -> motivation.quotes().stream())
                                .map(quote -> quote.reviewId()))
                .anyMatch(reviewIds::contains);
    }

    private static Set<String> remaining(Profile profile, Set<String> reviewIds) {
        return profile.interactions().stream()
                .map(Profile.Interaction::reviewId)
                .filter(id -> !reviewIds.contains(id))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void deleteProfile(ProfileKey key, Tally tally) {
        for (int attempt = 1; attempt <= SAVE_ATTEMPTS_MAX; attempt++) {
            var stored = profiles.find(key);
            if (stored.isEmpty()) {
                return;
            }
            if (profiles.delete(stored.get())) {
                tally.count(true);
                return;
            }
        }
        throw keepsChanging(key);
    }

    private void rewrite(ProfileKey key, Set<String> reviewIds, Tally tally) {
        for (int attempt = 1; attempt <= SAVE_ATTEMPTS_MAX; attempt++) {
            var stored = profiles.find(key);
            if (stored.isEmpty() || !speaksBy(stored.get(), reviewIds)) {
                return;
            }
            List<ReviewMotivations> left = motivations.findAll(remaining(stored.get(), reviewIds)).values().stream()
                    .filter(row ->
                            key.equals(ProfileKey.user(row.userId())) || key.equals(ProfileKey.item(row.itemId())))
                    .toList();
            var merged = merge.merge(key, left)
                    .map(next -> next.withRevision(stored.get().revision()));
            if (merged.isPresent() ? profiles.save(merged.get()) : profiles.delete(stored.get())) {
                tally.count(merged.isEmpty());
                return;
            }
        }
        throw keepsChanging(key);
    }

    private static IllegalStateException keepsChanging(ProfileKey key) {
        return new IllegalStateException("a profile of an " + key.side() + " changed under " + SAVE_ATTEMPTS_MAX
                + " attempts to write it; run this again");
    }

    private void pause() {
        try {
            Thread.sleep(indexLag.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the last look; run this again", e);
        }
    }

    /**
     * What was removed.
     *
     * @param rows reviews' rows, with their texts, quotes and vectors
     * @param profilesRewritten profiles of others that were merged anew
     * @param profilesRemoved profiles of which nothing was left
     * @param otherRows rows by further table
     */
    public record Outcome(int rows, int profilesRewritten, int profilesRemoved, Map<String, Integer> otherRows) {

        /** Copies the map. */
        public Outcome {
            otherRows = Map.copyOf(otherRows);
        }
    }

    private static final class Tally {

        private int rows;
        private int rewritten;
        private int removed;
        private final Map<String, Integer> otherRows = new HashMap<>();

        void count(boolean nothingLeft) {
            removed += nothingLeft ? 1 : 0;
            rewritten += nothingLeft ? 0 : 1;
        }

        Outcome outcome() {
            return new Outcome(rows, rewritten, removed, new TreeMap<>(otherRows));
        }
    }
}
