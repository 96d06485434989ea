package dev.lmmrec.core.reason;

import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileMotivation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Orders what pleased others in an item by how likely a user is to say the same. Safe for use by several threads. */
public final class StatementRanking {

    private final StatementWeights weights;

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
        return order(new UserSide(user), new ItemSide(item));
    }

    /** The same, where both sides are known. */
    List<ProfileMotivation> order(UserSide user, ItemSide item) {
        StatementFeatures features = new StatementFeatures(user, item);
        return candidates(user.userId(), item.item()).stream()
                .map(statement -> new Weighed(statement, worth(features.of(statement), statement)))
                .sorted(Comparator.comparingDouble(Weighed::worth).reversed())
                .map(Weighed::statement)
                .toList();
    }

    private record Weighed(ProfileMotivation statement, double worth) {}

    private double worth(double[] features, ProfileMotivation statement) {
        double worth = weights.direction() == null ? 0 : weights.direction().dot(statement.vector());
        for (int f = 0; f < features.length; f++) {
            worth += features[f] * weights.features().getOrDefault(StatementFeatures.NAMES.get(f), 0.0);
        }
        return worth;
    }
}
