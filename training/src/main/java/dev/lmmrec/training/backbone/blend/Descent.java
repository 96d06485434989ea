package dev.lmmrec.training.backbone.blend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Minimises a smooth function by L-BFGS (Nocedal, Wright, 2006, algorithm 7.5) with halved steps. Deterministic. */
final class Descent {

    private static final int MEMORY = 10;
    private static final int HALVINGS_MAX = 30;
    private static final double ARMIJO = 1e-4;
    private static final double GRADIENT_LEAST = 1e-6;

    private final int stepsMax;

    Descent(int stepsMax) {
        this.stepsMax = stepsMax;
    }

    /** A function and its slope. */
    @FunctionalInterface
    interface Slope {
        /** The value at x; the gradient is written to the second argument. */
        double at(double[] x, double[] gradient);
    }

    /** A step and how the gradient changed along it. */
    private static final class Step {

        private final double[] moved;
        private final double[] turned;

        Step(double[] moved, double[] turned) {
            this.moved = moved;
            this.turned = turned;
        }
    }

    double[] minimise(Slope function, double[] start) {
        double[] x = start.clone();
        double[] gradient = new double[x.length];
        double value = function.at(x, gradient);
        Deque<Step> steps = new ArrayDeque<>();
        for (int step = 0; step < stepsMax && Math.sqrt(dot(gradient, gradient)) > GRADIENT_LEAST; step++) {
            double[] direction = direction(gradient, steps);
            double slope = dot(direction, gradient);
            double length = steps.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            double[] next = new double[x.length];
            double[] nextGradient = new double[x.length];
            double nextValue = Double.POSITIVE_INFINITY;
            int halvings = 0;
            while (!(nextValue <= value + ARMIJO * length * slope) && halvings++ < HALVINGS_MAX) {
                for (int k = 0; k < x.length; k++) {
                    next[k] = x[k] + length * direction[k];
                }
                nextValue = function.at(next, nextGradient);
                length /= 2;
            }
            if (!(nextValue < value)) {
                return x;
            }
            remember(steps, difference(next, x), difference(nextGradient, gradient));
            x = next;
            gradient = nextGradient;
            value = nextValue;
        }
        return x;
    }

    private static void remember(Deque<Step> steps, double[] moved, double[] turned) {
        // a step along which the function does not curve upwards says nothing of its curvature
        if (dot(moved, turned) > 1e-12) {
            steps.addLast(new Step(moved, turned));
            if (steps.size() > MEMORY) {
                steps.removeFirst();
            }
        }
    }

    private static double[] direction(double[] gradient, Deque<Step> steps) {
        double[] q = gradient.clone();
        double[] alphas = new double[steps.size()];
        int at = steps.size();
        for (Iterator<Step> newest = steps.descendingIterator(); newest.hasNext(); ) {
            Step step = newest.next();
            alphas[--at] = dot(step.moved, q) / dot(step.moved, step.turned);
            add(q, -alphas[at], step.turned);
        }
        if (!steps.isEmpty()) {
            Step last = steps.getLast();
            double scale = dot(last.moved, last.turned) / dot(last.turned, last.turned);
            for (int k = 0; k < q.length; k++) {
                q[k] *= scale;
            }
        }
        for (Step step : steps) {
            double beta = dot(step.turned, q) / dot(step.moved, step.turned);
            add(q, alphas[at++] - beta, step.moved);
        }
        for (int k = 0; k < q.length; k++) {
            q[k] = -q[k];
        }
        return q;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        add(difference, -1, b);
        return difference;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int k = 0; k < to.length; k++) {
            to[k] += factor * what[k];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
