package dev.lmmrec.training.gradient;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with the usual constants. On the CPU its moments are plain arrays and one loop changes a parameter in place; on
 * another device they are made with the parameters, because the engine's own optimizer makes them inside whatever scope
 * is open at the first step, which would close them with it.
 */
public final class Adam {

    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final float learningRate;
    private final Map<Parameter, Moments> moments = new LinkedHashMap<>();
    private float rate;
    private int steps;

    /** What is remembered of a parameter's gradients. */
    private interface Moments {

        void step(Tape tape, Parameter parameter, float firstCorrection, float secondCorrection);

        /** The numbers themselves or a copy of them: first and second. */
        List<float[]> numbers();

        void set(float[] newFirst, float[] newSecond);
    }

    /**
     * Starts with zero moments, owned by the parameters' manager.
     *
     * @param learningRate the step size
     * @param parameters what is trained
     */
    public Adam(double learningRate, List<Parameter> parameters) {
        this.learningRate = (float) learningRate;
        for (Parameter parameter : parameters) {
            moments.put(parameter, parameter.onHost() ? new HostMoments(parameter) : new DeviceMoments(parameter));
        }
    }

    /**
     * Changes all parameters by the gradients of a tape.
     *
     * @param tape after its backward pass
     */
    public void step(Tape tape) {
        step(tape, 1);
    }

    /**
     * Changes all parameters by the gradients of a tape, with another step size.
     *
     * @param tape after its backward pass
     * @param share of the learning rate
     */
    public void step(Tape tape, double share) {
        steps++;
        rate = (float) (share * learningRate);
        float first = (float) (1 - Math.pow(FIRST_DECAY, steps));
        float second = (float) (1 - Math.pow(SECOND_DECAY, steps));
        moments.forEach((parameter, moment) -> moment.step(tape, parameter, first, second));
    }

    private final class HostMoments implements Moments {

        private final float[] first;
        private final float[] second;

        private HostMoments(Parameter parameter) {
            this.first = new float[parameter.size()];
            this.second = new float[parameter.size()];
        }

        @Override
        public void step(Tape tape, Parameter parameter, float firstCorrection, float secondCorrection) {
            float[] gradient = parameter.scratch();
            tape.gradient(parameter, gradient);
            float[] values = parameter.hostValues();
            change(values, gradient, rate / firstCorrection, 1 / secondCorrection);
            parameter.set(values);
        }

        @Override
        public List<float[]> numbers() {
            return List.of(first, second);
        }

        @Override
        public void set(float[] newFirst, float[] newSecond) {
            System.arraycopy(newFirst, 0, first, 0, first.length);
            System.arraycopy(newSecond, 0, second, 0, second.length);
        }

        /** All arrays by one index and nothing else in the loop, so that the compiler makes it a vector loop. */
        private void change(float[] values, float[] gradient, float correctedRate, float secondScale) {
            for (int i = 0; i < values.length; i++) {
                float g = gradient[i];
                float m = FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * g;
                float v = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * g * g;
                first[i] = m;
                second[i] = v;
                values[i] -= correctedRate * m / ((float) Math.sqrt(v * secondScale) + EPSILON);
            }
        }
    }

    private final class DeviceMoments implements Moments {

        private final NDArray first;
        private final NDArray second;

        private DeviceMoments(Parameter parameter) {
            this.first = parameter.value().zerosLike();
            this.second = parameter.value().zerosLike();
        }

        @Override
        public void step(Tape tape, Parameter parameter, float firstCorrection, float secondCorrection) {
            NDArray gradient = tape.gradient(parameter);
            first.muli(FIRST_DECAY).addi(gradient.mul(1 - FIRST_DECAY));
            second.muli(SECOND_DECAY).addi(gradient.square().mul(1 - SECOND_DECAY));
            NDArray root = second.div(secondCorrection).sqrt().add(EPSILON);
            parameter.value().subi(first.div(root).mul(rate / firstCorrection));
        }

        @Override
        public List<float[]> numbers() {
            return List.of(first.toFloatArray(), second.toFloatArray());
        }

        @Override
        public void set(float[] newFirst, float[] newSecond) {
            first.set(newFirst);
            second.set(newSecond);
        }
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
        moments.values().forEach(moment -> moment.numbers().forEach(numbers -> copies.add(numbers.clone())));
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
            moment.set(copies.get(next), copies.get(next + 1));
            next += 2;
        }
    }
}
