package dev.lmmrec.training.backbone.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.graph.Propagation.Layers;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.BayesianRanking;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.loss.SquaredNorm;
import dev.lmmrec.training.loss.Vectors;
import java.util.List;

/**
 * GCCF (LR-GCCF, Chen et al. 2020): free vectors spread over the graph with self-loops, linearly, and the layers stand
 * side by side, so that final vectors are L + 1 times as wide as the free ones. The published code has weight matrices
 * that its forward pass leaves out because it "performs better without"; they are left out here altogether.
 */
final class Gccf implements Backbone.Learnt {

    private final int layers;
    private final double squaredNormWeight;
    private final Execution execution;

    /**
     * Sets the shape.
     *
     * @param layers how far vectors spread, from 0
     * @param squaredNormWeight of the free vectors' L2 term
     * @param execution how the graph is multiplied
     */
    public Gccf(int layers, double squaredNormWeight, Execution execution) {
        this.layers = layers;
        this.squaredNormWeight = squaredNormWeight;
        this.execution = execution;
    }

    @Override
    public String name() {
        return "gccf";
    }

    @Override
    public List<LossTerm> terms() {
        return List.of(new BayesianRanking(1), new SquaredNorm(squaredNormWeight));
    }

    @Override
    public State start(Interactions train, int width, long seed, NDManager manager) {
        FreeVectors free = new FreeVectors(train, true, width, seed, manager, execution);
        return new State() {

            @Override
            public List<Parameter> parameters() {
                return List.of(free.parameter());
            }

            @Override
            public Vectors forward(Tape tape, long stepSeed) {
                Layers spread = free.propagation()
                        .spread(
                                tape,
                                free.parameter(),
                                free.normalised(),
                                FreeVectors.summedShares(layers),
                                List.of(Perturbation.NONE))
                        .get(0);
                List<NDArray> all = FreeVectors.all(spread, layers);
                return new Vectors(NDArrays.concat(new NDList(all), 1), free.users(), List.of(), () -> all);
            }

            @Override
            public Factors vectors() {
                return free.factors(sideBySide(free.layers(layers), width), width * (layers + 1));
            }
        };
    }

    private static float[] sideBySide(List<float[]> layers, int width) {
        int wide = width * layers.size();
        float[] nodes = new float[layers.get(0).length * layers.size()];
        for (int k = 0; k < layers.size(); k++) {
            for (int node = 0; node * wide < nodes.length; node++) {
                System.arraycopy(layers.get(k), node * width, nodes, node * wide + k * width, width);
            }
        }
        return nodes;
    }
}
