package dev.lmmrec.scoring.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.motivation.Side;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.Profile.Interaction;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.profile.ProfileMotivation.Quote;
import java.util.List;

/**
 * A profile as clients see it: without vectors.
 *
 * @param id the user's or item's id
 * @param reviewCount how many reviews it was merged from
 * @param meanRating 1 to 5
 * @param kind words for the kind of thing an item is
 * @param motivations heaviest first
 * @param interactions latest first
 * @param modelVersion the artefact its aligned vector is from, absent without one
 * @param revision counts its changes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProfileView(
        String id,
        int reviewCount,
        double meanRating,
        List<String> kind,
        List<MotivationView> motivations,
        List<Interaction> interactions,
        String modelVersion,
        long revision) {

    /**
     * Shows a profile.
     *
     * @param profile the profile
     * @return what clients see of it
     */
    public static ProfileView of(Profile profile) {
        return new ProfileView(
                profile.key().id(),
                profile.reviewCount(),
                profile.meanRating(),
                profile.kind(),
                profile.motivations().stream().map(MotivationView::of).toList(),
                profile.interactions(),
                profile.modelVersion(),
                profile.revision());
    }

    /**
     * A motivation as clients see it.
     *
     * @param id names it in reasons and in requests, see {@link ProfileMotivation#id()}
     * @param side whom it is about
     * @param facet the kind of reason
     * @param polarity whether the want was met
     * @param statement the reason
     * @param support in how many reviews it was found
     * @param strength 0 to 1
     * @param confidence 0 to 1
     * @param lastTime epoch seconds
     * @param quotes the reviewers' words
     */
    public record MotivationView(
            String id,
            Side side,
            Facet facet,
            Polarity polarity,
            String statement,
            int support,
            double strength,
            double confidence,
            long lastTime,
            List<Quote> quotes) {

        static MotivationView of(ProfileMotivation motivation) {
            return new MotivationView(
                    motivation.id(),
                    motivation.side(),
                    motivation.facet(),
                    motivation.polarity(),
                    motivation.statement(),
                    motivation.support(),
                    motivation.strength(),
                    motivation.confidence(),
                    motivation.lastTime(),
                    motivation.quotes());
        }
    }
}
