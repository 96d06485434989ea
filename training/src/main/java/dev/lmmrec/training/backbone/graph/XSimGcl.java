package dev.lmmrec.training.backbone.graph;

import ai.djl.ndarray.NDManager;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.graph.Propagation.Layers;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.BayesianRanking;
import dev.lmmrec.training.loss.LayerContrast;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.loss.SampledSoftmax;
import dev.lmmrec.training.loss.SquaredNorm;
import dev.lmmrec.training.loss.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * XSimGCL (Yu et al. 2023): one noisy spread serves both ranking and contrast, which compares the mean of the layers
 * from the first on with one of these layers. Also with a softmax in place of pairs.
 */
final class XSimGcl implements Backbone.Learnt {

    private final String name;
    private final LossTerm ranking;
    private final double itemNormExponent;
    private final int layers;
    private final int contrastLayer;
    private final double noise;
    private final LayerContrast contrast;
    private final double squaredNormWeight;
    private final Execution execution;

    /**
     * Sets the shape.
     *
     * @param layers how far vectors spread, from 1
     * @param contrastLayer which layer is contrasted with the mean, from 1
     * @param noise the length ε of the noise on each layer
     * @param contrast the contrast
     * @param squaredNormWeight of the free vectors' L2 term
     * @param execution how the graph is multiplied
     * @throws IllegalArgumentException if there is no such layer to contrast with
     */
    public XSimGcl(
            int layers,
            int contrastLayer,
            double noise,
            LayerContrast contrast,
            double squaredNormWeight,
            Execution execution) {
        this(
                "xsimgcl",
                new BayesianRanking(1),
                1,
                layers,
                contrastLayer,
                noise,
                contrast,
                squaredNormWeight,
                execution);
    }

    private XSimGcl(
            String name,
            LossTerm ranking,
            double itemNormExponent,
            int layers,
            int contrastLayer,
            double noise,
            LayerContrast contrast,
            double squaredNormWeight,
            Execution execution) {
        if (contrastLayer < 1 || contrastLayer > layers) {
            throw new IllegalArgumentException(
                    "XSimGCL of " + layers + " layers cannot contrast with layer " + contrastLayer);
        }
        this.name = name;
        this.ranking = ranking;
        this.itemNormExponent = itemNormExponent;
        this.layers = layers;
        this.contrastLayer = contrastLayer;
        this.noise = noise;
        this.contrast = contrast;
        this.squaredNormWeight = squaredNormWeight;
        this.execution = execution;
    }

    /**
     * The same spread and contrast, ranking learnt by sampled softmax instead of pairs. Cosines are learnt and products
     * are ranked by, so that an item's length, which grows with how many met it, counts as much as the exponent says.
     *
     * @param softmax the ranking loss
     * @param itemNormExponent what becomes of an item's length when ranking: 1 keeps it, 0 forgets it
     * @param layers how far vectors spread, from 1
     * @param noise the length ε of the noise on each layer
     * @param contrast the contrast of the first layer with the mean
     * @param squaredNormWeight of the free vectors' L2 term
     * @param execution how the graph is multiplied
     * @return the backbone
     */
    static XSimGcl softmax(
            SampledSoftmax softmax,
            double itemNormExponent,
            int layers,
            double noise,
            LayerContrast contrast,
            double squaredNormWeight,
            Execution execution) {
        return new XSimGcl("ssm", softmax, itemNormExponent, layers, 1, noise, contrast, squaredNormWeight, execution);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<LossTerm> terms() {
        return List.of(ranking, contrast, new SquaredNorm(squaredNormWeight));
    }

    @Override
    public State start(Interactions train, int width, long seed, NDManager manager) {
        FreeVectors free = new FreeVectors(train, false, width, seed, manager, execution);
        float[] shares = new float[layers + 1];
        Arrays.fill(shares, 1, layers + 1, 1f / layers);
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
                                shares,
                                List.of(new Perturbation(noise, stepSeed)))
                        .get(0);
                return new Vectors(
                        spread.sum(),
                        free.users(),
                        List.of(spread.layer(contrastLayer)),
                        () -> FreeVectors.all(spread, layers));
            }

            @Override
            public Factors vectors() {
                return free.summed(shares).withItemNorms(itemNormExponent);
            }
        };
    }
}
