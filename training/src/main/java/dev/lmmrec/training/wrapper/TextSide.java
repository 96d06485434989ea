package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.loss.Forward;
import java.util.List;

/** Something that knows users and items from text: what MCS and ITC compare the interaction side with. */
interface TextSide {

    /** What is trained, always the same ones in the same order. */
    List<Parameter> parameters();

    /** Users' text vectors z^t in a step, {@code [k, d]}, L2-normalised. */
    NDArray users(Forward forward, int[] users);

    /** Items' text vectors z^t in a step, {@code [k, d]}, L2-normalised. */
    NDArray items(Forward forward, int[] items);

    /** Whether there is text of a user. */
    boolean hasUser(int user);

    /** Whether there is text of an item. */
    boolean hasItem(int item);

    /**
     * Everybody's text vectors outside of a step, L2-normalised; zero where there is no text.
     *
     * @param interaction the backbone's vectors
     */
    Factors directions(Factors interaction);

    /**
     * Vectors whose inner products rank items for users.
     *
     * @param interaction the backbone's vectors
     */
    Factors ranking(Factors interaction);

    /** How many of the last components of {@link #ranking} are 1 for every user. */
    default int common() {
        return 0;
    }

    /** The same with parameters of its own, equal at first. */
    TextSide copy(NDManager manager);
}
