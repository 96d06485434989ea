package dev.lmmrec.scoring.reason;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.core.reason.ItemSide;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The profiles of items and what they say, kept for a short while: popular items are in most answers, and a profile is
 * the largest thing a request reads. Users' profiles are never kept: what a user has just written counts at once.
 */
public final class ItemProfiles {

    /** Of all profiles together; a motivation takes about 2 kB. */
    private static final int MOTIVATIONS_MAX = 20_000;

    private final ProfileStore profiles;
    private final Cache<ProfileKey, ItemSide> kept;

    /**
     * Keeps profiles.
     *
     * @param profiles where they are
     * @param ageMax how long one is used before it is read again; zero keeps none
     */
    public ItemProfiles(ProfileStore profiles, Duration ageMax) {
        this.profiles = profiles;
        this.kept = Caffeine.newBuilder()
                .maximumWeight(MOTIVATIONS_MAX)
                .weigher((ProfileKey key, ItemSide item) ->
                        1 + item.item().motivations().size())
                .expireAfterWrite(ageMax)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Finds profiles.
     *
     * @param keys of items
     * @return those that there are, and where they came from
     */
    public Found findAll(Collection<ProfileKey> keys) {
        Map<ProfileKey, ItemSide> found = new HashMap<>(kept.getAllPresent(keys));
        List<ProfileKey> missing =
                keys.stream().distinct().filter(key -> !found.containsKey(key)).toList();
        int inMemory = found.size();
        if (!missing.isEmpty()) {
            profiles.findAll(missing).forEach((key, profile) -> {
                ItemSide item = new ItemSide(profile);
                kept.put(key, item);
                found.put(key, item);
            });
        }
        return new Found(found, inMemory, missing.size());
    }

    /**
     * Profiles.
     *
     * @param byKey those that there are
     * @param kept how many were in memory
     * @param read how many were asked of the table
     */
    public record Found(Map<ProfileKey, ItemSide> byKey, int kept, int read) {

        /** Copies the profiles. */
        public Found {
            byKey = Map.copyOf(byKey);
        }
    }
}
