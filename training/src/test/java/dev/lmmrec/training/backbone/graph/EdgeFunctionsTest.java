package dev.lmmrec.training.backbone.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.gradient.HostMemory;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.gradient.Workers;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and gradients against the dense formulas, written with the engine's own operations. */
class EdgeFunctionsTest {

    /** Columns of a head are taken eight at a time, and then those that are left. */
    private static final int WIDTH = 22;

    private static final int HEADS = 2;

    private final Engine engine = Engine.getInstance();
    private final Graph graph = Graph.of(
            Interactions.of(
                    3, 3, List.of(new Pair(0, 0), new Pair(0, 1), new Pair(1, 1), new Pair(1, 2), new Pair(2, 0))),
            true);
    private final EdgeFunctions edges = new EdgeFunctions(new Workers(2), new HostMemory());

    @Test
    void adaptiveAverage_equalsTheDenseFormula() {
        try (NDManager manager = engine.newBaseManager()) {
            Parameter h = draw(manager, "h", 1);
            Parameter x = draw(manager, "x", 2);
            float[][] byHand = run(
                    manager,
                    List.of(h, x),
                    (tape, inputs) -> edges.adaptiveAverage(tape, graph, inputs.get(0), inputs.get(1)));
            float[][] dense = run(manager, List.of(h, x), (tape, inputs) -> {
                NDArray alpha = inputs.get(0)
                        .matMul(inputs.get(0).transpose())
                        .add(1)
                        .div(2)
                        .mul(adjacency(tape));
                return alpha.matMul(inputs.get(1)).div(alpha.sum(new int[] {1}, true));
            });
            assertClose(byHand, dense);
        }
    }

    /** With large numbers many scores are cut off. */
    @ParameterizedTest
    @ValueSource(floats = {1, 5})
    void attention_equalsTheDenseFormula(float scale) {
        try (NDManager manager = engine.newBaseManager()) {
            Parameter q = draw(manager, "q", 1, scale);
            Parameter k = draw(manager, "k", 2, scale);
            Parameter v = draw(manager, "v", 3);
            float[][] byHand = run(
                    manager,
                    List.of(q, k, v),
                    (tape, inputs) -> edges.attention(tape, graph, inputs.get(0), inputs.get(1), inputs.get(2), HEADS));
            float[][] dense = run(manager, List.of(q, k, v), (tape, inputs) -> {
                NDArray mixed = null;
                for (int head = 0; head < HEADS; head++) {
                    String columns = ":, " + head * WIDTH / HEADS + ":" + (head + 1) * WIDTH / HEADS;
                    NDArray shares = inputs.get(0)
                            .get(columns)
                            .matMul(inputs.get(1).get(columns).transpose())
                            .clip(-10, 10)
                            .exp()
                            .mul(adjacency(tape));
                    NDArray one = shares.div(shares.sum(new int[] {1}, true).add(1e-8f))
                            .matMul(inputs.get(2).get(columns));
                    mixed = mixed == null ? one : mixed.concat(one, 1);
                }
                return mixed;
            });
            assertClose(byHand, dense);
        }
    }

    private interface Function {

        NDArray of(Tape tape, List<NDArray> inputs);
    }

    /** The value, and the gradient of each input for a loss that weighs every number differently. */
    private float[][] run(NDManager manager, List<Parameter> parameters, Function function) {
        try (Tape tape = new Tape(manager, engine)) {
            NDArray output = function.of(tape, parameters.stream().map(tape::of).toList());
            NDArray weights = tape.manager().arange((float) output.size()).reshape(output.getShape());
            tape.backward(output.mul(weights).sum());
            float[][] all = new float[parameters.size() + 1][];
            all[0] = output.toFloatArray();
            for (int i = 0; i < parameters.size(); i++) {
                all[i + 1] = tape.gradient(parameters.get(i)).toFloatArray();
            }
            return all;
        }
    }

    private NDArray adjacency(Tape tape) {
        float[] dense = new float[graph.nodes() * graph.nodes()];
        for (int node = 0; node < graph.nodes(); node++) {
            for (int at = graph.start(node); at < graph.start(node + 1); at++) {
                dense[node * graph.nodes() + graph.column(at)] = 1;
            }
        }
        return tape.manager().create(dense, new Shape(graph.nodes(), graph.nodes()));
    }

    private Parameter draw(NDManager manager, String name, long seed) {
        return draw(manager, name, seed, 1);
    }

    private Parameter draw(NDManager manager, String name, long seed, float scale) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[graph.nodes() * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = scale * (float) (random.nextDouble() * 1.6 - 0.8);
        }
        return Parameter.of(manager, name, new Shape(graph.nodes(), WIDTH), values);
    }

    private static void assertClose(float[][] actual, float[][] expected) {
        for (int part = 0; part < expected.length; part++) {
            assertThat(actual[part]).hasSameSizeAs(expected[part]);
            for (int i = 0; i < expected[part].length; i++) {
                double x = expected[part][i];
                assertThat((double) actual[part][i]).isEqualTo(x, within(1e-4 * (1 + Math.abs(x))));
            }
        }
    }
}
