package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.Setting;
import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.configuration.Configuration;
import dev.lmmrec.training.configuration.Part;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.Shuffle;
import dev.lmmrec.training.experiment.CellResult.Trial;
import dev.lmmrec.training.experiment.Choice.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Chooses settings on the validation part of the first split. A grid that is no larger than the number of trials is
 * tried whole; of a larger one, settings are changed one at a time in a random order, and a change stays if it is
 * better, until nothing is or the trials are used up. Every model has the same number of trials, and the defaults are
 * always the first.
 */
final class Chooser {

    private final Backbones backbones;
    private final Wrappings wrappings;
    private final FitSettings fitSettings;
    private final Configuration configuration;

    Chooser(Catalogue catalogue, Wrappings wrappings, FitSettings fitSettings, Configuration configuration) {
        this.backbones = new Backbones(catalogue);
        this.wrappings = wrappings;
        this.fitSettings = fitSettings;
        this.configuration = configuration;
    }

    /** A setting that may be changed, and to what. */
    record Axis(Group group, String setting, List<Double> values) {}

    /** What was chosen and after which trials; none if there was nothing to choose. */
    record Chosen(Choice choice, List<Trial> trials) {

        Chosen {
            trials = List.copyOf(trials);
        }
    }

    /** Measures on validation. */
    @FunctionalInterface
    interface Measure {

        Trial of(Choice choice) throws IOException, RefusedInputException;
    }

    /** Chooses; the parts of a mixture are chosen first, each alone, with as many trials as any other backbone. */
    Chosen choose(Part backbone, Part wrapper, Measure measure) throws IOException, RefusedInputException {
        List<Choice> parts = new ArrayList<>();
        List<Trial> trialsOfParts = new ArrayList<>();
        for (Part part : backbone.parts()) {
            Chosen chosen = choose(part, Part.of(Alone.NAME), measure);
            parts.add(chosen.choice());
            trialsOfParts.addAll(chosen.trials());
        }
        Chosen chosen = choose(backbone, wrapper, start(backbone, wrapper, parts), measure);
        trialsOfParts.addAll(chosen.trials());
        return new Chosen(chosen.choice(), trialsOfParts);
    }

    private Chosen choose(Part backbone, Part wrapper, Choice start, Measure measure)
            throws IOException, RefusedInputException {
        List<Axis> axes = axes(backbone, wrapper, start);
        int trials = configuration.search().trials();
        if (trials == 1 || axes.isEmpty()) {
            return new Chosen(start, List.of());
        }
        Search search = new Search(measure, trials);
        search.tryOut(start);
        double size = axes.stream().mapToDouble(axis -> axis.values().size()).reduce(1, (a, b) -> a * b);
        if (size <= trials) {
            everything(search, start, axes, 0);
        } else {
            oneByOne(search, axes);
        }
        return new Chosen(search.best.choice(), List.copyOf(search.tried.values()));
    }

    /** The defaults, and what the configuration fixes. */
    private Choice start(Part backbone, Part wrapper, List<Choice> parts) {
        Wrapping wrapping = wrappings.named(wrapper.name());
        boolean learns = wrapping.learns(backbones.sample(backbone.name()));
        return new Choice(
                backbone.name(),
                values(backbones.settings(backbone.name()), backbone.settings()),
                wrapper.name(),
                values(wrapping.settings(), wrapper.settings()),
                learns ? values(fitSettings.settings(), fit(backbone)) : Map.of(),
                parts);
    }

    /** What is said of training for all, and instead of it for this backbone. */
    private Map<String, List<Double>> fit(Part backbone) {
        Map<String, List<Double>> fit = new LinkedHashMap<>(configuration.fit());
        fit.putAll(backbone.fit());
        return fit;
    }

    /** What may be changed: several values in the configuration, or the setting's own grid. */
    List<Axis> axes(Part backbone, Part wrapper, Choice start) {
        List<Axis> axes = new ArrayList<>();
        axes.addAll(axes(Group.BACKBONE, backbones.settings(backbone.name()), backbone.settings()));
        axes.addAll(axes(Group.WRAPPER, wrappings.named(wrapper.name()).settings(), wrapper.settings()));
        if (!start.fit().isEmpty()) {
            axes.addAll(axes(Group.FIT, fitSettings.settings(), fit(backbone)));
        }
        return axes;
    }

    private static List<Axis> axes(Group group, List<Setting> settings, Map<String, List<Double>> said) {
        return settings.stream()
                .map(setting -> new Axis(group, setting.name(), said.getOrDefault(setting.name(), setting.grid())))
                .filter(axis -> axis.values().size() > 1)
                .toList();
    }

    private static Map<String, Double> values(List<Setting> settings, Map<String, List<Double>> said) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Setting setting : settings) {
            List<Double> allowed = said.getOrDefault(setting.name(), List.of(setting.defaultValue()));
            values.put(
                    setting.name(), allowed.contains(setting.defaultValue()) ? setting.defaultValue() : allowed.get(0));
        }
        return values;
    }

    private static void everything(Search search, Choice choice, List<Axis> axes, int from)
            throws IOException, RefusedInputException {
        if (from == axes.size()) {
            search.tryOut(choice);
            return;
        }
        Axis axis = axes.get(from);
        for (double value : axis.values()) {
            everything(search, choice.with(axis.group(), axis.setting(), value), axes, from + 1);
        }
    }

    private void oneByOne(Search search, List<Axis> axes) throws IOException, RefusedInputException {
        SplittableRandom random = new SplittableRandom(configuration.search().seed());
        Choice before = null;
        while (search.hasTrials() && !search.best.choice().equals(before)) {
            before = search.best.choice();
            List<Axis> order = new ArrayList<>(axes);
            Shuffle.of(order, random);
            for (Axis axis : order) {
                for (double value : axis.values()) {
                    if (search.hasTrials()) {
                        search.tryOut(search.best.choice().with(axis.group(), axis.setting(), value));
                    }
                }
            }
        }
    }

    /** What was tried and what was best; of equal ones the first. */
    private static final class Search {

        private final Measure measure;
        private final int trialsMax;
        private final Map<Choice, Trial> tried = new LinkedHashMap<>();
        private Trial best;

        Search(Measure measure, int trialsMax) {
            this.measure = measure;
            this.trialsMax = trialsMax;
        }

        boolean hasTrials() {
            return tried.size() < trialsMax;
        }

        void tryOut(Choice choice) throws IOException, RefusedInputException {
            if (tried.containsKey(choice)) {
                return;
            }
            Trial trial = measure.of(choice);
            tried.put(choice, trial);
            if (best == null || trial.validationRecall() > best.validationRecall()) {
                best = trial;
            }
        }
    }
}
