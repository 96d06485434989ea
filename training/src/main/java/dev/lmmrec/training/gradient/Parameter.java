package dev.lmmrec.training.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Something that training changes. Lives as long as the manager that it was made by. On the CPU the engine's array and
 * this class look at the same native memory, so that plain Java and the engine see each other's changes.
 */
public final class Parameter {

    private final String name;
    private final NDArray value;
    private final FloatBuffer shared;
    private final float[] values;
    private final float[] scratch;
    private final float[] gradientSum;

    private Parameter(String name, NDArray value, FloatBuffer shared, boolean onHost) {
        this.name = name;
        this.value = value;
        this.shared = shared;
        int size = onHost ? Math.toIntExact(value.size()) : 0;
        this.values = new float[size];
        this.scratch = new float[size];
        this.gradientSum = new float[onHost ? size : Math.toIntExact(value.size())];
    }

    /**
     * Starts a parameter at given numbers.
     *
     * @param manager owns it
     * @param name for reports
     * @param shape its shape
     * @param values row by row
     * @return the parameter
     */
    public static Parameter of(NDManager manager, String name, Shape shape, float[] values) {
        ByteBuffer buffer = HostMemory.nativeBuffer(values.length);
        FloatBuffer floats = buffer.asFloatBuffer();
        floats.put(values);
        floats.rewind();
        NDArray value = manager.create(buffer, shape, DataType.FLOAT32);
        return new Parameter(name, value, floats, !value.getDevice().isGpu());
    }

    /**
     * Starts a matrix at uniform random numbers within ±√(6 / (rows + columns)).
     *
     * @param manager owns it
     * @param name for reports
     * @param shape {@code [rows, columns]}
     * @param seed repeats the draw
     * @return the parameter
     */
    public static Parameter xavier(NDManager manager, String name, Shape shape, long seed) {
        return of(manager, name, shape, xavier(shape, seed));
    }

    /**
     * Makes one matrix of two, which are closed.
     *
     * @param manager owns it
     * @param name for reports
     * @param top {@code [a, d]}
     * @param bottom {@code [b, d]}
     * @return the parameter, {@code [a + b, d]}
     */
    public static Parameter stacked(NDManager manager, String name, Parameter top, Parameter bottom) {
        float[] first = top.toFloatArray();
        float[] second = bottom.toFloatArray();
        float[] values = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, values, first.length, second.length);
        long width = top.value.getShape().get(1);
        top.value.close();
        bottom.value.close();
        return of(manager, name, new Shape(values.length / width, width), values);
    }

    private static float[] xavier(Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double bound = Math.sqrt(6.0 / (shape.get(0) + shape.get(1)));
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return values;
    }

    /**
     * Its name.
     *
     * @return for reports
     */
    public String name() {
        return name;
    }

    /**
     * The numbers as they are now.
     *
     * @return the array itself
     */
    public NDArray value() {
        return value;
    }

    /**
     * Copies the numbers.
     *
     * @return row by row
     */
    public float[] toFloatArray() {
        return value.toFloatArray();
    }

    /**
     * Puts other numbers in.
     *
     * @param numbers row by row
     * @throws IllegalStateException if they are more or fewer, as in a checkpoint of other data
     */
    public void set(float[] numbers) {
        if (numbers.length != size()) {
            throw new IllegalStateException(
                    "parameter " + name + " has " + size() + " numbers, " + numbers.length + " are to be put in");
        }
        if (onHost()) {
            shared.duplicate().put(numbers);
        } else {
            value.set(numbers);
        }
    }

    /**
     * The numbers as they are now, for reading within a step.
     *
     * @return row by row; an array that is filled anew by every call and not to be changed
     */
    public float[] numbers() {
        return onHost() ? hostValues() : toFloatArray();
    }

    boolean onHost() {
        return !value.getDevice().isGpu();
    }

    int size() {
        return Math.toIntExact(value.size());
    }

    float[] hostValues() {
        shared.duplicate().get(values);
        return values;
    }

    /** Room for one more set of numbers, for whoever asked last. */
    float[] scratch() {
        return scratch;
    }

    /** Room for the gradient of the open tape. */
    float[] gradientSum() {
        return gradientSum;
    }
}
