package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDManager;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.text.ReviewTexts;
import dev.lmmrec.training.text.TextEncoder;
import java.util.List;
import java.util.Optional;

/** A recipe for training a backbone together with text. */
public interface Wrapper {

    /**
     * Its name in tables and manifests.
     *
     * @return such as {@code lmmrec}
     */
    String name();

    /**
     * Draws the first parameters.
     *
     * @param start what it is put around
     * @return the wrapper before any step
     */
    State start(Start start);

    /**
     * What a wrapper is put around.
     *
     * @param backbone the backbone's recipe, of which a teacher can be made
     * @param interaction the backbone that is trained
     * @param train what is learnt from
     * @param text what reviews say; of some users and items, or of none
     * @param width d
     * @param learningRate of Adam
     * @param stepsPerEpoch how many steps an epoch has
     * @param seed repeats every draw
     * @param manager owns parameters
     */
    record Start(
            Backbone.Learnt backbone,
            Backbone.State interaction,
            Interactions train,
            ReviewTexts text,
            int width,
            double learningRate,
            int stepsPerEpoch,
            long seed,
            NDManager manager) {}

    /** A wrapper between two steps. */
    interface State {

        /**
         * What is trained besides the backbone.
         *
         * @return the parameters, always the same ones in the same order
         */
        List<Parameter> parameters();

        /**
         * Which of these the L2 term is about.
         *
         * @return all, unless some have a measure of their own
         */
        default List<Parameter> penalised() {
            return parameters();
        }

        /**
         * Its loss.
         *
         * @return terms that can be switched off one by one
         */
        List<LossTerm> terms();

        /**
         * Is told which step comes next, so that what is drawn or rises with time follows from the step's number alone.
         *
         * @param step counted from 0 over all epochs
         */
        default void beforeStep(long step) {}

        /** Is told that the parameters were changed by a step; no tape is open. */
        default void afterStep() {}

        /**
         * What else a continued run needs: numbers that steps change but no gradient does.
         *
         * @return copies, always the same ones in the same order
         */
        default List<float[]> memory() {
            return List.of();
        }

        /**
         * Puts back what {@link #memory()} gave.
         *
         * @param memory the numbers
         */
        default void remember(List<float[]> memory) {}

        /**
         * The text vectors that {@link #encoder()} makes of profiles.
         *
         * @return {@code [U, d]} and {@code [n, d]}, L2-normalised; zero where there is no text
         */
        Factors aligned();

        /**
         * Text vectors of known users and items that no profile alone could give. They rank in place of the aligned
         * ones, and an artefact keeps them with the interaction vectors.
         *
         * @return one row per user and per item, of any one width; empty if the aligned vectors are all there is
         */
        default Optional<Factors> known() {
            return Optional.empty();
        }

        /**
         * How many of the last components of {@link #known()} are 1 for every user, so that they meet what was learnt
         * of an item as such.
         *
         * @return 0 if there are none
         */
        default int common() {
            return 0;
        }

        /**
         * The part that serving runs on new profiles.
         *
         * @return empty if the wrapper has none
         */
        Optional<TextEncoder.Weights> encoder();
    }
}
