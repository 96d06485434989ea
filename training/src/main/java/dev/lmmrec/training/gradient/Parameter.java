package dev.lmmrec.training.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Something that training changes. Lives as long as the manager that it was made by. */
public final class Parameter {

    private final String name;
    private final NDArray value;

    private Parameter(String name, NDArray value) {
        this.name = name;
        this.value = value;
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
        return new Parameter(name, manager.create(values, shape));
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
     * @param values row by row
     */
    public void set(float[] values) {
        value.set(values);
    }
}
