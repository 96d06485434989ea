package dev.lmmrec.core.sample;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Field;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.review.Review;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A generated sample with everything that was planted in it.
 *
 * @param users who writes
 * @param items what they write about
 * @param reviews in the order of their times
 */
public record Sample(List<User> users, List<Item> items, List<Planted> reviews) {

    /** Copies the lists. */
    public Sample {
        users = List.copyOf(users);
        items = List.copyOf(items);
        reviews = List.copyOf(reviews);
    }

    /**
     * A user and the needs that decide what this user buys.
     *
     * @param userId the id in the reviews
     * @param needs one to three
     */
    public record User(String userId, Set<Theme> needs) {

        /** Copies the needs. */
        public User {
            needs = Collections.unmodifiableSet(EnumSet.copyOf(needs));
        }
    }

    /**
     * An item and its traits.
     *
     * @param itemId the id in the reviews
     * @param kind the kind of thing, as in the resource {@code items.txt}
     * @param traits POSITIVE where it answers the need of that theme, NEGATIVE where it fails it
     * @param popularity how often it is bought by people without a need for it, 1 to 4
     */
    public record Item(String itemId, String kind, Map<Theme, Polarity> traits, int popularity) {

        /** Copies the traits. */
        public Item {
            traits = Collections.unmodifiableMap(new EnumMap<>(traits));
        }

        /**
         * How many needs of a user this item answers.
         *
         * @param user the user
         * @return from 0
         */
        public int answers(User user) {
            return (int) user.needs().stream()
                    .filter(need -> traits.get(need) == Polarity.POSITIVE)
                    .count();
        }

        /**
         * How many needs of a user this item fails.
         *
         * @param user the user
         * @return from 0
         */
        public int fails(User user) {
            return (int) user.needs().stream()
                    .filter(need -> traits.get(need) == Polarity.NEGATIVE)
                    .count();
        }
    }

    /**
     * A review and what its writer wanted to say with it.
     *
     * @param review the review
     * @param motivations in the order of their evidence, the title's first; empty in a review without any
     */
    public record Planted(Review review, List<PlantedMotivation> motivations) {

        /** Copies the motivations. */
        public Planted {
            motivations = List.copyOf(motivations);
        }
    }

    /**
     * One planted motivation.
     *
     * @param side USER for a need, ITEM for a trait
     * @param theme which need or trait
     * @param facet the kind of reason
     * @param polarity of a need: NEUTRAL, or POSITIVE where the words say that it was met; of a trait: what it is
     * @param evidence the words that show it, verbatim
     * @param field where they are
     * @param start where they start in that field, in characters from 0
     */
    public record PlantedMotivation(
            Side side, Theme theme, Facet facet, Polarity polarity, String evidence, Field field, int start) {}
}
