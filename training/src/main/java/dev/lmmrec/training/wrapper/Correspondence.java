package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.gradient.Scaled;
import dev.lmmrec.training.loss.BlockedLogSumExp;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.wrapper.LmmrecState.Side;
import dev.lmmrec.training.wrapper.LmmrecState.Sides;

/**
 * Interaction-text correspondence (ITC): each row's partner among the step's rows and a queue of earlier ones, as the
 * teachers see them. The target is {@code (1 − α)·one-hot + α·q}, where q is how the teachers themselves spread over
 * the candidates, so that a pair whose text says little pulls less. The loss is KL(target ‖ student) from interaction
 * to text and back, without the target's entropy, which no parameter changes.
 */
final class Correspondence implements LossTerm {

    private final Lmmrec settings;
    private final LmmrecState state;

    Correspondence(Lmmrec settings, LmmrecState state) {
        this.settings = settings;
        this.state = state;
    }

    @Override
    public String name() {
        return "itc";
    }

    @Override
    public double weight() {
        return settings.correspondence();
    }

    @Override
    public NDArray value(Forward forward) {
        NDManager manager = forward.tape().manager();
        Teachers teachers = state.teachers();
        Sides sides = state.sides(forward);
        NDArray sum = manager.create(0f);
        if (sides.users().nodes().length > 1) {
            int[] nodes = teachers.userQueue().behind(sides.users().nodes());
            sum = sum.add(
                    of(sides.users(), teachers.userInteraction(manager, nodes), teachers.userText(manager, nodes)));
        }
        if (sides.items().nodes().length > 1) {
            int[] nodes = teachers.itemQueue().behind(sides.items().nodes());
            sum = sum.add(
                    of(sides.items(), teachers.itemInteraction(manager, nodes), teachers.itemText(manager, nodes)));
        }
        return sum;
    }

    private NDArray of(Side side, NDArray interactionKeys, NDArray textKeys) {
        NDArray toText = oneWay(side.interaction(), interactionKeys, textKeys);
        NDArray toInteraction = oneWay(side.text(), textKeys, interactionKeys);
        return Scaled.over(toText.add(toInteraction), 2);
    }

    /**
     * Cross-entropy of the student's distribution over keys to the target's, mean over students.
     *
     * @param students {@code [k, d]}
     * @param own the teacher's vectors of the students' own kind, those of the students first, {@code [m, d]}
     * @param keys the teacher's vectors of the other kind in the same order, {@code [m, d]}
     */
    private NDArray oneWay(NDArray students, NDArray own, NDArray keys) {
        Contrast contrast = new Contrast(settings.temperature());
        long count = students.getShape().get(0);
        NDArray hard = contrast.matching(students, keys.get("0:" + count)).mean();
        NDArray each = students.getManager().full(new Shape(count, 1), 1f / count);
        NDArray entropy = BlockedLogSumExp.ofConstants(students, each, keys, settings.temperature());
        double share = state.softShare();
        if (share == 0) {
            return entropy.sub(hard);
        }
        NDArray targets = contrast.logits(own.get("0:" + count), keys).softmax(1);
        // q weighs logits that are linear in the keys, so the keys can be weighed first
        NDArray soft = contrast.matching(students, targets.matMul(keys)).mean();
        return entropy.sub(Scaled.times(hard, 1 - share)).sub(Scaled.times(soft, share));
    }
}
