package dev.lmmrec.training.backbone.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.gradient.HostMemory;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.gradient.Tape.Cut;
import dev.lmmrec.training.gradient.Tape.Source;
import dev.lmmrec.training.gradient.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The spread in plain Java. Its gradient is the spread by the transposed weights, and since noise is constant, all
 * spreads over the same edges share one way back: {@code r = G_L; r = G_k + Âᵀ·r} for k = L-1 … 0, G_k being the
 * gradients of layer k over all spreads.
 */
final class RowPropagation implements Propagation {

    private final Graph graph;
    private final Workers workers;
    private final HostMemory memory;

    RowPropagation(Graph graph, Workers workers, HostMemory memory) {
        this.graph = graph;
        this.workers = workers;
        this.memory = memory;
    }

    @Override
    public List<Layers> spread(
            Tape tape, Parameter free, EdgeWeights weights, float[] shares, List<Perturbation> perturbations) {
        Shape shape = free.value().getShape();
        int width = Math.toIntExact(shape.get(1));
        float[] x = free.numbers();
        List<float[]> values = new ArrayList<>();
        for (Perturbation perturbation : perturbations) {
            values.addAll(forward(tape, x, weights, shares, perturbation, width));
        }
        // per spread: the sum, then layers 0 to L
        int stride = shares.length + 1;
        Cut cut = tape.cut(
                memory,
                List.of(new Source.OfParameter(free)),
                Collections.nCopies(values.size(), shape),
                values,
                outgoing -> new float[][] {backward(tape, outgoing, weights, shares, width)});
        return IntStream.range(0, perturbations.size())
                .<Layers>mapToObj(i -> new Outputs(cut, i * stride))
                .toList();
    }

    /** Leaves of a cut. */
    private record Outputs(Cut cut, int offset) implements Layers {

        @Override
        public NDArray layer(int k) {
            return cut.output(offset + 1 + k);
        }

        @Override
        public NDArray sum() {
            return cut.output(offset);
        }
    }

    private List<float[]> forward(
            Tape tape, float[] x, EdgeWeights weights, float[] shares, Perturbation perturbation, int width) {
        List<float[]> layers = new ArrayList<>();
        layers.add(x);
        for (int k = 1; k < shares.length; k++) {
            float[] from = layers.get(k - 1);
            float[] to = memory.floats(tape, x.length);
            graph.multiply(workers, weights.forth(), from, to, width);
            if (!perturbation.isNone()) {
                perturb(to, k, perturbation, width);
            }
            layers.add(to);
        }
        float[] sum = memory.floats(tape, x.length);
        sum(layers, shares, sum);
        List<float[]> values = new ArrayList<>();
        values.add(sum);
        values.addAll(layers);
        return values;
    }

    private void perturb(float[] layer, int k, Perturbation perturbation, int width) {
        workers.run(graph.nodes(), (from, to) -> {
            float[] direction = new float[width];
            for (int node = from; node < to; node++) {
                perturbation.direction(k, node, direction);
                int row = node * width;
                for (int c = 0; c < width; c++) {
                    layer[row + c] += Math.signum(layer[row + c]) * direction[c];
                }
            }
        });
    }

    private static void sum(List<float[]> layers, float[] shares, float[] sum) {
        scale(layers.get(0), shares[0], sum);
        for (int k = 1; k < shares.length; k++) {
            if (shares[k] != 0) {
                addScaled(layers.get(k), shares[k], sum);
            }
        }
    }

    private float[] backward(Tape tape, float[][] outgoing, EdgeWeights weights, float[] shares, int width) {
        int stride = shares.length + 1;
        float[] carried = null;
        for (int k = shares.length - 1; k >= 0; k--) {
            if (carried != null) {
                float[] next = memory.floats(tape, carried.length);
                graph.multiply(workers, weights.back(), carried, next, width);
                carried = next;
            }
            for (int spread = 0; spread < outgoing.length; spread += stride) {
                carried = withGradient(tape, carried, outgoing[spread], shares[k]);
                carried = withGradient(tape, carried, outgoing[spread + 1 + k], 1);
            }
        }
        return carried == null ? new float[graph.nodes() * width] : carried;
    }

    private float[] withGradient(Tape tape, float[] carried, float[] gradient, float share) {
        if (gradient == null || share == 0) {
            return carried;
        }
        if (carried == null) {
            float[] first = memory.floats(tape, gradient.length);
            scale(gradient, share, first);
            return first;
        }
        addScaled(gradient, share, carried);
        return carried;
    }

    private static void scale(float[] x, float factor, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = factor * x[i];
        }
    }

    private static void addScaled(float[] x, float factor, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * x[i];
        }
    }
}
