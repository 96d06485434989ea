package dev.lmmrec.training.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a reader of triplets as ONNX: a sentence's pieces, shares and distances to tags and kinds of pairs. */
public final class TripletGraph {

    private static final float EPSILON = 1e-5f;

    private final Map<String, Weights> weights;
    private final LayersGraph layers;

    /**
     * Names what is to be written.
     *
     * @param weights by name: those that {@link LayersGraph} wants; in.scale, in.shift, in.weight, in.bias, and tag,
     *     aspect, opinion and aspect.alone alike; pair.weight, opinion.alone.weight, distance.weight
     * @param heads in how many ways a layer's attention looks at once
     */
    public TripletGraph(Map<String, Weights> weights, int heads) {
        this.weights = new LinkedHashMap<>(weights);
        this.layers = new LayersGraph(weights, heads);
    }

    /**
     * Writes the graph.
     *
     * @param file where to
     * @param distances how many are told apart
     * @param kinds of pairs
     * @throws IOException if it cannot be written
     */
    public void write(Path file, int distances, int kinds) throws IOException {
        long width = weights.get("opinion.bias").values().length;
        OnnxGraph graph = new OnnxGraph("triplets");
        String words = layers.addTo(graph);
        graph.floatInput("distances", 1, "n", "n", distances)
                .floatOutput("tags", 1, "n", (long) weights.get("tag.bias").values().length)
                .floatOutput("pairs", 1, "n", kinds, "n");
        weights.forEach((name, each) -> {
            if (!LayersGraph.has(name)) {
                graph.constant(name, each.values(), each.shape());
            }
        });
        // -1 takes what is left
        graph.longs("by.kind", 1, -1, width);
        graph.normalise(words, "in", "words.even", EPSILON);
        relu(graph, "words.even", "in", "x");
        graph.linear("x", "tag", "tags");
        relu(graph, "x", "aspect", "aspects");
        relu(graph, "x", "opinion", "opinions");
        graph.node("MatMul", List.of("aspects", "pair.weight"), List.of("aspects.kinds"));
        graph.node("Reshape", List.of("aspects.kinds", "by.kind"), List.of("aspects.by.kind"));
        transpose(graph, "opinions", "opinions.columns", 0L, 2L, 1L);
        graph.node("MatMul", List.of("aspects.by.kind", "opinions.columns"), List.of("together.flat"));
        graph.linear("aspects", "aspect.alone", "aspects.alone");
        graph.longs("last", 3).longs("second", 1);
        graph.node("Unsqueeze", List.of("aspects.alone", "last"), List.of("aspects.alone.rows"));
        graph.node("MatMul", List.of("opinions", "opinion.alone.weight"), List.of("opinions.alone"));
        transpose(graph, "opinions.alone", "opinions.alone.columns", 0L, 2L, 1L);
        graph.node("Unsqueeze", List.of("opinions.alone.columns", "second"), List.of("opinions.alone.rows"));
        graph.node("MatMul", List.of("distances", "distance.weight"), List.of("distances.kinds"));
        transpose(graph, "distances.kinds", "distances.rows", 0L, 1L, 3L, 2L);
        graph.node("Add", List.of("aspects.alone.rows", "opinions.alone.rows"), List.of("alone"));
        graph.node("Add", List.of("alone", "distances.rows"), List.of("apart.pairs"));
        // as many rows as words, whatever that is
        graph.node("Shape", List.of("apart.pairs"), List.of("pairs.shape"));
        graph.node("Reshape", List.of("together.flat", "pairs.shape"), List.of("together.pairs"));
        graph.node("Add", List.of("together.pairs", "apart.pairs"), List.of("pairs"));
        graph.write(file);
    }

    private static void relu(OnnxGraph graph, String from, String name, String to) {
        graph.linear(from, name, to + ".sum");
        graph.node("Relu", List.of(to + ".sum"), List.of(to));
    }

    private static void transpose(OnnxGraph graph, String from, String to, Long... permutation) {
        graph.node("Transpose", List.of(from), List.of(to), OnnxGraph.attribute("perm", List.of(permutation)));
    }
}
