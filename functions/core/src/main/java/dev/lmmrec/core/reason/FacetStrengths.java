package dev.lmmrec.core.reason;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileMotivation;
import java.util.Map;
import java.util.stream.Collectors;

/** How strongly an item speaks for each kind of reason. */
public final class FacetStrengths {

    private FacetStrengths() {}

    /**
     * Sums up what pleased reviewers.
     *
     * @param item the item's profile
     * @return by facet: the sum of the weights of the item's traits that pleased; facets without any are left out
     */
    public static Map<Facet, Double> of(Profile item) {
        return item.motivations().stream()
                .filter(trait -> trait.side() == Side.ITEM && trait.polarity() == Polarity.POSITIVE)
                .collect(Collectors.groupingBy(
                        ProfileMotivation::facet, Collectors.summingDouble(ProfileMotivation::weight)));
    }
}
