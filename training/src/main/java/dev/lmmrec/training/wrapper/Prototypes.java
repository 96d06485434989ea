package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.gradient.Parameter;
import java.util.List;
import java.util.function.Function;

/**
 * Motivations behind interactions: C learnt directions per side, users and items; a vector e is seen as the mixture
 * {@code softmax(e·C)·Cᵀ} of them.
 */
final class Prototypes {

    private final Parameter users;
    private final Parameter items;

    Prototypes(int width, int count, long seed, NDManager manager) {
        users = Parameter.xavier(manager, "prototype.user", new Shape(width, count), seed);
        items = Parameter.xavier(manager, "prototype.item", new Shape(width, count), seed + 1);
    }

    private Prototypes(Parameter users, Parameter items) {
        this.users = users;
        this.items = items;
    }

    /** Prototypes of their own, equal at first. */
    Prototypes copy(NDManager manager) {
        return new Prototypes(copy(users, manager), copy(items, manager));
    }

    private static Parameter copy(Parameter parameter, NDManager manager) {
        return Parameter.of(manager, parameter.name(), parameter.value().getShape(), parameter.toFloatArray());
    }

    List<Parameter> parameters() {
        return List.of(users, items);
    }

    NDArray ofUsers(NDArray vectors, Function<Parameter, NDArray> value) {
        return mixture(vectors, value.apply(users));
    }

    NDArray ofItems(NDArray vectors, Function<Parameter, NDArray> value) {
        return mixture(vectors, value.apply(items));
    }

    private static NDArray mixture(NDArray vectors, NDArray directions) {
        return vectors.matMul(directions).softmax(1).matMul(directions.transpose());
    }
}
