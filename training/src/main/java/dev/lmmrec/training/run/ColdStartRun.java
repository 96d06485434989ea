package dev.lmmrec.training.run;

import dev.lmmrec.core.reason.StatementWeights;
import dev.lmmrec.training.coldstart.ColdSplit;
import dev.lmmrec.training.coldstart.ColdSplit.ColdItem;
import dev.lmmrec.training.coldstart.ColdStart;
import dev.lmmrec.training.coldstart.ColdStart.Figures;
import dev.lmmrec.training.coldstart.ColdStart.Question;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.data.TextSides;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.run.Comparison.Outcome;
import dev.lmmrec.training.text.ReviewTexts;
import java.util.Map;
import java.util.Optional;

/** Trains on the warm part of a split as for an artefact, and measures on what was held out whole. */
public final class ColdStartRun {

    private ColdStartRun() {}

    /**
     * Runs.
     *
     * @param dataset what the split was drawn from
     * @param cold the split
     * @param settings the shape of the training; their seed splits the warm part for choosing weights
     * @param listener is told how it goes on
     * @return the figures
     * @throws RefusedInputException if the warm part is too small or has no text, or a held-out item has none
     */
    public static Map<Question, Map<String, Figures>> of(
            Dataset dataset, ColdSplit cold, Settings settings, Listener listener) throws RefusedInputException {
        Dataset warm = cold.warm();
        Optional<ReviewTexts> text =
                Optional.of(ReviewTexts.of(warm)).filter(said -> said.sides().usersWithText() > 0);
        if (text.isPresent()) {
            requireVectors(cold);
        }
        Split split = Split.random(warm, settings.seed());
        Outcome outcome = new Comparison(settings, listener).of(split, ArtefactRun.heldOutText(warm, split), false);
        if (text.isEmpty() || outcome.served().encoder().isEmpty()) {
            throw new RefusedInputException("nothing is known of who and what is new without sentence vectors and a"
                    + " wrapper that learns from them; ./lmmrec embed makes rows with vectors");
        }
        TextSides sides = text.get().sides();
        return new ColdStart(
                        dataset,
                        cold,
                        ServedState.of(
                                warm,
                                warm.interactions(),
                                text,
                                TextSides.profilesOf(warm),
                                outcome.served(),
                                outcome,
                                settings,
                                StatementWeights.UNLEARNT),
                        sides,
                        settings.seed())
                .measured();
    }

    private static void requireVectors(ColdSplit cold) throws RefusedInputException {
        for (ColdItem item : cold.items()) {
            if (item.shown().vectors().isEmpty()) {
                throw new RefusedInputException("no review of held-out item "
                        + item.shown().itemId()
                        + " has sentence vectors, nor has " + item.shown().reviewId()
                        + ", which is shown of it; ./lmmrec embed makes rows with vectors");
            }
        }
    }
}
