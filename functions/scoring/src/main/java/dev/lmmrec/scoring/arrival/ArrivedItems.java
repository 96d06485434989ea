package dev.lmmrec.scoring.arrival;

import dev.lmmrec.core.arrival.ArrivalStore;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileStore;
import dev.lmmrec.scoring.ranking.Arrived;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Keeps a running function on the latest items: looks now and then which came, and reads the profiles of those that its
 * artefact does not know. A look that fails costs no request: the items found before stay. Safe for use by several
 * threads.
 */
public final class ArrivedItems {

    private static final Logger LOG = Logger.getLogger(ArrivedItems.class);

    /** Profiles read at one look: an import brings its items over several looks instead of one slow request. */
    static final int READ_MAX = 25;

    private final ArrivalStore arrivals;
    private final ProfileStore profiles;
    private final Duration interval;
    private final Duration ageMax;
    private final Clock clock;

    private Instant lookAgainAt = Instant.MIN;
    private Map<String, Read> read = Map.of();
    private List<Arrived> found = List.of();

    /**
     * Makes it; nothing is read before the first question.
     *
     * @param arrivals says which items came lately
     * @param profiles where their profiles are
     * @param interval how long a look lasts
     * @param ageMax how long a profile is used before it is read again
     * @param clock measures both
     */
    public ArrivedItems(ArrivalStore arrivals, ProfileStore profiles, Duration interval, Duration ageMax, Clock clock) {
        this.arrivals = arrivals;
        this.profiles = profiles;
        this.interval = interval;
        this.ageMax = ageMax;
        this.clock = clock;
    }

    /** What was found when it was asked for last: nothing of an item that is announced and not yet written, or gone. */
    private record Read(Instant at, Optional<Arrived> item) {

        boolean isDue(Instant now, Duration ageMax) {
            return item.isEmpty() || at.plus(ageMax).isBefore(now);
        }
    }

    /**
     * The items that came lately.
     *
     * @param known tells which of them need no profile here, because the artefact has them
     * @return the latest first; the same list until a look finds others
     */
    public synchronized List<Arrived> current(Predicate<String> known) {
        Instant now = clock.instant();
        if (!now.isBefore(lookAgainAt)) {
            lookAgainAt = now.plus(interval);
            try {
                look(now, known);
            } catch (RuntimeException e) {
                // whatever is wrong with the tables, what was found goes on being ranked
                LOG.warnf("no look at new items, %d stay: %s", found.size(), e.getMessage());
            }
        }
        return found;
    }

    private void look(Instant now, Predicate<String> known) {
        List<String> latest = arrivals.latest().stream().filter(known.negate()).toList();
        Map<String, Read> next = new HashMap<>();
        latest.forEach(id -> Optional.ofNullable(read.get(id)).ifPresent(kept -> next.put(id, kept)));
        // items that were never asked for first, the sort being stable the latest of them, then those asked for longest
        // ago: many that have no profile must not keep the others from being read again
        List<String> due = latest.stream()
                .filter(id -> !next.containsKey(id) || next.get(id).isDue(now, ageMax))
                .sorted(Comparator.comparing(
                        id -> Optional.ofNullable(next.get(id)).map(Read::at).orElse(Instant.MIN)))
                .limit(READ_MAX)
                .toList();
        Map<ProfileKey, Profile> profile =
                profiles.findAll(due.stream().map(ProfileKey::item).toList());
        for (String id : due) {
            next.put(
                    id,
                    new Read(
                            now,
                            Optional.ofNullable(profile.get(ProfileKey.item(id)))
                                    .flatMap(Arrived::of)));
        }
        read = Map.copyOf(next);
        List<Arrived> items = latest.stream()
                .flatMap(id -> Optional.ofNullable(next.get(id)).flatMap(Read::item).stream())
                .toList();
        found = items.equals(found) ? found : items;
    }
}
