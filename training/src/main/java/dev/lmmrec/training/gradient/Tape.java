package dev.lmmrec.training.gradient;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The gradient of one step. Parameters enter as fresh copies, so that no gradient is left over from the step before;
 * linear maps written by hand enter as leaves whose gradient is carried back through the map. There can be one open
 * tape per JVM, a limit of the engine.
 */
public final class Tape implements AutoCloseable {

    private final NDManager manager;
    private final NDScope scope = new NDScope();
    private final GradientCollector collector;
    private final Map<Parameter, NDArray> copies = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();

    /** A leaf that stands for a linear map of a parameter. */
    private record Link(Parameter parameter, NDArray leaf, UnaryOperator<float[]> symmetricMap) {}

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

    /**
     * Where a step makes its arrays; they are closed with the tape.
     *
     * @return the manager
     */
    public NDManager manager() {
        return manager;
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
     * A symmetric linear map of a parameter, computed outside the engine.
     *
     * @param parameter the parameter
     * @param symmetricMap maps numbers row by row to as many; equal to its own transpose
     * @return the map's value for this step
     */
    public NDArray linear(Parameter parameter, UnaryOperator<float[]> symmetricMap) {
        NDArray leaf = tracked(manager.create(
                symmetricMap.apply(parameter.toFloatArray()), parameter.value().getShape()));
        links.add(new Link(parameter, leaf, symmetricMap));
        return leaf;
    }

    /**
     * Differentiates. Once per tape.
     *
     * @param loss a scalar
     */
    public void backward(NDArray loss) {
        collector.backward(loss);
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
        for (Link link : links) {
            if (link.parameter() == parameter) {
                float[] back =
                        link.symmetricMap().apply(link.leaf().getGradient().toFloatArray());
                gradient.addi(manager.create(back, parameter.value().getShape()));
            }
        }
        return gradient;
    }

    private static NDArray tracked(NDArray array) {
        array.setRequiresGradient(true);
        return array;
    }

    @Override
    public void close() {
        collector.close();
        scope.close();
    }
}
