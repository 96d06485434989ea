package dev.lmmrec.encoder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sentence encoder in ONNX without its upper layers: ONNX Runtime would compute what nobody asked for, and a function
 * has no memory for numbers that nobody needs. The file is protocol buffers; only as much of them is understood as is
 * needed to leave out nodes, their numbers, and outputs.
 */
final class LowerLayers {

    // ModelProto.graph; GraphProto.node, .initializer, .output
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int INITIALIZER = 5;
    private static final int OUTPUT = 12;
    // NodeProto.input, .name; TensorProto.name; ValueInfoProto.name
    private static final int NODE_INPUT = 1;
    private static final int NODE_NAME = 3;
    private static final int INITIALIZER_NAME = 8;
    private static final int OUTPUT_NAME = 1;

    private static final Pattern LAYER = Pattern.compile("/encoder/layer\\.(\\d+)/.*");

    private LowerLayers() {}

    /**
     * Cuts an encoder off.
     *
     * @param model the whole encoder
     * @param layers those that are wanted, counted from 1; none above the highest of them is left
     * @return a model with an output for each wanted layer, in their order
     * @throws IllegalArgumentException if the bytes are not an ONNX file
     */
    static byte[] of(byte[] model, List<Integer> layers) {
        List<ProtoField> whole = ProtoField.all(ByteBuffer.wrap(model));
        List<byte[]> outputs = layers.stream().map(LowerLayers::outputMessage).toList();
        List<ProtoField> graph = whole.stream()
                .filter(field -> field.isMessage(GRAPH))
                .flatMap(field -> lower(field.fields(), Collections.max(layers)))
                .toList();
        int graphBytes = graph.stream().mapToInt(ProtoField::size).sum()
                + outputs.stream().mapToInt(bytes -> bytes.length).sum();

        // the file is large for a function's memory, so it is written once
        byte[] graphKey = ProtoField.key(GRAPH, graphBytes);
        List<ProtoField> beside =
                whole.stream().filter(field -> !field.isMessage(GRAPH)).toList();
        ByteBuffer cut =
                ByteBuffer.allocate(beside.stream().mapToInt(ProtoField::size).sum() + graphKey.length + graphBytes);
        beside.forEach(field -> field.writeTo(cut));
        cut.put(graphKey);
        graph.forEach(field -> field.writeTo(cut));
        outputs.forEach(cut::put);
        return cut.array();
    }

    /** How the model calls what a layer says. */
    static String output(int layer) {
        return "/encoder/layer." + (layer - 1) + "/output/LayerNorm/Add_1_output_0";
    }

    private static Stream<ProtoField> lower(List<ProtoField> graph, int highest) {
        Map<Boolean, List<ProtoField>> above = graph.stream()
                .filter(field -> field.isMessage(NODE))
                .collect(Collectors.partitioningBy(node -> layer(node) > highest));
        Set<String> unused = inputs(above.get(true));
        unused.removeAll(inputs(above.get(false)));
        Stream<ProtoField> others = graph.stream()
                .filter(field -> !field.isMessage(NODE) && !field.isMessage(OUTPUT))
                .filter(field ->
                        !field.isMessage(INITIALIZER) || Collections.disjoint(field.texts(INITIALIZER_NAME), unused));
        return Stream.concat(above.get(false).stream(), others);
    }

    private static Set<String> inputs(List<ProtoField> nodes) {
        return nodes.stream()
                .flatMap(node -> node.texts(NODE_INPUT).stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The layer that a node is of, counted from 1; 0 for those before all layers. */
    private static int layer(ProtoField node) {
        return node.texts(NODE_NAME).stream()
                .map(LAYER::matcher)
                .filter(Matcher::matches)
                .mapToInt(name -> Integer.parseInt(name.group(1)) + 1)
                .findFirst()
                .orElse(0);
    }

    private static byte[] outputMessage(int layer) {
        return ProtoField.message(
                OUTPUT, ProtoField.message(OUTPUT_NAME, output(layer).getBytes(StandardCharsets.US_ASCII)));
    }
}
