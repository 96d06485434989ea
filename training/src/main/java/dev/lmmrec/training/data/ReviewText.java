package dev.lmmrec.training.data;

import dev.lmmrec.core.motivation.Motivation;
import dev.lmmrec.core.motivation.ReviewMotivations;
import dev.lmmrec.core.motivation.ReviewVectors;
import java.util.List;
import java.util.Optional;

/**
 * What one person wrote about one item, by the indices of a data set: what profiles, sparse words and sentence vectors
 * of users and items are made from.
 *
 * @param user the user's index; {@link #UNKNOWN} if the user has no interaction, so that the text tells of the item
 *     alone
 * @param item the item's index; {@link #UNKNOWN} if the item has no interaction
 * @param row the review with its motivations, and with sentence vectors where there are any
 */
public record ReviewText(int user, int item, ReviewMotivations row) {

    /** The index of a user or item that has no interaction. */
    public static final int UNKNOWN = -1;

    /**
     * Whether the user has interactions.
     *
     * @return false if {@link #user} is {@link #UNKNOWN}
     */
    public boolean hasUser() {
        return user != UNKNOWN;
    }

    /**
     * Whether the item has interactions.
     *
     * @return false if {@link #item} is {@link #UNKNOWN}
     */
    public boolean hasItem() {
        return item != UNKNOWN;
    }

    /**
     * The headline.
     *
     * @return empty where there is none
     */
    public String title() {
        return row.review().title();
    }

    /**
     * The body.
     *
     * @return never blank
     */
    public String text() {
        return row.review().text();
    }

    /**
     * Headline and body as one text, the way the embedding function encodes them.
     *
     * @return {@code title. text}, or the text alone
     */
    public String whole() {
        return row.review().whole();
    }

    /**
     * The reasons found in the review.
     *
     * @return strongest first, possibly none
     */
    public List<Motivation> motivations() {
        return row.motivations();
    }

    /**
     * The sentence vectors of the text and of each motivation.
     *
     * @return empty where they have not been made
     */
    public Optional<ReviewVectors> vectors() {
        return row.vectors();
    }
}
