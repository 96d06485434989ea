package dev.lmmrec.training.gradient;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Slopes of a value that depends on a parameter: those that a gradient foretells, and those that are measured. */
public final class Slopes {

    private Slopes() {}

    /**
     * The gradient's own direction at the first trial, where a wrong scale shows best, then random ones; of length 1.
     */
    public static double[] direction(int trial, float[] gradient, SplittableRandom random) {
        double[] direction = new double[gradient.length];
        double squares = 0;
        for (int i = 0; i < direction.length; i++) {
            direction[i] = trial == 0 ? gradient[i] : random.nextDouble() * 2 - 1;
            squares += direction[i] * direction[i];
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] /= squares == 0 ? 1 : Math.sqrt(squares);
        }
        return direction;
    }

    /** The slope that a gradient foretells. */
    public static double foretold(float[] gradient, double[] direction) {
        double slope = 0;
        for (int i = 0; i < gradient.length; i++) {
            slope += gradient[i] * direction[i];
        }
        return slope;
    }

    /** The slope between one step forth and one step back; the parameter is as before afterwards. */
    public static double measured(DoubleSupplier value, Parameter parameter, double[] direction, double step) {
        float[] at = parameter.toFloatArray();
        parameter.set(shifted(at, direction, step));
        double up = value.getAsDouble();
        parameter.set(shifted(at, direction, -step));
        double down = value.getAsDouble();
        parameter.set(at);
        return (up - down) / (2 * step);
    }

    private static float[] shifted(float[] at, double[] direction, double step) {
        float[] shifted = at.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += (float) (step * direction[i]);
        }
        return shifted;
    }
}
