package dev.lmmrec.core.reason;

import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileMotivation;
import java.util.Arrays;
import java.util.List;
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

    private final UserSide user;
    private final ItemSide item;

    /**
     * Takes the profiles.
     *
     * @param user the user's, if there is one
     * @param item the item's
     */
    public StatementFeatures(Optional<Profile> user, Profile item) {
        this(new UserSide(user), new ItemSide(item));
    }

    StatementFeatures(UserSide user, ItemSide item) {
        this.user = user;
        this.item = item;
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
        List<ProfileMotivation> wants = user.wants();
        for (ProfileMotivation want : wants) {
            double cosine = want.vector().dot(statement.vector());
            nearest = Math.max(nearest, cosine);
            nearestOfFacet = want.facet().equals(statement.facet()) ? Math.max(nearestOfFacet, cosine) : nearestOfFacet;
            mean += cosine / wants.size();
        }
        double userShare = user.shareOf(statement.facet(), item.shareOf(statement.facet()));
        double[] row = Arrays.copyOf(item.of(statement), NAMES.size());
        int at = row.length;
        row[--at] = Math.log(0.01 + userShare);
        row[--at] = mean;
        row[--at] = nearestOfFacet;
        row[--at] = nearest;
        row[--at] = user.text() == null ? 0 : user.text().dot(statement.vector());
        return row;
    }
}
