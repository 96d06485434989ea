package dev.lmmrec.core.reason;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileKey;
import dev.lmmrec.core.profile.ProfileMotivation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Orders what pleased others in an item by how likely a user is to say the same. Safe for use by several threads. */
public final class StatementRanking {

    /** How many items' statements are kept between requests; then all are looked at anew. */
    private static final int KEPT_MAX = 2_048;

    private final StatementWeights weights;
    private final Map<ProfileKey, ItemSide> kept = new ConcurrentHashMap<>();

    /**
     * Takes what was learnt.
     *
     * @param weights the artefact's
     */
    public StatementRanking(StatementWeights weights) {
        this.weights = weights;
    }

    /**
     * What can be shown of an item: traits that pleased somebody else, with vectors.
     *
     * @param userId the user, whose own words on the item are not what others say; empty for nobody
     * @param item the item's profile
     * @return the candidates, in the order of the profile
     */
    public static List<ProfileMotivation> candidates(String userId, Profile item) {
        return item.motivations().stream()
                .filter(trait -> trait.side() == Side.ITEM
                        && trait.polarity() == Polarity.POSITIVE
                        && trait.vector() != null
                        && trait.quotes().stream()
                                .anyMatch(quote -> !quote.userId().equals(userId)))
                .toList();
    }

    /**
     * Orders them.
     *
     * @param user the user's profile, if there is one
     * @param item the item's profile
     * @return the candidates, the likeliest first; of equally likely ones the order of the profile stays
     */
    public List<ProfileMotivation> order(Optional<Profile> user, Profile item) {
        return order(new UserSide(user), item);
    }

    /** The same, for a user whose side is known. */
    List<ProfileMotivation> order(UserSide user, Profile item) {
        ItemSide side = side(item);
        StatementFeatures features = new StatementFeatures(user, side);
        return candidates(user.userId(), side.item()).stream()
                .map(statement -> new Weighed(statement, worth(features.of(statement), statement)))
                .sorted(Comparator.comparingDouble(Weighed::worth).reversed())
                .map(Weighed::statement)
                .toList();
    }

    private record Weighed(ProfileMotivation statement, double worth) {}

    private ItemSide side(Profile item) {
        ItemSide found = kept.get(item.key());
        // a profile that has changed since is looked at anew
        if (found == null || !found.item().equals(item)) {
            if (kept.size() >= KEPT_MAX) {
                kept.clear();
            }
            found = new ItemSide(item);
            kept.put(item.key(), found);
        }
        return found;
    }

    private double worth(double[] features, ProfileMotivation statement) {
        double worth = weights.direction() == null ? 0 : weights.direction().dot(statement.vector());
        for (int f = 0; f < features.length; f++) {
            worth += features[f] * weights.features().getOrDefault(StatementFeatures.NAMES.get(f), 0.0);
        }
        return worth;
    }
}
