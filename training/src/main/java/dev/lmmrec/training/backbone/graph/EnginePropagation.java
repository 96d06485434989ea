package dev.lmmrec.training.backbone.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.lmmrec.training.gradient.HostMemory;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import java.util.ArrayList;
import java.util.List;

/** The spread by the engine's sparse product and the engine's own differentiation; the way to go on a GPU. */
final class EnginePropagation implements Propagation {

    private final Graph graph;
    private final HostMemory memory;
    private final long[] positions;

    EnginePropagation(Graph graph, HostMemory memory) {
        this.graph = graph;
        this.memory = memory;
        this.positions = new long[2 * graph.edges()];
        for (int node = 0; node < graph.nodes(); node++) {
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                positions[at] = node;
                positions[graph.edges() + at] = graph.column(at);
            }
        }
    }

    @Override
    public List<Layers> spread(
            Tape tape, Parameter free, EdgeWeights weights, float[] shares, List<Perturbation> perturbations) {
        NDArray x = tape.of(free);
        NDArray matrix = matrix(tape, weights);
        return perturbations.stream()
                .<Layers>map(perturbation -> layers(tape, matrix, x, shares, perturbation))
                .toList();
    }

    /** Arrays of the engine's graph. */
    private record Arrays(List<NDArray> layers, NDArray sum) implements Layers {

        @Override
        public NDArray layer(int k) {
            return layers.get(k);
        }
    }

    private Layers layers(Tape tape, NDArray matrix, NDArray x, float[] shares, Perturbation perturbation) {
        List<NDArray> layers = new ArrayList<>();
        layers.add(x);
        NDArray sum = x.mul(tape.number(shares[0]));
        for (int k = 1; k < shares.length; k++) {
            NDArray next = matrix.matMul(layers.get(k - 1));
            if (!perturbation.isNone()) {
                next = next.add(next.stopGradient().sign().mul(directions(tape, x.getShape(), k, perturbation)));
            }
            layers.add(next);
            sum = sum.add(next.mul(tape.number(shares[k])));
        }
        return new Arrays(List.copyOf(layers), sum);
    }

    private NDArray directions(Tape tape, Shape shape, int layer, Perturbation perturbation) {
        int width = Math.toIntExact(shape.get(1));
        float[] all = memory.floats(tape, Math.toIntExact(shape.size()));
        float[] one = new float[width];
        for (int node = 0; node < graph.nodes(); node++) {
            perturbation.direction(layer, node, one);
            System.arraycopy(one, 0, all, node * width, width);
        }
        return tape.constant(memory, shape, all);
    }

    /** Copies of both arrays: the engine does not keep the memory alive that a sparse array is made of. */
    private NDArray matrix(Tape tape, EdgeWeights weights) {
        NDArray indices = tape.manager().create(positions, new Shape(2, graph.edges()));
        NDArray values = tape.constant(memory, new Shape(graph.edges()), weights.forth());
        return JniUtils.createSparseCoo(
                (PtNDArray) indices.duplicate(),
                (PtNDArray) values.duplicate(),
                new Shape(graph.nodes(), graph.nodes()));
    }
}
