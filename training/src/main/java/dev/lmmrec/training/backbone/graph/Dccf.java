package dev.lmmrec.training.backbone.graph;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.BayesianRanking;
import dev.lmmrec.training.loss.ChannelContrast;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.loss.SquaredNorm;
import dev.lmmrec.training.loss.Vectors;
import java.util.ArrayList;
import java.util.List;

/**
 * DCCF (Ren et al. 2023): each layer adds to the vectors four messages: from the graph, from learnt intents, and from
 * the graph with edges weighted by how alike its ends are in the one and in the other. Layers are summed; the messages
 * of a node are contrasted with each other.
 */
final class Dccf implements Backbone.Learnt {

    /** Messages per layer. */
    static final int CHANNELS = 4;

    private final int layers;
    private final int intents;
    private final double contrastWeight;
    private final double temperature;
    private final double squaredNormWeight;
    private final Execution execution;

    /**
     * Sets the shape.
     *
     * @param layers how often messages are passed, from 1
     * @param intents intents per side, from 1
     * @param contrastWeight of the contrast between messages
     * @param temperature of the contrast
     * @param squaredNormWeight of all parameters' L2 term
     * @param execution how the graph is multiplied
     */
    public Dccf(
            int layers,
            int intents,
            double contrastWeight,
            double temperature,
            double squaredNormWeight,
            Execution execution) {
        this.layers = layers;
        this.intents = intents;
        this.contrastWeight = contrastWeight;
        this.temperature = temperature;
        this.squaredNormWeight = squaredNormWeight;
        this.execution = execution;
    }

    @Override
    public String name() {
        return "dccf";
    }

    @Override
    public List<LossTerm> terms() {
        return List.of(
                new BayesianRanking(1),
                new ChannelContrast(contrastWeight, temperature, CHANNELS),
                new SquaredNorm(squaredNormWeight));
    }

    @Override
    public State start(Interactions train, int width, long seed, NDManager manager) {
        return new Running(train, width, seed, manager);
    }

    private final class Running implements State {

        private final FreeVectors free;
        private final Parameter userIntents;
        private final Parameter itemIntents;
        private final EdgeFunctions edges;
        private final NDManager manager;

        Running(Interactions train, int width, long seed, NDManager manager) {
            this.free = new FreeVectors(train, false, width, seed, manager, execution);
            this.userIntents = Parameter.xavier(manager, "user.intents", new Shape(width, intents), seed + 2);
            this.itemIntents = Parameter.xavier(manager, "item.intents", new Shape(width, intents), seed + 3);
            this.edges = new EdgeFunctions(free.workers(), free.memory());
            this.manager = manager;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(free.parameter(), userIntents, itemIntents);
        }

        @Override
        public Vectors forward(Tape tape, long stepSeed) {
            List<NDArray> views = new ArrayList<>();
            List<NDArray> all = new ArrayList<>();
            all.add(tape.of(free.parameter()));
            NDArray sum = all.get(0);
            for (int layer = 0; layer < layers; layer++) {
                NDArray x = all.get(layer);
                NDArray fromGraph = edges.product(tape, free.graph(), free.normalised(), x);
                NDArray fromIntents = tape.leaf(free.memory(), intents(tape, x));
                NDArray byGraph = edges.adaptiveAverage(tape, free.graph(), FreeVectors.directions(tape, fromGraph), x);
                NDArray byIntents =
                        edges.adaptiveAverage(tape, free.graph(), FreeVectors.directions(tape, fromIntents), x);
                views.addAll(List.of(fromGraph, fromIntents, byGraph, byIntents));
                NDArray next = tape.leaf(
                        free.memory(),
                        fromGraph.add(fromIntents).add(byGraph).add(byIntents).add(x));
                all.add(next);
                sum = sum.add(next);
            }
            return new Vectors(sum, free.users(), views, () -> all);
        }

        private NDArray intents(Tape tape, NDArray x) {
            NDArray users = x.get(new NDIndex("0:{}", free.users()));
            NDArray items = x.get(new NDIndex("{}:", free.users()));
            return NDArrays.concat(
                    new NDList(mixture(users, tape.of(userIntents)), mixture(items, tape.of(itemIntents))));
        }

        private static NDArray mixture(NDArray vectors, NDArray prototypes) {
            return vectors.matMul(prototypes).softmax(1).matMul(prototypes.transpose());
        }

        @Override
        public Factors vectors() {
            try (Tape tape = new Tape(manager, Engine.getInstance())) {
                return free.factors(forward(tape, 0).nodes().toFloatArray(), free.width());
            }
        }
    }
}
