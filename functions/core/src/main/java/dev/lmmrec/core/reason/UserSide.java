package dev.lmmrec.core.reason;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.vector.DenseVector;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a user's profile alone says; the same for every item, so that it is looked at once for a whole list. */
final class UserSide {

    /** A user's facets are taken to be like the item's until so many motives say otherwise. */
    private static final double FACET_PRIOR = 3;

    private final String userId;
    private final DenseVector text;
    private final List<Named> motives;
    private final List<ProfileMotivation> wants;
    private final double support;
    private final Map<Facet, Double> facets;

    /** A motive that can be named as a reason. */
    record Named(String id, ProfileMotivation motive) {}

    /** Of a user, or of nobody. */
    UserSide(Optional<Profile> user) {
        this.userId = user.map(profile -> profile.key().id()).orElse("");
        this.text = user.map(Profile::textVector).orElse(null);
        this.motives = user.stream()
                .flatMap(profile -> profile.motivations().stream())
                .filter(motive -> motive.vector() != null && !motive.quotes().isEmpty())
                .map(motive -> new Named(motive.id(), motive))
                .toList();
        this.wants = user.stream()
                .flatMap(profile -> Want.of(profile, Optional.empty()).stream())
                .map(Want::motive)
                .toList();
        this.support = ItemSide.support(wants);
        this.facets = ItemSide.byFacet(wants);
    }

    /** Empty for nobody. */
    String userId() {
        return userId;
    }

    /** Null before the user's first review. */
    DenseVector text() {
        return text;
    }

    List<Named> motives() {
        return motives;
    }

    List<ProfileMotivation> wants() {
        return wants;
    }

    /**
     * The part of what the user is after that is of a facet, where the item's part is the guess before all evidence.
     */
    double shareOf(Facet facet, double shareInItem) {
        return (facets.getOrDefault(facet, 0.0) + FACET_PRIOR * shareInItem) / (support + FACET_PRIOR);
    }
}
