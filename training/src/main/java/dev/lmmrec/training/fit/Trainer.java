package dev.lmmrec.training.fit;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.fit.Checkpoints.Saved;
import dev.lmmrec.training.fit.Checkpoints.Standing;
import dev.lmmrec.training.fit.Trained.Checkpoint;
import dev.lmmrec.training.gradient.Adam;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.gradient.Scaled;
import dev.lmmrec.training.gradient.Tape;
import dev.lmmrec.training.loss.Batch;
import dev.lmmrec.training.loss.Forward;
import dev.lmmrec.training.loss.LossTerm;
import dev.lmmrec.training.loss.Objective;
import dev.lmmrec.training.loss.SquaredNorm;
import dev.lmmrec.training.text.ReviewTexts;
import dev.lmmrec.training.wrapper.Unwrapped;
import dev.lmmrec.training.wrapper.Wrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.zip.CRC32;

/**
 * Trains a learnt backbone, with a wrapper around it or alone. Equal input and seed give equal vectors on one machine,
 * also if the run was killed in between and continued from its checkpoint.
 */
public final class Trainer {

    private final Settings settings;
    private final IntConsumer afterEpoch;
    private final Optional<Checkpoints> checkpoints;

    /**
     * Sets the run.
     *
     * @param settings its shape
     * @param afterEpoch told the number of each epoch that is done, from 1
     */
    public Trainer(Settings settings, IntConsumer afterEpoch) {
        this(settings, afterEpoch, Optional.empty());
    }

    /**
     * Sets a run that can be continued.
     *
     * @param settings its shape
     * @param afterEpoch told the number of each epoch that is done, from 1
     * @param checkpoints where it is written down at every validation, and taken up if it was
     */
    public Trainer(Settings settings, IntConsumer afterEpoch, Optional<Checkpoints> checkpoints) {
        this.settings = settings;
        this.afterEpoch = afterEpoch;
        this.checkpoints = checkpoints;
    }

    /**
     * The same run with something around the backbone.
     *
     * @param wrapper its name and settings
     * @return a new trainer
     */
    public Trainer around(Settings.Part wrapper) {
        return new Trainer(settings.withWrapper(wrapper), afterEpoch, checkpoints);
    }

    /**
     * The shape of the run.
     *
     * @return the settings
     */
    public Settings settings() {
        return settings;
    }

    /** Judges a state on held-out interactions. */
    @FunctionalInterface
    public interface Validation {

        /**
         * Measures.
         *
         * @param interaction normalised interaction vectors
         * @param text text vectors
         * @return Recall@20 on the validation part
         */
        double recall(Factors interaction, Factors text);
    }

    /**
     * Trains until validation stops getting better, and goes back to the best state.
     *
     * @param backbone the recipe
     * @param wrapper the recipe of what is put around it; it takes part if there is text
     * @param train what to learn from
     * @param text what reviews say, if they say anything
     * @param validation the judge
     * @return the best state
     * @throws UncheckedIOException if a checkpoint cannot be written, or is damaged or of another run
     */
    public Trained train(
            Backbone.Learnt backbone,
            Wrapper wrapper,
            Interactions train,
            Optional<ReviewTexts> text,
            Validation validation) {
        return run(backbone, wrapper, train, text, validation, OptionalInt.empty());
    }

    /**
     * Trains for a number of epochs that is known to be good, without looking at anything held out.
     *
     * @param backbone the recipe
     * @param wrapper the recipe of what is put around it; it takes part if there is text
     * @param train what to learn from
     * @param text what reviews say, if they say anything
     * @param epochs how many
     * @return the state after the last epoch
     * @throws UncheckedIOException if a checkpoint cannot be written, or is damaged or of another run
     */
    public Trained refit(
            Backbone.Learnt backbone, Wrapper wrapper, Interactions train, Optional<ReviewTexts> text, int epochs) {
        return run(backbone, wrapper, train, text, (interaction, said) -> 0, OptionalInt.of(epochs));
    }

    private Trained run(
            Backbone.Learnt backbone,
            Wrapper wrapper,
            Interactions train,
            Optional<ReviewTexts> text,
            Validation validation,
            OptionalInt fixedEpochs) {
        Engine engine = Engine.getInstance();
        int epochs = fixedEpochs.orElse(settings.epochsMax());
        try (NDManager manager = engine.newBaseManager()) {
            Run run = new Run(backbone, wrapper, train, text, engine, manager);
            run.identity.put("epochs-fixed", fixedEpochs.isPresent() ? Integer.toString(epochs) : "no");
            run.resume();
            while (run.epoch < epochs && run.worse < settings.patience()) {
                double loss = run.oneEpoch();
                afterEpoch.accept(run.epoch);
                if (run.epoch % settings.validateEvery() != 0 && run.epoch < epochs) {
                    continue;
                }
                if (fixedEpochs.isEmpty()) {
                    double recall = validation.recall(run.interaction(), run.text());
                    run.judged(new Checkpoint(run.epoch, loss, recall, run.gradientShares()));
                }
                run.save(run.epoch == epochs || run.worse == settings.patience());
            }
            if (fixedEpochs.isEmpty()) {
                run.restore(run.bestState);
            }
            return new Trained(
                    run.interaction(),
                    run.wrapper.aligned(),
                    run.wrapper.known(),
                    run.wrapper.common(),
                    run.wrapper.encoder(),
                    fixedEpochs.orElse(run.bestEpoch),
                    run.history);
        }
    }

    /** One model and all that changes it. */
    private final class Run {

        private final Engine engine;
        private final NDManager manager;
        private final Backbone.State backbone;
        private final Wrapper.State wrapper;
        private final List<Parameter> parameters;
        private final List<Parameter> penalised;
        private final Objective objective;
        private final Batches batches;
        private final Adam adam;
        private final Map<String, String> identity;

        private int epoch;
        private double best = -1;
        private int bestEpoch;
        private int worse;
        private List<float[]> bestState = List.of();
        private final List<Checkpoint> history = new ArrayList<>();

        Run(
                Backbone.Learnt recipe,
                Wrapper around,
                Interactions train,
                Optional<ReviewTexts> text,
                Engine engine,
                NDManager manager) {
            this.engine = engine;
            this.manager = manager;
            this.batches = new Batches(train, settings.batchSize());
            this.backbone = recipe.start(train, settings.width(), settings.seed(), manager);
            Optional<ReviewTexts> used = text.filter(ReviewTexts::present);
            Wrapper chosen = used.isPresent() ? around : new Unwrapped();
            this.wrapper = chosen.start(new Wrapper.Start(
                    recipe,
                    backbone,
                    train,
                    used.orElseGet(() -> ReviewTexts.silent(train)),
                    settings.width(),
                    settings.learningRate(),
                    batches.count(),
                    settings.seed(),
                    manager));
            this.parameters = new ArrayList<>(backbone.parameters());
            parameters.addAll(wrapper.parameters());
            this.penalised = new ArrayList<>(backbone.parameters());
            penalised.addAll(wrapper.penalised());
            List<LossTerm> terms = new ArrayList<>(recipe.terms());
            terms.add(new SquaredNorm(settings.squaredNormWeight()));
            terms.addAll(wrapper.terms());
            this.objective = new Objective(terms);
            this.adam = new Adam(settings.learningRate(), parameters);
            this.identity = new LinkedHashMap<>(settings.byName());
            identity.put("trained backbone", recipe.name());
            identity.put("trained wrapper", chosen.name());
            identity.put("interactions", fingerprint(train));
            // all reviews are gone through for it, which a run that keeps nothing need not wait for
            if (checkpoints.isPresent() && !(chosen instanceof Unwrapped)) {
                used.ifPresent(read -> identity.put("text", read.fingerprint()));
            }
        }

        /** Takes one step per batch and gives the mean loss. */
        double oneEpoch() {
            epoch++;
            List<Batch> epochBatches = batches.epoch(seedOf(0));
            double sum = 0;
            for (int b = 0; b < epochBatches.size(); b++) {
                wrapper.beforeStep((epoch - 1L) * epochBatches.size() + b);
                try (Tape tape = new Tape(manager, engine)) {
                    NDArray loss = objective.value(forward(tape, epochBatches.get(b), seedOf(b + 1)));
                    tape.backward(loss);
                    double value = loss.getFloat();
                    if (!Double.isFinite(value)) {
                        throw new IllegalStateException("the loss is " + value + " in epoch " + epoch + ", batch "
                                + (b + 1) + "; try a smaller learning rate or a higher temperature");
                    }
                    sum += value;
                    adam.step(tape);
                }
                wrapper.afterStep();
            }
            return sum / epochBatches.size();
        }

        private Forward forward(Tape tape, Batch batch, long stepSeed) {
            return new Forward(tape, batch, backbone.forward(tape, stepSeed), penalised);
        }

        /** Each weighted term's gradient norm over the sum of norms, on the first batch of the epoch; by name. */
        Map<String, Double> gradientShares() {
            Batch batch = batches.epoch(seedOf(0)).get(0);
            Map<String, Double> norms = new LinkedHashMap<>();
            for (LossTerm term : objective.terms()) {
                try (Tape tape = new Tape(manager, engine)) {
                    tape.backward(Scaled.times(term.value(forward(tape, batch, seedOf(1))), term.weight()));
                    double squares = 0;
                    for (Parameter parameter : parameters) {
                        squares += tape.gradient(parameter).square().sum().getFloat();
                    }
                    // a backbone may have an L2 term of its own beside that of all parameters
                    norms.merge(term.name(), Math.sqrt(squares), Double::sum);
                }
            }
            double sum = norms.values().stream().mapToDouble(x -> x).sum();
            norms.replaceAll((name, norm) -> sum == 0 ? 0 : norm / sum);
            return norms;
        }

        void judged(Checkpoint checkpoint) {
            history.add(checkpoint);
            if (checkpoint.recall() > best) {
                best = checkpoint.recall();
                bestEpoch = epoch;
                bestState = state();
                worse = 0;
            } else {
                worse++;
            }
        }

        void save(boolean last) {
            checkpoints.filter(files -> last || files.due()).ifPresent(files -> {
                try {
                    files.write(new Saved(
                            new Standing(identity, epoch, adam.steps(), best, bestEpoch, worse, history),
                            state(),
                            adam.moments(),
                            wrapper.memory(),
                            bestState));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        void resume() {
            if (checkpoints.isEmpty()) {
                return;
            }
            try {
                checkpoints.get().read(identity).ifPresent(saved -> {
                    epoch = saved.standing().epoch();
                    best = saved.standing().best();
                    bestEpoch = saved.standing().bestEpoch();
                    worse = saved.standing().worse();
                    history.addAll(saved.standing().history());
                    bestState = saved.bestState();
                    restore(saved.parameters());
                    adam.restore(saved.standing().adamSteps(), saved.moments());
                    wrapper.remember(saved.memory());
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Factors text() {
            return wrapper.known().orElseGet(wrapper::aligned);
        }

        Factors interaction() {
            return backbone.vectors().normalised();
        }

        List<float[]> state() {
            return parameters.stream().map(Parameter::toFloatArray).toList();
        }

        void restore(List<float[]> state) {
            for (int i = 0; i < state.size(); i++) {
                parameters.get(i).set(state.get(i));
            }
        }

        private long seedOf(int step) {
            return (settings.seed() * 1_000_003L + epoch) * 1_000_003L + step;
        }
    }

    /** Tells other interactions apart; nobody tries to forge them. */
    private static String fingerprint(Interactions train) {
        CRC32 crc = new CRC32();
        for (int user = 0; user < train.users(); user++) {
            ByteBuffer bytes = ByteBuffer.allocate((1 + train.countOf(user)) * Integer.BYTES);
            bytes.putInt(user);
            for (int item : train.itemsOf(user)) {
                bytes.putInt(item);
            }
            crc.update(bytes.array());
        }
        return train.users() + " users, " + train.items() + " items, " + train.count() + " pairs, CRC "
                + Long.toHexString(crc.getValue());
    }
}
