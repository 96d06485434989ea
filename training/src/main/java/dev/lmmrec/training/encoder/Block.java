package dev.lmmrec.training.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What stands on top of the layers: parameters by their names, and the steps that heads are built of. */
public final class Block {

    private static final float EPSILON = 1e-5f;

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final NDManager manager;
    private final SplittableRandom random;
    private final float dropout;

    /**
     * Begins without any parameter.
     *
     * @param manager owns them
     * @param dropout share of numbers that are left out in training
     * @param seed of the numbers that they begin with
     */
    public Block(NDManager manager, double dropout, long seed) {
        this.manager = manager;
        this.random = new SplittableRandom(seed);
        this.dropout = (float) dropout;
    }

    /**
     * Adds a matrix and a bias.
     *
     * @param name of both
     * @param in numbers that go in
     * @param out numbers that come out
     */
    public void linear(String name, int in, int out) {
        uniform(name + ".weight", in, new Shape(in, out));
        constant(name + ".bias", 0, new Shape(out));
    }

    /**
     * Adds what a normalisation multiplies by and adds.
     *
     * @param name of both
     * @param width numbers
     */
    public void scaleAndShift(String name, int width) {
        constant(name + ".scale", 1, new Shape(width));
        constant(name + ".shift", 0, new Shape(width));
    }

    /**
     * Adds a parameter that begins with random numbers.
     *
     * @param name its name
     * @param fanIn numbers that go in
     * @param shape its shape
     */
    public void uniform(String name, int fanIn, Shape shape) {
        double bound = 1 / Math.sqrt(fanIn);
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        parameters.put(name, Parameter.of(manager, name, shape, values));
    }

    /**
     * Adds a parameter that begins with one number.
     *
     * @param name its name
     * @param value the number
     * @param shape its shape
     */
    public void constant(String name, float value, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.size())];
        Arrays.fill(values, value);
        parameters.put(name, Parameter.of(manager, name, shape, values));
    }

    /**
     * All parameters.
     *
     * @return in the order in which they were added
     */
    public List<Parameter> parameters() {
        return new ArrayList<>(parameters.values());
    }

    /**
     * One parameter.
     *
     * @param name its name
     * @return it
     */
    public Parameter parameter(String name) {
        return parameters.get(name);
    }

    /**
     * Multiplies by a matrix and adds its bias.
     *
     * @param tape the step
     * @param name of both
     * @param x rows
     * @return rows
     */
    public NDArray times(Tape tape, String name, NDArray x) {
        return x.matMul(tape.of(parameter(name + ".weight"))).add(tape.of(parameter(name + ".bias")));
    }

    /**
     * Normalises rows.
     *
     * @param tape the step
     * @param name of scale and shift
     * @param x rows
     * @return rows
     */
    public NDArray normalised(Tape tape, String name, NDArray x) {
        Parameter scale = parameter(name + ".scale");
        return LayerNorm.layerNorm(
                        x, scale.value().getShape(), tape.of(scale), tape.of(parameter(name + ".shift")), EPSILON)
                .singletonOrThrow();
    }

    /**
     * Leaves some numbers out.
     *
     * @param x numbers
     * @return the others, larger
     */
    public NDArray dropped(NDArray x) {
        return Dropout.dropout(x, dropout, true).singletonOrThrow();
    }
}
