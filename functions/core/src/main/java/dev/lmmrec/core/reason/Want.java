package dev.lmmrec.core.reason;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileMotivation;
import java.util.List;
import java.util.Optional;

/**
 * One of the things a user is after.
 *
 * @param motive the motivation that says so, with a vector
 * @param weight how much it counts beside the user's others, a_m
 */
public record Want(ProfileMotivation motive, double weight) {

    /** A motive of the facet that matters most now counts this many times. */
    private static final double FACET_FACTOR = 4;

    /**
     * All that a user is after. What a motive weighs does not depend on which others there are: leaving one out takes
     * away its own summand and changes no other.
     *
     * @param user the profile
     * @param facet the kind of reason that matters most now, if one does
     * @return the motives that tell what is wanted and have vectors, in the order of the profile; each weighs
     *     {@link ProfileMotivation#weight()} over the root of the number of reviews, so that the sum grows no faster
     *     than that of as many unlike directions
     */
    public static List<Want> of(Profile user, Optional<Facet> facet) {
        double reviews = Math.sqrt(Math.max(1, user.reviewCount()));
        return user.motivations().stream()
                .filter(motive -> motive.saysWhatIsWanted() && motive.vector() != null)
                .map(motive -> new Want(
                        motive,
                        motive.weight()
                                / reviews
                                * (facet.filter(motive.facet()::equals).isPresent() ? FACET_FACTOR : 1)))
                .toList();
    }
}
