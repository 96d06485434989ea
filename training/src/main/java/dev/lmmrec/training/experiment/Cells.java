package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.Source;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.Slices;
import dev.lmmrec.training.experiment.CellResult.Computed;
import dev.lmmrec.training.experiment.CellResult.Trial;
import dev.lmmrec.training.run.Listener;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Computes cells and trials, each once: what is already kept is read. */
final class Cells {

    private static final int CUTOFF = 20;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Source source;
    private final Catalogue catalogue;
    private final Wrappings wrappings;
    private final CellFiles files;
    private final Host host;
    private final Clock clock;
    private final Listener listener;
    private final String data;

    Cells(
            Source source,
            Catalogue catalogue,
            Wrappings wrappings,
            CellFiles files,
            Host host,
            Clock clock,
            Listener listener) {
        this.source = source;
        this.catalogue = catalogue;
        this.wrappings = wrappings;
        this.files = files;
        this.host = host;
        this.clock = clock;
        this.listener = listener;
        this.data = source.fingerprint();
    }

    /** What a file's name stands for: a cell of the same settings on other data is another cell. */
    private record Named(String data, Object content) {}

    /** Computes a cell, or reads it. */
    CellResult result(Cell cell) throws IOException, RefusedInputException {
        String name = "cells/" + files.name(cell.label() + "-" + cell.seed(), new Named(data, cell));
        Optional<CellResult> kept = files.read(name, CellResult.class);
        if (kept.isPresent()) {
            return kept.get();
        }
        long started = System.nanoTime();
        CellResult result = compute(cell);
        double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
        files.writeForPeople(
                name.replaceFirst("cells/", "computed/"),
                new Computed(seconds, clock.instant().toString(), host.machine(), host.commit(), host.command()));
        // last, so that whoever finds a cell finds how it was computed
        files.write(name, result);
        listener.done(
                "cell " + cell.label() + ", seed " + cell.seed(),
                String.format(
                        Locale.ROOT,
                        "Recall@20 %.4f, NDCG@20 %.4f",
                        result.test().get("recall@20"),
                        result.test().get("ndcg@20")),
                started);
        return result;
    }

    /** How a cell was computed; empty for one that was not. */
    Optional<Computed> computed(Cell cell) throws IOException {
        return files.read(
                "computed/" + files.name(cell.label() + "-" + cell.seed(), new Named(data, cell)), Computed.class);
    }

    /** Measures settings on the validation part, or reads what was measured. */
    Trial trial(Choice choice, long seed) throws IOException, RefusedInputException {
        String name = "trials/" + files.name(choice.model() + "-" + seed, new Named(data, List.of(choice, seed)));
        Optional<Trial> kept = files.read(name, Trial.class);
        if (kept.isPresent()) {
            return kept.get();
        }
        long started = System.nanoTime();
        Task task = task(seed);
        Trial trial = new Trial(
                choice,
                task.validation()
                        .of(fit(choice, task, seed, choice.model()).scorer())
                        .recallAt(CUTOFF));
        files.write(name, trial);
        listener.done(
                "try " + choice.model(),
                String.format(Locale.ROOT, "validation Recall@20 %.4f", trial.validationRecall()),
                started);
        return trial;
    }

    private Task task(long seed) throws RefusedInputException {
        return new Task(source.split(seed), source.dataset());
    }

    private CellResult compute(Cell cell) throws RefusedInputException {
        Task clean = task(cell.seed());
        Task task = cell.noise().corrupt(clean, cell.seed());
        Fitted fitted = fit(cell.choice(), task, cell.seed(), cell.label());
        Interactions seen = union(clean.split().train(), task.split().train());
        Evaluation.Measured test = new Evaluation(seen, clean.split().test()).measure(fitted.scorer());
        Slices slices = new Slices(clean.split().train());
        return new CellResult(
                cell,
                data,
                new Evaluation(seen, clean.split().validation())
                        .of(fitted.scorer())
                        .byName(),
                test.metrics().byName(),
                slices.users(test.placements(), CUTOFF),
                slices.items(test.placements(), CUTOFF),
                fitted.bestEpoch(),
                fitted.history(),
                fitted.notes(),
                test.placements());
    }

    private Fitted fit(Choice choice, Task task, long seed, String label) {
        Backbone backbone = catalogue.recipe(choice.backbone()).make(choice.backboneSettings());
        Map<String, Double> fit = choice.fit();
        int epochs = fit.isEmpty() ? 1 : fit.get("epochs").intValue();
        return wrappings
                .named(choice.wrapper())
                .fit(
                        backbone,
                        task,
                        FitSettings.of(choice, seed),
                        choice.wrapperSettings(),
                        epoch -> listener.progress("train " + label, epoch, epochs));
    }

    /** With corrupted interactions neither what was met nor what was made up is recommended. */
    private static Interactions union(Interactions clean, Interactions corrupted) {
        if (clean == corrupted) {
            return clean;
        }
        List<Pair> pairs = new ArrayList<>();
        for (int user = 0; user < clean.users(); user++) {
            for (int item : clean.itemsOf(user)) {
                pairs.add(new Pair(user, item));
            }
            for (int item : corrupted.itemsOf(user)) {
                pairs.add(new Pair(user, item));
            }
        }
        return Interactions.of(clean.users(), clean.items(), pairs);
    }
}
