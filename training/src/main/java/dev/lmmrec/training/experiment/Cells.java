package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.blend.Part;
import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.data.Interactions;
import dev.lmmrec.training.data.Interactions.Pair;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.Source;
import dev.lmmrec.training.evaluation.Evaluation;
import dev.lmmrec.training.evaluation.Metrics;
import dev.lmmrec.training.evaluation.Scorer;
import dev.lmmrec.training.evaluation.Slices;
import dev.lmmrec.training.experiment.CellResult.Computed;
import dev.lmmrec.training.experiment.CellResult.Trial;
import dev.lmmrec.training.fit.Checkpoints;
import dev.lmmrec.training.fit.Trainer;
import dev.lmmrec.training.run.Listener;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Computes cells and trials, each once: what is already kept is read. */
final class Cells {

    private static final int CUTOFF = 20;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long PARTS_MAX = 1_000;

    private final Source source;
    private final Backbones backbones;
    private final Wrappings wrappings;
    private final CellFiles files;
    private final Host host;
    private final Clock clock;
    private final Listener listener;
    private final Duration pause;
    private final String data;

    Cells(
            Source source,
            Catalogue catalogue,
            Wrappings wrappings,
            CellFiles files,
            Host host,
            Clock clock,
            Listener listener,
            Duration pause) {
        this.source = source;
        this.backbones = new Backbones(catalogue);
        this.wrappings = wrappings;
        this.files = files;
        this.host = host;
        this.clock = clock;
        this.listener = listener;
        this.pause = pause;
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
        CellResult result = compute(cell, name);
        double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
        files.writeForPeople(
                name.replaceFirst("cells/", "computed/"),
                new Computed(seconds, clock.instant().toString(), host.machine(), host.commit(), host.command()));
        // last, so that whoever finds a cell finds how it was computed
        files.write(name, result);
        files.finished(name);
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
                        .of(fit(choice, task, seed, new Place(name, choice.model()))
                                .onValidation())
                        .recallAt(CUTOFF));
        files.write(name, trial);
        files.finished(name);
        listener.done(
                "try " + choice.model(),
                String.format(Locale.ROOT, "validation Recall@20 %.4f", trial.validationRecall()),
                started);
        return trial;
    }

    private Task task(long seed) throws RefusedInputException {
        return new Task(source.split(seed), source.dataset());
    }

    private CellResult compute(Cell cell, String name) throws RefusedInputException {
        Task clean = task(cell.seed());
        Task task = cell.noise().corrupt(clean, cell.seed());
        Fitted fitted = fit(cell.choice(), task, cell.seed(), new Place(name, cell.label()));
        Interactions seen = union(clean.split().train(), task.split().train());
        Evaluation.Measured test = new Evaluation(seen, clean.split().test()).measure(fitted.scorer());
        Slices slices = new Slices(clean.split().train());
        return new CellResult(
                cell,
                data,
                new Evaluation(seen, clean.split().validation())
                        .of(fitted.onValidation())
                        .byName(),
                test.metrics().byName(),
                slices.users(test.placements(), CUTOFF),
                slices.items(test.placements(), CUTOFF),
                fitted.bestEpoch(),
                fitted.history(),
                fitted.notes(),
                test.placements());
    }

    /** Where a training keeps its checkpoints, and what people call it. */
    private record Place(String name, String label) {

        Place part(int index, String model) {
            return new Place(name + "/part-" + index, label + ", part " + index + ": " + model);
        }
    }

    private Fitted fit(Choice choice, Task task, long seed, Place place) throws RefusedInputException {
        Wrapping wrapping = wrappings.named(choice.wrapper());
        Optional<Mixture> mixture = Mixture.named(choice.backbone());
        if (mixture.isEmpty()) {
            return wrapping.fit(backbones.of(choice), task, trainer(choice, seed, place), choice.wrapperSettings());
        }
        Fitted mixed = mixed(mixture.get(), choice, task, seed, place);
        return choice.wrapper().equals(Alone.NAME)
                ? mixed
                : wrapping.fit(
                        backbones.solved(choice.backbone(), mixed),
                        task,
                        trainer(choice, seed, place),
                        choice.wrapperSettings());
    }

    private Fitted mixed(Mixture mixture, Choice choice, Task task, long seed, Place place)
            throws RefusedInputException {
        mixture.requireEnough(task.split().validation());
        List<Part> parts = new ArrayList<>();
        Map<String, String> notes = new TreeMap<>();
        for (int i = 0; i < choice.parts().size(); i++) {
            Choice part = choice.parts().get(i);
            String name = (i + 1) + " " + part.backbone();
            long started = System.nanoTime();
            // two parts that differ in nothing but this are two draws of one model
            Fitted fitted = fit(part, task, seed * PARTS_MAX + i, place.part(i + 1, part.backbone()));
            parts.add(new Part(name, Scorer.inTurn(fitted.scorer())));
            Metrics alone = task.validation().of(fitted.onValidation());
            notes.put(
                    "part " + name,
                    String.format(
                            Locale.ROOT,
                            "validation Recall@20 %.4f, NDCG@20 %.4f",
                            alone.recallAt(CUTOFF),
                            alone.ndcgAt(CUTOFF)));
            listener.done(place.label() + ", part " + name, notes.get("part " + name), started);
        }
        Fitted mixed = mixture.mix(parts, task.split().train(), task.split().validation());
        notes.putAll(mixed.notes());
        return new Fitted(mixed.scorer(), mixed.onValidation(), 0, List.of(), notes);
    }

    private Trainer trainer(Choice choice, long seed, Place place) {
        Map<String, Double> fit = choice.fit();
        int epochs = fit.isEmpty() ? 1 : fit.get("epochs").intValue();
        return new Trainer(
                FitSettings.of(choice, seed),
                epoch -> listener.progress("train " + place.label(), epoch, epochs),
                Optional.of(new Checkpoints(files.unfinished(place.name()), pause)));
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
