package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.lmmrec.training.gradient.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * Slow copies of parameters: {@code θ' ← m·θ' + (1 − m)·θ} after every step (He and others 2020, momentum contrast).
 * Equal to what they follow at first.
 */
final class Teacher {

    private final List<Parameter> followed;
    private final List<Parameter> copies;

    /**
     * Pairs parameters with copies, which take over their numbers.
     *
     * @param followed what is trained
     * @param copies as many, of the same shapes
     */
    Teacher(List<Parameter> followed, List<Parameter> copies) {
        this.followed = List.copyOf(followed);
        this.copies = List.copyOf(copies);
        if (followed.size() != copies.size()) {
            throw new IllegalArgumentException(copies.size() + " copies of " + followed.size() + " parameters");
        }
        takeOver(followed, copies);
    }

    static void takeOver(List<Parameter> from, List<Parameter> to) {
        for (int p = 0; p < from.size(); p++) {
            to.get(p).set(from.get(p).toFloatArray());
        }
    }

    void follow(double momentum) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            for (int p = 0; p < copies.size(); p++) {
                NDArray gain = followed.get(p).value().mul((float) (1 - momentum));
                copies.get(p).value().muli((float) momentum).addi(gain);
            }
        }
    }

    List<float[]> numbers() {
        List<float[]> numbers = new ArrayList<>();
        copies.forEach(copy -> numbers.add(copy.toFloatArray()));
        return numbers;
    }

    void set(List<float[]> numbers) {
        for (int p = 0; p < copies.size(); p++) {
            copies.get(p).set(numbers.get(p));
        }
    }

    int size() {
        return copies.size();
    }
}
