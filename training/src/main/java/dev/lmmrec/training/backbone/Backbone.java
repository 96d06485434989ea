package dev.lmmrec.training.backbone;

import ai.djl.ndarray.NDManager;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.evaluation.Scorer;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.loss.Vectors;
import java.util.List;

/** A recipe for knowing users and items from their interactions. */
public sealed interface Backbone {

    /**
     * Its name in tables and manifests.
     *
     * @return such as {@code lightgcn}
     */
    String name();

    /** A backbone that needs no gradient. */
    non-sealed interface ClosedForm extends Backbone {

        /**
         * Solves for the scores.
         *
         * @param train what to learn from
         * @return the scorer; {@link Factors} where there are such
         */
        Scorer fit(Interactions train);
    }

    /** A backbone that is learnt batch by batch. */
    non-sealed interface Learnt extends Backbone {

        /**
         * Draws the first parameters.
         *
         * @param train what to learn from
         * @param width d
         * @param seed repeats the draw
         * @param manager owns the parameters
         * @return the model before any step
         */
        State start(Interactions train, int width, long seed, NDManager manager);

        /**
         * Its own loss, without text.
         *
         * @return terms that can be switched off one by one
         */
        List<LossTerm> terms();
    }

    /** A learnt backbone between two steps. */
    interface State {

        /**
         * What is trained.
         *
         * @return the parameters, always the same ones in the same order
         */
        List<Parameter> parameters();

        /**
         * The vectors that a loss looks at, tied to the parameters by the tape.
         *
         * @param tape records the step
         * @param stepSeed repeats what the forward pass draws, such as dropped edges; the steps of an epoch have
         *     consecutive seeds, and no two epochs meet
         * @return vectors of all users and items
         */
        Vectors forward(Tape tape, long stepSeed);

        /**
         * The vectors to rank by, nothing drawn at random.
         *
         * @return vectors of all users and items
         */
        Factors vectors();
    }
}
