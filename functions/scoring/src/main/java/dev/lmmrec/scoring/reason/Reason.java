package dev.lmmrec.scoring.reason;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.motivation.Polarity;
import dev.lmmrec.core.profile.ProfileMotivation.Quote;

/**
 * One reason for one item.
 *
 * @param facet the kind of reason
 * @param sentence the reason in a line, made of quotes
 * @param similarity cosine of the two statements, −1 to 1; null without a user side
 * @param share how much of the item's score the user's motive makes up, in the unit of the score: without the motive
 *     the score is lower by this; null without a user side
 * @param user what the user wrote, about this or another item; null if nothing is known of the user
 * @param item what others wrote of the item
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reason(Facet facet, String sentence, Double similarity, Double share, Said user, Said item) {

    /**
     * One motivation with the words that show it.
     *
     * @param id names the motivation in its profile
     * @param statement the motivation
     * @param polarity whether the want was met
     * @param support in how many reviews it was found
     * @param quote verbatim words of one of them
     */
    public record Said(String id, String statement, Polarity polarity, int support, Quote quote) {}
}
