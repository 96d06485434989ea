package dev.lmmrec.training.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trained layers of the encoder as a part of an ONNX graph: from the pieces of a text to vectors of its words. The
 * matrices become whole numbers from -127 to 127 with a scale for each column, as those of the encoder are that they
 * come from: a quarter of the size, and faster.
 */
public final class LayersGraph {

    private static final float EPSILON = 1e-12f;
    private static final int WHOLE_MAX = 127;
    private static final String NAMES = "layer.";

    private final Map<String, Weights> weights;
    private final int heads;

    /**
     * Names what is to be written.
     *
     * @param weights by name, others are not looked at: for each layer i layer.i.qkv.weight and .bias,
     *     layer.i.attended, layer.i.inner and layer.i.outer alike, layer.i.attended.scale and .shift,
     *     layer.i.outer.scale and .shift
     * @param heads in how many ways a layer's attention looks at once
     */
    public LayersGraph(Map<String, Weights> weights, int heads) {
        this.weights = new LinkedHashMap<>(weights);
        this.heads = heads;
    }

    /** Whether a parameter is one of the layers. */
    static boolean has(String name) {
        return name.startsWith(NAMES);
    }

    /** Adds inputs {@code pieces} and {@code shares}, and the layers; gives the name of the vectors of words. */
    String addTo(OnnxGraph graph) {
        int width = weights.get("layer.0.attended.bias").values().length;
        graph.floatInput("pieces", 1, "p", width).floatInput("shares", 1, "n", "p");
        weights.forEach((name, each) -> {
            if (has(name) && each.shape().length == 1) {
                graph.constant(name, each.values(), each.shape());
            }
        });
        graph.longs("apart", 0, 0, heads, width / heads)
                .longs("together", 0, 0, width)
                .constant("look.scale", new float[] {(float) (1 / Math.sqrt((double) width / heads))})
                .constant("gelu.root", new float[] {(float) Math.sqrt(2)})
                .constant("gelu.one", new float[] {1})
                .constant("gelu.half", new float[] {0.5f});
        String from = "pieces";
        List<String> said = new ArrayList<>(List.of(from));
        for (int i = 0; weights.containsKey(NAMES + i + ".qkv.weight"); i++) {
            from = layer(graph, NAMES + i, from);
            said.add(from);
        }
        graph.node("Concat", said, List.of("said"), OnnxGraph.attribute("axis", 2));
        graph.node("MatMul", List.of("shares", "said"), List.of("words"));
        return "words";
    }

    private String layer(OnnxGraph graph, String layer, String from) {
        String whole = whole(graph, from, layer);
        product(graph, whole, layer + ".qkv", layer + ".parts");
        graph.node(
                "Split",
                List.of(layer + ".parts"),
                List.of(layer + ".q", layer + ".k", layer + ".v"),
                OnnxGraph.attribute("axis", 2));
        apart(graph, layer + ".q", 0, 2, 1, 3);
        apart(graph, layer + ".k", 0, 2, 3, 1);
        apart(graph, layer + ".v", 0, 2, 1, 3);
        graph.node("MatMul", List.of(layer + ".q.heads", layer + ".k.heads"), List.of(layer + ".alike"));
        graph.node("Mul", List.of(layer + ".alike", "look.scale"), List.of(layer + ".alike.even"));
        graph.node(
                "Softmax", List.of(layer + ".alike.even"), List.of(layer + ".look"), OnnxGraph.attribute("axis", -1));
        graph.node("MatMul", List.of(layer + ".look", layer + ".v.heads"), List.of(layer + ".seen.heads"));
        graph.node(
                "Transpose",
                List.of(layer + ".seen.heads"),
                List.of(layer + ".seen.apart"),
                OnnxGraph.attribute("perm", List.of(0L, 2L, 1L, 3L)));
        graph.node("Reshape", List.of(layer + ".seen.apart", "together"), List.of(layer + ".seen"));
        product(graph, whole(graph, layer + ".seen", layer + ".seen"), layer + ".attended", layer + ".attended.sum");
        String attended = residual(graph, from, layer + ".attended");
        product(graph, whole(graph, attended, layer + ".inner.in"), layer + ".inner", layer + ".inner.sum");
        String inner = gelu(graph, layer + ".inner");
        product(graph, whole(graph, inner, layer + ".outer.in"), layer + ".outer", layer + ".outer.sum");
        return residual(graph, attended, layer + ".outer");
    }

    private static void apart(OnnxGraph graph, String part, long... permutation) {
        graph.node("Reshape", List.of(part, "apart"), List.of(part + ".apart"));
        graph.node(
                "Transpose",
                List.of(part + ".apart"),
                List.of(part + ".heads"),
                OnnxGraph.attribute("perm", Arrays.stream(permutation).boxed().toList()));
    }

    private static String residual(OnnxGraph graph, String before, String name) {
        graph.node("Add", List.of(before, name + ".sum"), List.of(name + ".both"));
        graph.normalise(name + ".both", name, name, EPSILON);
        return name;
    }

    private static String gelu(OnnxGraph graph, String name) {
        graph.node("Div", List.of(name + ".sum", "gelu.root"), List.of(name + ".root"));
        graph.node("Erf", List.of(name + ".root"), List.of(name + ".erf"));
        graph.node("Add", List.of(name + ".erf", "gelu.one"), List.of(name + ".erf.one"));
        graph.node("Mul", List.of(name + ".sum", name + ".erf.one"), List.of(name + ".twice"));
        graph.node("Mul", List.of(name + ".twice", "gelu.half"), List.of(name + ".gelu"));
        return name + ".gelu";
    }

    /** Whole numbers for the numbers of a step; several products may use them. */
    private static String whole(OnnxGraph graph, String from, String name) {
        graph.node(
                "DynamicQuantizeLinear",
                List.of(from),
                List.of(name + ".whole", name + ".whole.scale", name + ".whole.zero"));
        return name + ".whole";
    }

    private void product(OnnxGraph graph, String whole, String name, String to) {
        Weights matrix = weights.get(name + ".weight");
        int columns = Math.toIntExact(matrix.shape()[1]);
        float[] scales = new float[columns];
        for (int i = 0; i < matrix.values().length; i++) {
            scales[i % columns] = Math.max(scales[i % columns], Math.abs(matrix.values()[i]) / WHOLE_MAX);
        }
        byte[] numbers = new byte[matrix.values().length];
        for (int i = 0; i < numbers.length; i++) {
            float scale = scales[i % columns];
            numbers[i] = (byte) (scale == 0 ? 0 : Math.round(matrix.values()[i] / scale));
        }
        graph.bytes(name + ".weight", numbers, matrix.shape());
        graph.bytes(name + ".zero", new byte[columns], columns);
        graph.constant(name + ".weight.scale", scales, columns);
        graph.node(
                "MatMulInteger",
                List.of(whole, name + ".weight", whole + ".zero", name + ".zero"),
                List.of(to + ".whole"));
        graph.node("Cast", List.of(to + ".whole"), List.of(to + ".cast"), OnnxGraph.attribute("to", (long)
                TensorProto.DataType.FLOAT.getNumber()));
        graph.node("Mul", List.of(whole + ".scale", name + ".weight.scale"), List.of(to + ".scale"));
        graph.node("Mul", List.of(to + ".cast", to + ".scale"), List.of(to + ".product"));
        graph.node("Add", List.of(to + ".product", name + ".bias"), List.of(to));
    }
}
