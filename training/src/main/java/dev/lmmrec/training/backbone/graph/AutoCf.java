package dev.lmmrec.training.backbone.graph;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.graph.Propagation.Layers;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.gradient.Tape.Source;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.loss.Reconstruction;
import dev.lmmrec.training.loss.Spreading;
import dev.lmmrec.training.loss.Spreading.Pairing;
import dev.lmmrec.training.loss.SquaredNorm;
import dev.lmmrec.training.loss.SubgraphAgreement;
import dev.lmmrec.training.loss.Vectors;
import java.util.List;
import java.util.stream.Stream;

/**
 * AutoCF (Xia et al. 2023): a masked autoencoder. Neighbourhoods of some nodes are masked; vectors spread over what is
 * left, and attention over a graph of random pairs of masked nodes reconstructs the interactions. What is masked is
 * drawn by how well nodes agree with their neighbourhoods, and stays for several steps.
 */
final class AutoCf implements Backbone.Learnt {

    private final Shaping shaping;
    private final double spreadWeight;
    private final double squaredNormWeight;
    private final Execution execution;

    /**
     * The numbers that shape it.
     *
     * @param layers how far vectors spread before attention, from 0
     * @param heads of the attention; the width is a multiple of it
     * @param seeds how many nodes' neighbourhoods are masked
     * @param noiseShare the share of all nodes that the random pairs come from besides the masked ones
     * @param maskSteps for how many steps a mask stays
     */
    public record Shaping(int layers, int heads, int seeds, double noiseShare, int maskSteps) {}

    /**
     * Sets the shape.
     *
     * @param shaping its numbers
     * @param spreadWeight of the term that keeps users from users and items from items apart
     * @param squaredNormWeight of all parameters' L2 term
     * @param execution how the graph is multiplied
     */
    public AutoCf(Shaping shaping, double spreadWeight, double squaredNormWeight, Execution execution) {
        this.shaping = shaping;
        this.spreadWeight = spreadWeight;
        this.squaredNormWeight = squaredNormWeight;
        this.execution = execution;
    }

    @Override
    public String name() {
        return "autocf";
    }

    @Override
    public List<LossTerm> terms() {
        return List.of(
                new Reconstruction(1),
                new Spreading(spreadWeight, Pairing.WITHIN_SIDES),
                new Spreading(1, Pairing.USERS_FROM_ITEMS),
                new SubgraphAgreement(1),
                new SquaredNorm(squaredNormWeight));
    }

    /**
     * Starts.
     *
     * @throws IllegalArgumentException if the width is not a multiple of the number of heads
     */
    @Override
    public State start(Interactions train, int width, long seed, NDManager manager) {
        if (width % shaping.heads() != 0) {
            throw new IllegalArgumentException(
                    "AutoCF with " + shaping.heads() + " heads needs a width that is a multiple of it, got " + width);
        }
        return new Running(train, width, seed, manager);
    }

    private final class Running implements State {

        private final FreeVectors free;
        private final Parameter queries;
        private final Parameter keys;
        private final Parameter values;
        private final EdgeFunctions edges;
        private final Masking masking;
        private final NDManager manager;
        private final EdgeWeights ones;
        private Masking.Masked masked;
        private long maskedSince;

        Running(Interactions train, int width, long seed, NDManager manager) {
            this.free = new FreeVectors(train, false, width, seed, manager, execution);
            Shape square = new Shape(width, width);
            this.queries = Parameter.xavier(manager, "attention.queries", square, seed + 2);
            this.keys = Parameter.xavier(manager, "attention.keys", square, seed + 3);
            this.values = Parameter.xavier(manager, "attention.values", square, seed + 4);
            this.edges = new EdgeFunctions(free.workers(), free.memory());
            this.masking = new Masking(free.graph(), shaping.seeds(), shaping.noiseShare());
            this.manager = manager;
            this.ones = free.graph().ones();
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(free.parameter(), queries, keys, values);
        }

        @Override
        public Vectors forward(Tape tape, long stepSeed) {
            List<NDArray> views = List.of();
            // by seeds and not by counting calls: looking at a step once more must not move the masks of later ones
            if (masked == null || stepSeed <= maskedSince || stepSeed >= maskedSince + shaping.maskSteps()) {
                NDArray agreements = agreements(tape);
                masked = masking.draw(agreements.toFloatArray(), stepSeed);
                maskedSince = stepSeed;
                views = List.of(agreements);
            }
            return vectors(tape, masked.kept(), masked.pairs(), views);
        }

        private Vectors vectors(Tape tape, EdgeWeights encoder, Graph decoder, List<NDArray> views) {
            int layers = shaping.layers();
            Layers spread = free.byRows()
                    .spread(
                            tape,
                            free.parameter(),
                            encoder,
                            FreeVectors.summedShares(layers),
                            List.of(Perturbation.NONE))
                    .get(0);
            NDArray last = spread.layer(layers);
            NDArray attended = edges.attention(
                    tape,
                    decoder,
                    last.matMul(tape.of(queries)),
                    last.matMul(tape.of(keys)),
                    last.matMul(tape.of(values)),
                    shaping.heads());
            return new Vectors(spread.sum().add(attended), free.users(), views, () -> Stream.concat(
                            FreeVectors.all(spread, layers).stream(), Stream.of(attended))
                    .toList());
        }

        /**
         * How well nodes agree with their neighbours and the neighbours of these: σ(cos(s, e)) with {@code s = M·e},
         * {@code M = (A - I) + (A - I)² - D}, symmetric (equations 3 and 4; the published code divides s by a positive
         * number, which the cosine forgets).
         */
        private NDArray agreements(Tape tape) {
            Shape shape = free.parameter().value().getShape();
            float[] sums = neighbourhoods(tape, free.parameter().numbers());
            NDArray neighbourhood = tape.cut(
                            free.memory(),
                            List.of(new Source.OfParameter(free.parameter())),
                            List.of(shape),
                            List.of(sums),
                            outgoing -> new float[][] {neighbourhoods(tape, outgoing[0])})
                    .output(0);
            return FreeVectors.directions(tape, neighbourhood)
                    .mul(FreeVectors.directions(tape, tape.of(free.parameter())))
                    .sum(new int[] {1}, true)
                    .neg()
                    .exp()
                    .add(1)
                    .pow(tape.number(-1));
        }

        private float[] neighbourhoods(Tape tape, float[] x) {
            int width = free.width();
            float[] first = lessOwn(tape, x);
            float[] second = lessOwn(tape, first);
            for (int node = 0; node < free.graph().nodes(); node++) {
                float degree = free.graph().degree(node);
                for (int at = node * width; at < (node + 1) * width; at++) {
                    second[at] += first[at] - degree * x[at];
                }
            }
            return second;
        }

        private float[] lessOwn(Tape tape, float[] x) {
            float[] product = free.memory().floats(tape, x.length);
            free.graph().multiply(free.workers(), ones.forth(), x, product, free.width());
            for (int i = 0; i < product.length; i++) {
                product[i] -= x[i];
            }
            return product;
        }

        @Override
        public Factors vectors() {
            try (Tape tape = new Tape(manager, Engine.getInstance())) {
                NDArray nodes = vectors(tape, free.normalised(), free.graph(), List.of())
                        .nodes();
                return free.factors(nodes.toFloatArray(), free.width());
            }
        }
    }
}
