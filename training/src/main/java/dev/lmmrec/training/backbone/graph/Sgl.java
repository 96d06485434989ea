package dev.lmmrec.training.backbone.graph;

import ai.djl.ndarray.NDArray;
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
import dev.lmmrec.training.loss.ViewContrast;
import java.util.List;

/**
 * SGL (Wu et al. 2021) with edge dropout: LightGCN on the whole graph, and a contrast between two spreads over graphs
 * from which edges were dropped.
 */
final class Sgl implements Backbone.Learnt {

    private final int layers;
    private final double edgeKeep;
    private final ViewContrast contrast;
    private final double squaredNormWeight;
    private final Execution execution;

    /**
     * Sets the shape.
     *
     * @param layers how far vectors spread, from 0
     * @param edgeKeep the share of edges that a view keeps, above 0 and up to 1
     * @param contrast the contrast of the two views
     * @param squaredNormWeight of the free vectors' L2 term
     * @param execution how the graph is multiplied
     */
    public Sgl(int layers, double edgeKeep, ViewContrast contrast, double squaredNormWeight, Execution execution) {
        this.layers = layers;
        this.edgeKeep = edgeKeep;
        this.contrast = contrast;
        this.squaredNormWeight = squaredNormWeight;
        this.execution = execution;
    }

    @Override
    public String name() {
        return "sgl";
    }

    @Override
    public List<LossTerm> terms() {
        return List.of(new BayesianRanking(1), contrast, new SquaredNorm(squaredNormWeight));
    }

    @Override
    public State start(Interactions train, int width, long seed, NDManager manager) {
        FreeVectors free = new FreeVectors(train, false, width, seed, manager, execution);
        float[] shares = FreeVectors.summedShares(layers);
        return new State() {

            @Override
            public List<Parameter> parameters() {
                return List.of(free.parameter());
            }

            @Override
            public Vectors forward(Tape tape, long stepSeed) {
                Layers whole = spread(tape, free.normalised());
                NDArray one = spread(tape, thinned(2 * stepSeed)).sum();
                NDArray other = spread(tape, thinned(2 * stepSeed + 1)).sum();
                return new Vectors(
                        whole.sum(), free.users(), List.of(one, other), () -> FreeVectors.all(whole, layers));
            }

            private EdgeWeights thinned(long viewSeed) {
                return free.graph().thinned(free.normalised(), edgeKeep, viewSeed);
            }

            private Layers spread(Tape tape, EdgeWeights weights) {
                return free.propagation()
                        .spread(tape, free.parameter(), weights, shares, List.of(Perturbation.NONE))
                        .get(0);
            }

            @Override
            public Factors vectors() {
                return free.summed(shares);
            }
        };
    }
}
