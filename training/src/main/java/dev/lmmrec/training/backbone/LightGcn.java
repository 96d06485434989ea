package dev.lmmrec.training.backbone;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.BayesianRanking;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.loss.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * LightGCN: free vectors, spread over the normalised graph without weights or non-linearity; the layers' outputs are
 * summed. The spread is linear and its matrix symmetric, so its gradient is the same spread of the gradient.
 */
public final class LightGcn implements Backbone.Learnt {

    private final int layers;
    private final double edgeKeep;

    /**
     * Sets the shape.
     *
     * @param layers how far vectors spread, from 0 (plain matrix factorisation)
     * @param edgeKeep the share of edges that each training step keeps, above 0 and up to 1
     */
    public LightGcn(int layers, double edgeKeep) {
        if (layers < 0 || !(edgeKeep > 0 && edgeKeep <= 1)) {
            throw new IllegalArgumentException(
                    "LightGCN needs layers from 0 and a share of kept edges above 0 and up to" + " 1, got " + layers
                            + " and " + edgeKeep);
        }
        this.layers = layers;
        this.edgeKeep = edgeKeep;
    }

    @Override
    public String name() {
        return "lightgcn";
    }

    @Override
    public List<LossTerm> terms() {
        return List.of(new BayesianRanking(1));
    }

    @Override
    public State start(Interactions train, int width, long seed, NDManager manager) {
        InteractionGraph graph = new InteractionGraph(train);
        int users = train.users();
        Parameter userVectors = Parameter.xavier(manager, "user", new Shape(users, width), seed);
        Parameter itemVectors = Parameter.xavier(manager, "item", new Shape(train.items(), width), seed + 1);
        Parameter free = Parameter.stacked(manager, "free", userVectors, itemVectors);
        return new State() {

            @Override
            public List<Parameter> parameters() {
                return List.of(free);
            }

            @Override
            public Vectors forward(Tape tape, long stepSeed) {
                float[] weights = edgeKeep < 1 ? graph.thinned(edgeKeep, stepSeed) : graph.weights();
                return new Vectors(tape.linear(free, x -> graph.propagate(weights, x, width, layers)), users);
            }

            @Override
            public Factors vectors() {
                float[] nodes = graph.propagate(graph.weights(), free.toFloatArray(), width, layers);
                return new Factors(
                        width,
                        Arrays.copyOf(nodes, users * width),
                        Arrays.copyOfRange(nodes, users * width, nodes.length));
            }
        };
    }
}
