package dev.lmmrec.training.fit;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.TextSides;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.fit.Trained.Checkpoint;
import dev.lmmrec.training.gradient.Adam;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.Alignment;
import dev.lmmrec.training.loss.Batch;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.loss.Objective;
import dev.lmmrec.training.loss.SquaredNorm;
import dev.lmmrec.training.text.TextEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/** Trains a learnt backbone, with a text side or without. Equal input and seed give equal vectors on one machine. */
public final class Trainer {

    private final Settings settings;
    private final IntConsumer afterEpoch;

    /**
     * Sets the run.
     *
     * @param settings its shape
     * @param afterEpoch told the number of each epoch that is done, from 1
     */
    public Trainer(Settings settings, IntConsumer afterEpoch) {
        this.settings = settings;
        this.afterEpoch = afterEpoch;
    }

    /** Judges a state on held-out interactions. */
    @FunctionalInterface
    public interface Validation {

        /**
         * Measures.
         *
         * @param interaction normalised interaction vectors
         * @param aligned aligned text vectors
         * @return Recall@20 on the validation part
         */
        double recall(Factors interaction, Factors aligned);
    }

    /**
     * Trains until validation stops getting better, and goes back to the best state.
     *
     * @param backbone the recipe
     * @param train what to learn from
     * @param text the text side; it takes part if the alignment has a weight
     * @param validation the judge
     * @return the best state
     */
    public Trained train(
            Backbone.Learnt backbone, Interactions train, Optional<TextSides> text, Validation validation) {
        return run(backbone, train, text, validation, OptionalInt.empty());
    }

    /**
     * Trains for a number of epochs that is known to be good, without looking at anything held out.
     *
     * @param backbone the recipe
     * @param train what to learn from
     * @param text the text side; it takes part if the alignment has a weight
     * @param epochs how many
     * @return the state after the last epoch
     */
    public Trained refit(Backbone.Learnt backbone, Interactions train, Optional<TextSides> text, int epochs) {
        return run(backbone, train, text, (interaction, aligned) -> 0, OptionalInt.of(epochs));
    }

    private Trained run(
            Backbone.Learnt backbone,
            Interactions train,
            Optional<TextSides> text,
            Validation validation,
            OptionalInt fixedEpochs) {
        Engine engine = Engine.getInstance();
        try (NDManager manager = engine.newBaseManager()) {
            Run run = new Run(backbone, train, text, engine, manager);
            List<Checkpoint> history = new ArrayList<>();
            int epochs = fixedEpochs.orElse(settings.epochsMax());
            double best = -1;
            int bestEpoch = epochs;
            int worse = 0;
            List<float[]> bestState = List.of();
            for (int epoch = 1; epoch <= epochs; epoch++) {
                double loss = run.epoch(epoch);
                afterEpoch.accept(epoch);
                if (fixedEpochs.isPresent() || (epoch % settings.validateEvery() != 0 && epoch < epochs)) {
                    continue;
                }
                double recall = validation.recall(run.interaction(), run.aligned());
                history.add(new Checkpoint(epoch, loss, recall, run.gradientShares(epoch)));
                if (recall > best) {
                    best = recall;
                    bestEpoch = epoch;
                    bestState = run.state();
                    worse = 0;
                } else if (++worse >= settings.patience()) {
                    break;
                }
            }
            if (fixedEpochs.isEmpty()) {
                run.restore(bestState);
            }
            return new Trained(
                    run.interaction(), run.aligned(), run.encoder.map(TextEncoder::weights), bestEpoch, history);
        }
    }

    /** One model and all that changes it. */
    private final class Run {

        private final Engine engine;
        private final NDManager manager;
        private final Interactions train;
        private final Backbone.State backbone;
        private final Optional<TextEncoder> encoder;
        private final List<Parameter> parameters;
        private final Objective objective;
        private final Batches batches;
        private final Adam adam;

        Run(Backbone.Learnt recipe, Interactions train, Optional<TextSides> text, Engine engine, NDManager manager) {
            this.engine = engine;
            this.manager = manager;
            this.train = train;
            this.backbone = recipe.start(train, settings.width(), settings.seed(), manager);
            this.encoder = text.filter(sides -> settings.alignmentWeight() > 0)
                    .map(sides -> new TextEncoder(sides, settings.width(), settings.seed() + 2, manager));
            this.parameters = new ArrayList<>(backbone.parameters());
            encoder.ifPresent(text384 -> parameters.addAll(text384.parameters()));
            List<LossTerm> terms = new ArrayList<>(recipe.terms());
            terms.add(new SquaredNorm(settings.squaredNormWeight()));
            encoder.ifPresent(text384 -> terms.add(new Alignment(settings.alignmentWeight(), settings.temperature())));
            this.objective = new Objective(terms);
            this.batches = new Batches(train, settings.batchSize());
            this.adam = new Adam(settings.learningRate(), parameters);
        }

        /** Takes one step per batch and gives the mean loss. */
        double epoch(int epoch) {
            List<Batch> epochBatches = batches.epoch(seedOf(epoch, 0));
            double sum = 0;
            for (int b = 0; b < epochBatches.size(); b++) {
                try (Tape tape = new Tape(manager, engine)) {
                    NDArray loss = objective.value(forward(tape, epochBatches.get(b), seedOf(epoch, b + 1)));
                    tape.backward(loss);
                    double value = loss.getFloat();
                    if (!Double.isFinite(value)) {
                        throw new IllegalStateException("the loss is " + value + " in epoch " + epoch + ", batch "
                                + (b + 1) + "; try a smaller learning rate or a higher temperature");
                    }
                    sum += value;
                    adam.step(tape);
                }
            }
            return sum / epochBatches.size();
        }

        private Forward forward(Tape tape, Batch batch, long stepSeed) {
            return new Forward(tape, batch, backbone.forward(tape, stepSeed), encoder, parameters);
        }

        /** Each weighted term's gradient norm over the sum of norms, on the first batch of an epoch. */
        Map<String, Double> gradientShares(int epoch) {
            Batch batch = batches.epoch(seedOf(epoch, 0)).get(0);
            Map<String, Double> norms = new LinkedHashMap<>();
            for (LossTerm term : objective.terms()) {
                try (Tape tape = new Tape(manager, engine)) {
                    tape.backward(
                            term.value(forward(tape, batch, seedOf(epoch, 1))).mul(tape.number(term.weight())));
                    double squares = 0;
                    for (Parameter parameter : parameters) {
                        squares += tape.gradient(parameter).square().sum().getFloat();
                    }
                    norms.put(term.name(), Math.sqrt(squares));
                }
            }
            double sum = norms.values().stream().mapToDouble(x -> x).sum();
            norms.replaceAll((name, norm) -> sum == 0 ? 0 : norm / sum);
            return norms;
        }

        Factors interaction() {
            return backbone.vectors().normalised();
        }

        Factors aligned() {
            return encoder.map(TextEncoder::vectors)
                    .orElseGet(() -> Factors.zero(settings.width(), train.users(), train.items()));
        }

        List<float[]> state() {
            return parameters.stream().map(Parameter::toFloatArray).toList();
        }

        void restore(List<float[]> state) {
            for (int i = 0; i < parameters.size(); i++) {
                parameters.get(i).set(state.get(i));
            }
        }

        private long seedOf(int epoch, int step) {
            return (settings.seed() * 1_000_003L + epoch) * 1_000_003L + step;
        }
    }
}
