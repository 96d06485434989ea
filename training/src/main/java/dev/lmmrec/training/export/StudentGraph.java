package dev.lmmrec.training.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the head of the student as ONNX: one review's vectors and looks to emissions, attention and votes. */
public final class StudentGraph {

    private static final float EPSILON = 1e-5f;
    private static final long KERNEL = 3;

    private final Map<String, Weights> weights;
    private final List<Long> dilations;

    /**
     * Names what is to be written.
     *
     * @param weights by name: in.scale, in.shift, in.weight, in.bias; for each convolution i conv.i.weight, .bias,
     *     .scale, .shift; tag.weight, tag.bias, vote.weight, vote.bias, attention.weight, out.weight, out.bias
     * @param dilations one for each convolution
     */
    public StudentGraph(Map<String, Weights> weights, List<Long> dilations) {
        this.weights = new LinkedHashMap<>(weights);
        this.dilations = List.copyOf(dilations);
    }

    /**
     * Writes the graph.
     *
     * @param file where to
     * @param vectorWidth numbers a token
     * @param looksWidth numbers a token
     * @throws IOException if it cannot be written
     */
    public void write(Path file, int vectorWidth, int looksWidth) throws IOException {
        OnnxGraph graph = new OnnxGraph("student")
                .floatInput("vectors", 1, "n", vectorWidth)
                .floatInput("looks", 1, "n", looksWidth)
                .floatOutput("emissions", 1, "n", size("tag.bias"))
                .floatOutput("attention", 1, "n", 1)
                .floatOutput("votes", 1, "n", size("out.bias"));
        weights.forEach((name, each) -> graph.constant(name, each.values(), each.shape()));
        graph.normalise("vectors", "in", "vectors.even", EPSILON);
        graph.node("Concat", List.of("vectors.even", "looks"), List.of("seen"), OnnxGraph.attribute("axis", 2));
        graph.linear("seen", "in", "in.sum");
        graph.node("Relu", List.of("in.sum"), List.of("x.0"));
        for (int i = 0; i < dilations.size(); i++) {
            convolve(graph, i);
        }
        String last = "x." + dilations.size();
        graph.linear(last, "tag", "emissions");
        graph.linear(last, "vote", "vote.sum");
        graph.node("Relu", List.of("vote.sum"), List.of("voters"));
        graph.node("MatMul", List.of("voters", "attention.weight"), List.of("attention"));
        graph.linear("voters", "out", "votes");
        graph.write(file);
    }

    private void convolve(OnnxGraph graph, int index) {
        String name = "conv." + index;
        long dilation = dilations.get(index);
        graph.node("Transpose", List.of("x." + index), List.of(name + ".in"), permutation());
        graph.node(
                "Conv",
                List.of(name + ".in", name + ".weight", name + ".bias"),
                List.of(name + ".sum"),
                OnnxGraph.attribute("kernel_shape", List.of(KERNEL)),
                OnnxGraph.attribute("dilations", List.of(dilation)),
                OnnxGraph.attribute("pads", List.of(dilation, dilation)));
        graph.node("Transpose", List.of(name + ".sum"), List.of(name + ".back"), permutation());
        graph.node("Relu", List.of(name + ".back"), List.of(name + ".out"));
        graph.node("Add", List.of("x." + index, name + ".out"), List.of(name + ".both"));
        graph.normalise(name + ".both", name, "x." + (index + 1), EPSILON);
    }

    private static AttributeProto permutation() {
        return OnnxGraph.attribute("perm", List.of(0L, 2L, 1L));
    }

    private long size(String bias) {
        return weights.get(bias).values().length;
    }
}
