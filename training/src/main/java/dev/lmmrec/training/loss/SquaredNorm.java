package dev.lmmrec.training.loss;

import ai.djl.ndarray.NDArray;
import dev.lmmrec.training.gradient.Parameter;

/**
 * The sum of squares of what is trained (L2), but for parameters that have a measure of their own.
 *
 * @param weight how much it counts
 */
public record SquaredNorm(double weight) implements LossTerm {

    @Override
    public String name() {
        return "l2";
    }

    @Override
    public NDArray value(Forward forward) {
        NDArray sum = forward.tape().manager().create(0f);
        for (Parameter parameter : forward.parameters()) {
            sum = sum.add(forward.tape().squaredNorm(parameter));
        }
        return sum;
    }
}
