package dev.lmmrec.scoring.reason;

import dev.lmmrec.core.motivation.Facet;
import dev.lmmrec.core.profile.Profile;
import dev.lmmrec.core.profile.ProfileMotivation;
import dev.lmmrec.core.profile.ProfileMotivation.Quote;
import dev.lmmrec.core.reason.ItemSide;
import dev.lmmrec.core.reason.ReasonChoice;
import dev.lmmrec.core.reason.ReasonChoice.Chosen;
import dev.lmmrec.core.reason.ReasonChoice.Match;
import dev.lmmrec.scoring.reason.Reason.Said;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the reasons that were chosen for an item into words, which are those of the reviewers. */
public final class ReasonFinder {

    private final ReasonChoice.ForUser choice;
    private final String userId;

    /**
     * Begins with a user.
     *
     * @param choice the artefact's
     * @param user the user's profile, if there is one
     */
    public ReasonFinder(ReasonChoice choice, Optional<Profile> user) {
        this.choice = choice.forUser(user);
        this.userId = user.map(profile -> profile.key().id()).orElse("");
    }

    /**
     * Finds the reasons for one item.
     *
     * @param item the item, looked at
     * @param summands by the ids of the user's motives: what each adds to the item's score
     * @param facet the only kind of reason that is asked for; empty for any
     * @return at most {@link ReasonChoice#REASONS_MAX}, best first; where nothing the user wrote speaks for the item,
     *     what others praise
     */
    public List<Reason> reasonsFor(ItemSide item, Map<String, Double> summands, Optional<Facet> facet) {
        return choice.of(item, summands, facet).stream().map(this::inWords).toList();
    }

    private Reason inWords(Chosen chosen) {
        ProfileMotivation trait = chosen.statement();
        Quote others = trait.quotes().stream()
                .filter(quote -> !quote.userId().equals(userId))
                .findFirst()
                .orElseThrow();
        if (chosen.match().isEmpty()) {
            String sentence = "others like it: “" + others.text() + "”";
            return new Reason(trait.facet(), sentence, null, null, null, Said.of(trait, others));
        }
        Match match = chosen.match().get();
        Quote own = match.motive().quotes().get(0);
        String sentence = "matches what you wrote: “" + own.text() + "”; others say: “" + others.text() + "”";
        return new Reason(
                trait.facet(),
                sentence,
                match.cosine(),
                match.share(),
                Said.of(match.motive(), own),
                Said.of(trait, others));
    }
}
