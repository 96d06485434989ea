package dev.lmmrec.core.reason;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.vector.DenseVector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of each statement of an item as something a user might say too: how much the item's reviewers agree on
 * it, and how near it is to what the user wrote elsewhere. All of it comes from the two profiles.
 */
public final class StatementFeatures {

    /** The features, in the order of a row: first what the item alone says, then what the user does. */
    public static final List<String> NAMES = List.of(
            "support",
            "support-share",
            "weight",
            "strength",
            "confidence",
            "words",
            "alike-in-item",
            "same-reason-in-item",
            "near-reason-in-item",
            "facet-in-item",
            "item-text",
            "user-text",
            "nearest-want",
            "nearest-want-of-facet",
            "mean-want",
            "user-facet");

    /** A user's facets are taken to be like the item's until so many motives say otherwise. */
    private static final double FACET_PRIOR = 3;

    private final ItemSide item;
    private final DenseVector userText;
    private final List<ProfileMotivation> wants;
    private final double support;
    private final Map<Facet, Double> userFacets;

    /**
     * Takes the profiles.
     *
     * @param user the user's, if there is one
     * @param item the item's
     */
    public StatementFeatures(Optional<Profile> user, Profile item) {
        this(user, new ItemSide(item));
    }

    StatementFeatures(Optional<Profile> user, ItemSide item) {
        this.item = item;
        this.userText = user.map(Profile::textVector).orElse(null);
        this.wants = user.stream()
                .flatMap(profile -> Want.of(profile, Optional.empty()).stream())
                .map(Want::motive)
                .toList();
        this.support = ItemSide.support(wants);
        this.userFacets = ItemSide.byFacet(wants);
    }

    /**
     * Looks at one statement.
     *
     * @param statement one of the item's motivations, with a vector
     * @return a number for each of {@link #NAMES}
     * @throws IllegalArgumentException if it is none of the item's
     */
    public double[] of(ProfileMotivation statement) {
        double nearest = 0;
        double nearestOfFacet = 0;
        double mean = 0;
        for (ProfileMotivation want : wants) {
            double cosine = want.vector().dot(statement.vector());
            nearest = Math.max(nearest, cosine);
            nearestOfFacet = want.facet().equals(statement.facet()) ? Math.max(nearestOfFacet, cosine) : nearestOfFacet;
            mean += cosine / wants.size();
        }
        double userShare =
                (userFacets.getOrDefault(statement.facet(), 0.0) + FACET_PRIOR * item.shareOf(statement.facet()))
                        / (support + FACET_PRIOR);
        double[] row = Arrays.copyOf(item.of(statement), NAMES.size());
        int at = row.length;
        row[--at] = Math.log(0.01 + userShare);
        row[--at] = mean;
        row[--at] = nearestOfFacet;
        row[--at] = nearest;
        row[--at] = userText == null ? 0 : userText.dot(statement.vector());
        return row;
    }
}
