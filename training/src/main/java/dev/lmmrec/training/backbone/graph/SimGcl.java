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
import dev.lmmrec.training.loss.ViewContrast;
import java.util.List;

/**
 * SimGCL (Yu et al. 2022): LightGCN on the whole graph, and a contrast between two spreads whose layers were moved by
 * uniform noise.
 */
final class SimGcl implements Backbone.Learnt {

    private final int layers;
    private final double noise;
    private final ViewContrast contrast;
    private final double squaredNormWeight;
    private final Execution execution;

    /**
     * Sets the shape.
     *
     * @param layers how far vectors spread, from 1
     * @param noise the length ε of the noise on each layer of a view, above 0
     * @param contrast the contrast of the two views
     * @param squaredNormWeight of the free vectors' L2 term
     * @param execution how the graph is multiplied
     */
    public SimGcl(int layers, double noise, ViewContrast contrast, double squaredNormWeight, Execution execution) {
        this.layers = layers;
        this.noise = noise;
        this.contrast = contrast;
        this.squaredNormWeight = squaredNormWeight;
        this.execution = execution;
    }

    @Override
    public String name() {
        return "simgcl";
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
                List<Layers> spreads = free.propagation()
                        .spread(
                                tape,
                                free.parameter(),
                                free.normalised(),
                                shares,
                                List.of(
                                        Perturbation.NONE,
                                        new Perturbation(noise, 2 * stepSeed),
                                        new Perturbation(noise, 2 * stepSeed + 1)));
                Layers whole = spreads.get(0);
                return new Vectors(
                        whole.sum(),
                        free.users(),
                        List.of(spreads.get(1).sum(), spreads.get(2).sum()),
                        () -> FreeVectors.all(whole, layers));
            }

            @Override
            public Factors vectors() {
                return free.summed(shares);
            }
        };
    }
}
