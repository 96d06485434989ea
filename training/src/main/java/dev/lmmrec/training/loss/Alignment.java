package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.text.TextEncoder;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Symmetric InfoNCE between interaction vectors and aligned text vectors, for the users and for the items of a batch:
 * each one's two vectors should find each other among all of the batch. Whoever has no text is left out.
 *
 * @param weight how much it counts
 * @param temperature divides the cosines
 */
public record Alignment(double weight, double temperature) implements LossTerm {

    private static final float EPSILON = 1e-12f;

    @Override
    public String name() {
        return "alignment";
    }

    @Override
    public NDArray value(Forward forward) {
        TextEncoder text = forward.text()
                .orElseThrow(() -> new IllegalStateException("alignment is switched on but the run has no text side"));
        int[] users = withText(forward.batch().distinctUsers(), text.sides()::hasUser);
        int[] items = withText(forward.batch().distinctPositives(), text.sides()::hasItem);
        NDArray sum = forward.tape().manager().create(0f);
        // one alone has nobody to be told from
        if (users.length > 1) {
            sum = sum.add(contrast(forward.users(users), text.users(forward.tape(), users)));
        }
        if (items.length > 1) {
            sum = sum.add(contrast(forward.items(items), text.items(forward.tape(), items)));
        }
        return sum;
    }

    private static int[] withText(int[] indices, IntPredicate hasText) {
        return Arrays.stream(indices).filter(hasText).toArray();
    }

    private NDArray contrast(NDArray interaction, NDArray aligned) {
        NDArray norm =
                interaction.square().sum(new int[] {1}, true).add(EPSILON).sqrt();
        NDArray direction = interaction.div(norm);
        NDArray cosines = direction.matMul(aligned.transpose()).div((float) temperature);
        NDArray matching = direction.mul(aligned).sum(new int[] {1}).div((float) temperature);
        // cosines are at most 1/τ, so the exponential cannot overflow for the temperatures that are accepted
        NDArray exponentials = cosines.exp();
        NDArray toText = exponentials.sum(new int[] {1}).log().sub(matching).mean();
        NDArray toInteraction =
                exponentials.sum(new int[] {0}).log().sub(matching).mean();
        return toText.add(toInteraction).div(2);
    }
}
