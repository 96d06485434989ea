package dev.lmmrec.training.run;

import ai.djl.engine.Engine;
import dev.lmmrec.core.reason.StatementWeights;
import dev.lmmrec.models.Artefact;
import dev.lmmrec.training.data.Dataset;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.Split;
import dev.lmmrec.training.data.TextSides;
import dev.lmmrec.training.explanation.StatementOrderLearning;
import dev.lmmrec.training.export.ArtefactWriter;
import dev.lmmrec.training.export.ArtefactWriter.Origin;
import dev.lmmrec.training.export.ServingModel;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.fit.Trained;
import dev.lmmrec.training.fit.Trainer;
import dev.lmmrec.training.run.Comparison.Outcome;
import dev.lmmrec.training.text.ReviewTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** From a data set to an artefact: split, compare, choose, refit on everything, write. */
public final class ArtefactRun {

    private final Settings settings;
    private final Listener listener;
    private final Clock clock;
    private final Map<String, String> provenance;
    private final Unfinished unfinished;

    /**
     * Sets the run.
     *
     * @param settings its shape
     * @param listener is told how it goes on
     * @param clock dates the artefact
     * @param provenance what the caller knows of where the artefact comes from, for its manifest
     * @param unfinished what it goes on from, and where it leaves that
     */
    public ArtefactRun(
            Settings settings, Listener listener, Clock clock, Map<String, String> provenance, Unfinished unfinished) {
        this.settings = settings;
        this.listener = listener;
        this.clock = clock;
        this.provenance = Map.copyOf(provenance);
        this.unfinished = unfinished;
    }

    /**
     * What came out.
     *
     * @param artefact the sealed artefact
     * @param outcome the held-out evaluation
     */
    public record Written(Artefact artefact, Outcome outcome) {}

    /**
     * Runs.
     *
     * @param dataset what to train on
     * @param parent the folder that gets {@code VERSION/}
     * @param baselines whether to measure baselines too
     * @param refit whether to train the written model again on all interactions; without, it is trained on the training
     *     part, yet its text vectors and popularity still come from all reviews
     * @return the artefact and its evaluation
     * @throws RefusedInputException if nothing can be held out
     * @throws IOException if the artefact cannot be written
     */
    public Written write(Dataset dataset, Path parent, boolean baselines, boolean refit)
            throws IOException, RefusedInputException {
        long splitStarted = System.nanoTime();
        Split split = Split.random(dataset, settings.seed());
        listener.done(
                "split",
                split.train().count() + " training, " + split.validation().count() + " validation, "
                        + split.test().count() + " test interactions",
                splitStarted);
        Outcome outcome =
                new Comparison(settings, listener, unfinished).of(split, heldOutText(dataset, split), baselines);

        Optional<ReviewTexts> allText = Optional.of(ReviewTexts.of(dataset)).filter(ReviewTexts::present);
        Trained trained = outcome.served();
        if (refit) {
            long refitStarted = System.nanoTime();
            trained = new Trainer(
                            settings,
                            epoch -> listener.progress("refit", epoch, trainedEpochs(outcome)),
                            unfinished.of("refit"))
                    .refit(
                            Comparison.backbone(settings),
                            settings.newWrapper(),
                            dataset.interactions(),
                            allText.filter(text -> outcome.text()),
                            trainedEpochs(outcome));
            listener.done(
                    "refit on everything",
                    dataset.interactions().count() + " interactions, " + trainedEpochs(outcome) + " epochs",
                    refitStarted);
        }

        long statementsStarted = System.nanoTime();
        StatementWeights statements = StatementOrderLearning.from(dataset.rows());
        listener.done(
                "statements",
                statements.equals(StatementWeights.UNLEARNT)
                        ? "no reviews to learn their order from"
                        : "order learnt, each review left out in turn",
                statementsStarted);

        long writeStarted = System.nanoTime();
        ServingModel model = ServedState.of(
                dataset,
                dataset.interactions(),
                allText,
                TextSides.profilesOf(dataset),
                trained,
                outcome,
                settings,
                statements);
        Artefact artefact = new ArtefactWriter().write(parent, model, origin(dataset, split, outcome, refit));
        listener.done("write", "artefact " + artefact.manifest().version(), writeStarted);
        return new Written(artefact, outcome);
    }

    /**
     * The text that may be seen while pairs are held out.
     *
     * @param dataset the rows
     * @param split says what is held out
     * @return text vectors, or empty if no row has any
     */
    public static Optional<ReviewTexts> heldOutText(Dataset dataset, Split split) {
        return Optional.of(ReviewTexts.without(dataset, split)).filter(ReviewTexts::present);
    }

    private static int trainedEpochs(Outcome outcome) {
        return outcome.served().bestEpoch();
    }

    private Origin origin(Dataset dataset, Split split, Outcome outcome, boolean refit) {
        Map<String, Double> metrics = new TreeMap<>();
        outcome.metrics().byName().forEach((name, value) -> metrics.put("test." + name, value));
        metrics.put("validation.recall@20", outcome.validationRecall());
        outcome.rows().forEach(row -> row.test()
                .byName()
                .forEach((name, value) -> metrics.put("test." + name + " of " + row.model(), value)));
        Map<String, String> provenance = new TreeMap<>(this.provenance);
        provenance.putAll(settings.byName());
        provenance.put("epochs-trained", Integer.toString(outcome.served().bestEpoch()));
        provenance.put(
                "split",
                split.train().count() + " training, " + split.validation().count() + " validation, "
                        + split.test().count() + " test interactions of "
                        + dataset.rows().size() + " reviews");
        provenance.put(
                "weights",
                refit
                        ? "trained again on all interactions for the number of epochs found; the metrics are of the"
                                + " model before that, on held-out interactions"
                        : "trained on the training part alone; text vectors and popularity are of all reviews");
        provenance.put(
                "engine",
                Engine.getInstance().getEngineName() + " "
                        + Engine.getInstance().getVersion());
        provenance.put("java", Runtime.version().toString());
        provenance.put(
                "code",
                Optional.ofNullable(ArtefactRun.class.getPackage().getImplementationVersion())
                        .orElse("not packaged"));
        String name = Comparison.backbone(settings).name()
                + (outcome.text() ? "-" + settings.wrapper().name() : "");
        return new Origin(
                name,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                dataset.encoderId().orElse("none"),
                dataset.fingerprint(),
                metrics,
                provenance);
    }
}
