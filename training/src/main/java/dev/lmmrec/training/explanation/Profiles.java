package dev.lmmrec.training.explanation;

import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMerge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Profiles of some rows, whole or with one review left out. */
final class Profiles {

    private final Map<ProfileKey, List<ReviewMotivations>> rowsOf = new LinkedHashMap<>();
    private final Map<ProfileKey, Optional<Profile>> whole = new LinkedHashMap<>();
    private final ProfileMerge merge = new ProfileMerge();

    Profiles(Collection<ReviewMotivations> rows) {
        for (ReviewMotivations row : rows) {
            add(ProfileKey.user(row.userId()), row);
            add(ProfileKey.item(row.itemId()), row);
        }
        rowsOf.forEach((key, own) -> whole.put(key, merge.merge(key, own)));
    }

    private void add(ProfileKey key, ReviewMotivations row) {
        rowsOf.computeIfAbsent(key, owner -> new ArrayList<>()).add(row);
    }

    /** The profile of all rows. */
    Optional<Profile> of(ProfileKey key) {
        return whole.getOrDefault(key, Optional.empty());
    }

    /** The profile as if a review had not been written yet. */
    Optional<Profile> without(ProfileKey key, ReviewMotivations review) {
        List<ReviewMotivations> others = rowsOf.getOrDefault(key, List.of()).stream()
                .filter(row -> !row.reviewId().equals(review.reviewId()))
                .toList();
        return merge.merge(key, others);
    }
}
