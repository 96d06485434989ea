package dev.lmmrec.training.backbone.graph;

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
 * LightGCN (He et al. 2020): free vectors, spread over the normalised graph without weights or non-linearity; the
 * layers' outputs are summed, as in RLMRec. With 0 layers it is matrix factorisation.
 */
public final class LightGcn implements Backbone.Learnt {

    private final String name;
    private final int layers;
    private final double edgeKeep;
    private final double squaredNormWeight;
    private final Execution execution;

    /**
     * Sets the shape, without L2, computed by device.
     *
     * @param layers how far vectors spread, from 0 (plain matrix factorisation)
     * @param edgeKeep the share of edges that each training step keeps, above 0 and up to 1
     */
    public LightGcn(int layers, double edgeKeep) {
        this("lightgcn", layers, edgeKeep, 0, Execution.DEFAULT);
    }

    /**
     * Sets the shape.
     *
     * @param layers how far vectors spread, from 0 (plain matrix factorisation)
     * @param edgeKeep the share of edges that each training step keeps, above 0 and up to 1
     * @param squaredNormWeight of the free vectors' L2 term
     * @param execution how the graph is multiplied
     */
    public LightGcn(int layers, double edgeKeep, double squaredNormWeight, Execution execution) {
        this("lightgcn", layers, edgeKeep, squaredNormWeight, execution);
    }

    private LightGcn(String name, int layers, double edgeKeep, double squaredNormWeight, Execution execution) {
        if (layers < 0 || !(edgeKeep > 0 && edgeKeep <= 1)) {
            throw new IllegalArgumentException(
                    "LightGCN needs layers from 0 and a share of kept edges above 0 and up to 1, got " + layers
                            + " and " + edgeKeep);
        }
        this.name = name;
        this.layers = layers;
        this.edgeKeep = edgeKeep;
        this.squaredNormWeight = squaredNormWeight;
        this.execution = execution;
    }

    /**
     * Matrix factorisation by Bayesian personalised ranking (Rendle et al. 2009): LightGCN without layers.
     *
     * @param squaredNormWeight of the L2 term
     * @param execution has a part in copies only
     * @return the backbone
     */
    public static LightGcn matrixFactorisation(double squaredNormWeight, Execution execution) {
        return new LightGcn("mf-bpr", 0, 1, squaredNormWeight, execution);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<LossTerm> terms() {
        return List.of(new BayesianRanking(1), new SquaredNorm(squaredNormWeight));
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
                EdgeWeights weights = edgeKeep < 1 && layers > 0
                        ? free.graph().thinned(free.normalised(), edgeKeep, stepSeed)
                        : free.normalised();
                Layers spread = free.propagation()
                        .spread(tape, free.parameter(), weights, shares, List.of(Perturbation.NONE))
                        .get(0);
                return new Vectors(spread.sum(), free.users(), List.of(), () -> FreeVectors.all(spread, layers));
            }

            @Override
            public Factors vectors() {
                return free.summed(shares);
            }
        };
    }
}
