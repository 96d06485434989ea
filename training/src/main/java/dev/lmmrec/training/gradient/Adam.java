package dev.lmmrec.training.gradient;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with the usual constants. The engine's own optimizer makes its moments inside whatever scope is open at the
 * first step, which would close them with it; here they are made with the parameters.
 */
public final class Adam {

    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final float learningRate;
    private final Map<Parameter, Moments> moments = new LinkedHashMap<>();
    private int steps;

    private record Moments(NDArray first, NDArray second) {}

    /**
     * Starts with zero moments, owned by the parameters' manager.
     *
     * @param learningRate the step size
     * @param parameters what is trained
     */
    public Adam(double learningRate, List<Parameter> parameters) {
        this.learningRate = (float) learningRate;
        for (Parameter parameter : parameters) {
            moments.put(
                    parameter,
                    new Moments(parameter.value().zerosLike(), parameter.value().zerosLike()));
        }
    }

    /**
     * Changes all parameters by the gradients of a tape.
     *
     * @param tape after its backward pass
     */
    public void step(Tape tape) {
        steps++;
        float first = (float) (1 - Math.pow(FIRST_DECAY, steps));
        float second = (float) (1 - Math.pow(SECOND_DECAY, steps));
        moments.forEach((parameter, moment) -> {
            NDArray gradient = tape.gradient(parameter);
            moment.first().muli(FIRST_DECAY).addi(gradient.mul(1 - FIRST_DECAY));
            moment.second().muli(SECOND_DECAY).addi(gradient.square().mul(1 - SECOND_DECAY));
            NDArray root = moment.second().div(second).sqrt().add(EPSILON);
            parameter.value().subi(moment.first().div(root).mul(learningRate / first));
        });
    }

    /**
     * How many steps were taken.
     *
     * @return the count
     */
    public int steps() {
        return steps;
    }

    /**
     * Copies the moments, so that a run can go on later.
     *
     * @return first and second moment of each parameter in turn
     */
    public List<float[]> moments() {
        List<float[]> copies = new ArrayList<>();
        moments.values().forEach(moment -> {
            copies.add(moment.first().toFloatArray());
            copies.add(moment.second().toFloatArray());
        });
        return copies;
    }

    /**
     * Goes on where another was.
     *
     * @param taken its {@link #steps()}
     * @param copies its {@link #moments()}
     */
    public void restore(int taken, List<float[]> copies) {
        steps = taken;
        int next = 0;
        for (Moments moment : moments.values()) {
            moment.first().set(copies.get(next++));
            moment.second().set(copies.get(next++));
        }
    }
}
