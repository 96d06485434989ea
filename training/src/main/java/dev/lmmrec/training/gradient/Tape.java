package dev.lmmrec.training.gradient;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradient of one step. Parameters enter as fresh copies, so that no gradient is left over from the step before.
 * Functions written by hand cut the engine's graph: their outputs are leaves, and once the loss is differentiated down
 * to them, the function carries the gradient on, either to a parameter or into the part of the graph that its input
 * came from, cut after cut in reverse order. There can be one open tape per JVM, a limit of the engine.
 */
public final class Tape implements AutoCloseable {

    private final NDManager manager;
    private final NDScope scope = new NDScope();
    private final GradientCollector collector;
    private final Map<Parameter, NDArray> copies = new LinkedHashMap<>();
    private final Map<Parameter, float[]> carried = new LinkedHashMap<>();
    private final List<Cut> cuts = new ArrayList<>();
    private final Deque<Runnable> atClose = new ArrayDeque<>();

    /**
     * Opens a tape.
     *
     * @param manager on the device that computes
     * @param engine the engine that records
     */
    @SuppressWarnings("MustBeClosedChecker")
    public Tape(NDManager manager, Engine engine) {
        this.manager = manager;
        this.collector = engine.newGradientCollector();
        scope.suppressNotUsedWarning();
    }

    /** Where the gradient of a function written by hand goes. */
    public sealed interface Source {

        /** To a parameter. */
        record OfParameter(Parameter parameter) implements Source {}

        /**
         * Into the engine's graph. Nothing else may be computed from the array, nor from what only it was computed
         * from: the engine can go that way back once.
         */
        record OfArray(NDArray array) implements Source {}
    }

    /** The derivative of a function written by hand. */
    @FunctionalInterface
    public interface Pullback {

        /**
         * Multiplies by the transposed Jacobian.
         *
         * @param outgoing for each output the gradient of the loss, or null if nobody used the output; it may be
         *     overwritten
         * @return for each source its gradient, in the source's shape row by row
         */
        float[][] apply(float[][] outgoing);
    }

    /** A function written by hand in the middle of a step. Outputs that nobody asks for cost nothing. */
    public final class Cut {

        private final HostMemory memory;
        private final List<Source> sources;
        private final List<Shape> shapes;
        private final List<float[]> values;
        private final Pullback pullback;
        private final NDArray[] leaves;

        private Cut(
                HostMemory memory, List<Source> sources, List<Shape> shapes, List<float[]> values, Pullback pullback) {
            this.memory = memory;
            this.sources = List.copyOf(sources);
            this.shapes = List.copyOf(shapes);
            this.values = List.copyOf(values);
            this.pullback = pullback;
            this.leaves = new NDArray[values.size()];
        }

        /**
         * An output for the engine to go on with.
         *
         * @param index from 0
         * @return always the same array
         */
        public NDArray output(int index) {
            if (leaves[index] == null) {
                leaves[index] = tracked(constant(memory, shapes.get(index), values.get(index)));
            }
            return leaves[index];
        }

        private void carryBack() {
            float[][] outgoing = new float[leaves.length][];
            boolean used = false;
            for (int i = 0; i < leaves.length; i++) {
                if (leaves[i] != null) {
                    outgoing[i] = memory.floats(Tape.this, values.get(i).length);
                    read(leaves[i].getGradient(), outgoing[i]);
                    used = true;
                }
            }
            if (!used) {
                return;
            }
            float[][] incoming = pullback.apply(outgoing);
            NDArray stage = null;
            for (int i = 0; i < incoming.length; i++) {
                if (sources.get(i) instanceof Source.OfParameter source) {
                    carry(source.parameter(), incoming[i]);
                } else if (sources.get(i) instanceof Source.OfArray source) {
                    NDArray array = source.array();
                    NDArray product = array.mul(constant(memory, array.getShape(), incoming[i]))
                            .sum();
                    stage = stage == null ? product : stage.add(product);
                }
            }
            if (stage != null) {
                collector.backward(stage);
            }
        }
    }

    /**
     * Where a step makes its arrays; they are closed with the tape.
     *
     * @return the manager
     */
    public NDManager manager() {
        return manager;
    }

    /**
     * A number to multiply, divide or compare recorded arrays with, or to raise them to. The overloads of the engine's
     * operations that take a Java number must not be used for this: the way back needs the number again, and they keep
     * it in memory that the next garbage collection frees. Adding and subtracting Java numbers is safe.
     *
     * @param value the number
     * @return a scalar in memory of the engine's own
     */
    public NDArray number(double value) {
        return manager.full(new Shape(), (float) value);
    }

    /**
     * A parameter as the engine's own differentiation sees it.
     *
     * @param parameter the parameter
     * @return its copy for this step
     */
    public NDArray of(Parameter parameter) {
        return copies.computeIfAbsent(parameter, p -> tracked(p.value().duplicate()));
    }

    /**
     * The sum of squares of a parameter. On the CPU it costs no copy of the parameter.
     *
     * @param parameter the parameter
     * @return a scalar
     */
    public NDArray squaredNorm(Parameter parameter) {
        if (manager.getDevice().isGpu()) {
            return of(parameter).square().sum();
        }
        float[] values = parameter.hostValues();
        double sum = 0;
        for (float x : values) {
            sum += (double) x * x;
        }
        HostMemory memory = new HostMemory();
        return cut(
                        memory,
                        List.of(new Source.OfParameter(parameter)),
                        List.of(new Shape()),
                        List.of(new float[] {(float) sum}),
                        outgoing -> {
                            // parameters change after all gradients are taken, so they still are what was squared
                            float scale = 2 * outgoing[0][0];
                            float[] gradient = parameter.scratch();
                            for (int i = 0; i < gradient.length; i++) {
                                gradient[i] = scale * values[i];
                            }
                            return new float[][] {gradient};
                        })
                .output(0);
    }

    /**
     * Puts a function written by hand into the step.
     *
     * @param memory lends what the tape needs for it
     * @param sources what it was computed from
     * @param shapes the shapes of its outputs
     * @param values its outputs row by row, not to be changed before the tape closes
     * @param pullback its derivative
     * @return gives the outputs
     */
    public Cut cut(
            HostMemory memory, List<Source> sources, List<Shape> shapes, List<float[]> values, Pullback pullback) {
        Cut cut = new Cut(memory, sources, shapes, values, pullback);
        cuts.add(cut);
        return cut;
    }

    /**
     * Cuts the engine's graph, so that more than one thing can be computed from an array, functions written by hand
     * among them.
     *
     * @param memory lends what the tape needs for it
     * @param array nothing else may be computed from it
     * @return the same numbers, as a leaf
     */
    public NDArray leaf(HostMemory memory, NDArray array) {
        return cut(
                        memory,
                        List.of(new Source.OfArray(array)),
                        List.of(array.getShape()),
                        List.of(numbers(memory, array)),
                        outgoing -> outgoing)
                .output(0);
    }

    /**
     * Numbers that nothing is differentiated by.
     *
     * @param memory lends the native copy
     * @param shape the shape
     * @param values row by row
     * @return an array of this step
     */
    public NDArray constant(HostMemory memory, Shape shape, float[] values) {
        ByteBuffer buffer = memory.direct(this, values.length);
        buffer.asFloatBuffer().put(values);
        return manager.create(buffer, shape, ai.djl.ndarray.types.DataType.FLOAT32);
    }

    /**
     * The numbers of an array, for a function written by hand.
     *
     * @param memory lends the copy
     * @param array on any device
     * @return row by row
     */
    public float[] numbers(HostMemory memory, NDArray array) {
        float[] numbers = memory.floats(this, Math.toIntExact(array.size()));
        read(array, numbers);
        return numbers;
    }

    /**
     * Differentiates. Once per tape.
     *
     * @param loss a scalar
     */
    public void backward(NDArray loss) {
        collector.backward(loss);
        for (int i = cuts.size() - 1; i >= 0; i--) {
            cuts.get(i).carryBack();
        }
    }

    /**
     * The gradient of the loss.
     *
     * @param parameter in the parameter's shape
     * @return zeros if the loss does not depend on it
     */
    public NDArray gradient(Parameter parameter) {
        NDArray gradient = manager.zeros(parameter.value().getShape());
        NDArray copy = copies.get(parameter);
        if (copy != null) {
            gradient.addi(copy.getGradient());
        }
        float[] sum = carried.get(parameter);
        if (sum != null) {
            gradient.addi(manager.create(sum, parameter.value().getShape()));
        }
        return gradient;
    }

    /**
     * The gradient of the loss, without a new array.
     *
     * @param parameter the parameter
     * @param target is filled, row by row; zeros if the loss does not depend on the parameter
     */
    void gradient(Parameter parameter, float[] target) {
        NDArray copy = copies.get(parameter);
        if (copy != null) {
            read(copy.getGradient(), target);
        } else {
            Arrays.fill(target, 0);
        }
        float[] sum = carried.get(parameter);
        if (sum != null) {
            for (int i = 0; i < target.length; i++) {
                target[i] += sum[i];
            }
        }
    }

    /** Has something done when the tape closes, after its arrays are gone. */
    void atClose(Runnable task) {
        atClose.push(task);
    }

    private void carry(Parameter parameter, float[] gradient) {
        float[] sum = carried.get(parameter);
        if (sum == null) {
            sum = parameter.gradientSum();
            System.arraycopy(gradient, 0, sum, 0, sum.length);
            carried.put(parameter, sum);
        } else {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += gradient[i];
            }
        }
    }

    private static void read(NDArray array, float[] target) {
        FloatBuffer numbers =
                array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
        numbers.get(target);
    }

    private static NDArray tracked(NDArray array) {
        array.setRequiresGradient(true);
        return array;
    }

    @Override
    public void close() {
        collector.close();
        scope.close();
        atClose.forEach(Runnable::run);
    }
}
