package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.Setting;
import dev.lmmrec.training.backbone.catalogue.Catalogue;
import dev.lmmrec.training.configuration.Configuration;
import dev.lmmrec.training.configuration.Configuration.Protocol;
import dev.lmmrec.training.configuration.Part;
import dev.lmmrec.training.configuration.Problem;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.data.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what a configuration says that cannot be: names that do not exist, values out of range, data that do not fit.
 */
public final class ConfigurationCheck {

    private final Backbones backbones;
    private final Wrappings wrappings;

    /**
     * Knows what there is.
     *
     * @param catalogue the backbones
     * @param wrappings what can be put around them
     */
    public ConfigurationCheck(Catalogue catalogue, Wrappings wrappings) {
        this.backbones = new Backbones(catalogue);
        this.wrappings = wrappings;
    }

    /**
     * What a check found.
     *
     * @param problems all mistakes, without their lines
     * @param source the data, if they could be read
     */
    public record Checked(List<Problem> problems, Optional<Source> source) {

        /** Copies the list. */
        public Checked {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Checks names and values, reads the data, and checks whether both go together.
     *
     * @param configuration what is said
     * @return all mistakes, and the data
     */
    public Checked check(Configuration configuration) {
        List<Problem> problems = new ArrayList<>();
        List<Part> parts = configuration.backbones();
        for (int i = 0; i < parts.size(); i++) {
            String field = "backbones[" + i + "]";
            repeated(parts, i, field, problems);
            backbone(field, parts.get(i), problems);
        }
        wrappers(configuration, problems);
        settings("fit", "fit", FitSettings.ofReviews().settings(), configuration.fit(), problems);
        Optional<Source> source = source(configuration, problems);
        source.ifPresent(data -> together(configuration, data, problems));
        return new Checked(problems, source);
    }

    private void backbone(String field, Part part, List<Problem> problems) {
        try {
            settings(field + ".settings", part.name(), backbones.settings(part.name()), part.settings(), problems);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(0, field, "is unknown: " + e.getMessage()));
        }
        settings(field + ".fit", "fit", FitSettings.ofReviews().settings(), part.fit(), problems);
        boolean mixture = Mixture.named(part.name()).isPresent();
        if (mixture && part.parts().size() < 2) {
            problems.add(new Problem(0, field, "is a " + part.name() + "; name two backbones or more with of"));
        } else if (!mixture && !part.parts().isEmpty()) {
            problems.add(new Problem(
                    0, field + ".of", "is for " + List.of(Mixture.values()) + " alone, not for " + part.name()));
        }
        for (int i = 0; i < part.parts().size(); i++) {
            String within = field + ".of[" + i + "]";
            Part inner = part.parts().get(i);
            if (Mixture.named(inner.name()).isPresent()) {
                problems.add(new Problem(0, within, "is a " + inner.name() + "; a mixture cannot be part of another"));
            } else {
                backbone(within, inner, problems);
            }
        }
    }

    private void wrappers(Configuration configuration, List<Problem> problems) {
        List<Part> parts = configuration.wrappers();
        for (int i = 0; i < parts.size(); i++) {
            String field = "wrappers[" + i + "]";
            repeated(parts, i, field, problems);
            try {
                Wrapping wrapping = wrappings.named(parts.get(i).name());
                settings(
                        field + ".settings",
                        wrapping.name(),
                        wrapping.settings(),
                        parts.get(i).settings(),
                        problems);
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(0, field, "is unknown: " + e.getMessage()));
            }
        }
    }

    private static void repeated(List<Part> parts, int i, String field, List<Problem> problems) {
        for (int before = 0; before < i; before++) {
            if (parts.get(before).name().equals(parts.get(i).name())) {
                problems.add(new Problem(
                        0,
                        field,
                        "repeats " + parts.get(i).name() + "; give several values of a"
                                + " setting to have them searched"));
                return;
            }
        }
    }

    private static void settings(
            String field, String of, List<Setting> known, Map<String, List<Double>> said, List<Problem> problems) {
        Map<String, Setting> byName = new LinkedHashMap<>();
        known.forEach(setting -> byName.put(setting.name(), setting));
        said.forEach((name, values) -> {
            Setting setting = byName.get(name);
            if (setting == null) {
                problems.add(new Problem(
                        0,
                        field + "." + name,
                        "is no setting of " + of + "; "
                                + (byName.isEmpty()
                                        ? "it has none"
                                        : "there are " + String.join(", ", byName.keySet()))));
                return;
            }
            values.stream()
                    .filter(value -> !setting.allows(value))
                    .forEach(value -> problems.add(new Problem(
                            0,
                            field + "." + name,
                            "is " + ResultTables.number(value) + ", must be " + setting.range() + " ("
                                    + setting.meaning() + ")")));
        });
    }

    private static Optional<Source> source(Configuration configuration, List<Problem> problems) {
        if (configuration.data().isEmpty()) {
            problems.add(new Problem(0, "data", "is missing; name the data with data.path or --data"));
            return Optional.empty();
        }
        Source.Origin origin = configuration.data().get();
        boolean exists = true;
        if (!Files.exists(origin.path())) {
            problems.add(new Problem(0, "data.path", "does not exist: " + origin.path()));
            exists = false;
        }
        if (origin.motives().isPresent() && !Files.exists(origin.motives().get())) {
            problems.add(new Problem(
                    0, "data.motives", "does not exist: " + origin.motives().get()));
            exists = false;
        }
        if (!exists) {
            return Optional.empty();
        }
        try {
            return Optional.of(Source.open(origin, (bytes, bytesMax) -> {}));
        } catch (RefusedInputException | IOException | UncheckedIOException e) {
            problems.add(new Problem(0, "data", "cannot be used: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private void together(Configuration configuration, Source data, List<Problem> problems) {
        boolean published = data instanceof Source.Published;
        if (configuration.protocol() == Protocol.PUBLISHED && !published) {
            problems.add(new Problem(
                    0, "split.protocol", "is published, but the data are reviews, which come in one part; use random"));
        } else if (configuration.protocol() == Protocol.RANDOM && published) {
            problems.add(new Problem(0, "split.protocol", "is random, but the data come split already; use published"));
        }
        try {
            int users = data.split(configuration.seeds().get(0)).train().users();
            int items = data.split(configuration.seeds().get(0)).train().items();
            for (double width : configuration.fit().getOrDefault("dim", List.of())) {
                if (width > Math.min(users, items)) {
                    problems.add(new Problem(
                            0,
                            "fit.dim",
                            "is " + ResultTables.number(width) + ", more than the data allow: " + users + " users and "
                                    + items + " items have no more than " + Math.min(users, items) + " dimensions"));
                }
            }
        } catch (RefusedInputException e) {
            problems.add(new Problem(0, "data", "cannot be split: " + e.getMessage()));
        }
        for (int i = 0; i < configuration.wrappers().size(); i++) {
            String name = configuration.wrappers().get(i).name();
            String field = "wrappers[" + i + "]";
            wrappings.all().stream()
                    .filter(wrapping -> wrapping.name().equals(name))
                    .flatMap(wrapping -> wrapping.missing(data.dataset()).stream())
                    .forEach(missing -> problems.add(new Problem(0, field, "is " + name + ", but " + missing)));
        }
    }
}
