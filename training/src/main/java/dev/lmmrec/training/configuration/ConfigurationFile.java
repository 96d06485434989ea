package dev.lmmrec.training.configuration;

import dev.lmmrec.core.intake.ReviewFormat;
import dev.lmmrec.training.configuration.Configuration.Protocol;
import dev.lmmrec.training.configuration.Configuration.Search;
import dev.lmmrec.training.data.Source;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a configuration; {@link #EXAMPLE} shows every field. */
public final class ConfigurationFile {

    /** Every field with what it means. */
    public static final String EXAMPLE = """
            data:
              path: reviews.jsonl.gz       # or a folder with train.tsv, validation.tsv and test.tsv, or an export of rows
              format: auto                 # of a file of reviews
              motives: motives.jsonl.gz    # of a file of reviews, joined by user and item; may be left out
              core: 5                      # every user and item keeps so many interactions; 1 keeps all
              rating-min: 0                # a review counts as an interaction from this rating on
            split:
              protocol: by-data            # published, random (3:1:1 per user), or by-data
            fit:                           # training by gradient; one number is fixed, a list is searched
              dim: 32
              learning-rate: [0.001, 0.005]
              batch: 1024
              epochs: 150
              validate-every: 3
              patience: 5
              l2: 0.001
            backbones:                     # all of them if left out
              - popularity
              - name: ease
                settings:
                  ridge: [30, 100, 300]
              - lightgcn
              - name: blend                # weights are found on validation; or stack, which learns from ranks as well
                of:
                  - ease-normalised
                  - name: ssm
                    fit: {dim: 128}        # of this one, instead of those above
            wrappers:                      # what to put around each backbone
              - none
            search:
              trials: 8                    # combinations of settings each model may try on validation
              seed: 1
            evaluation:
              resamples: 10000             # draws of a paired bootstrap
            seeds: [1, 2, 3, 4, 5]         # of random splits and of training: one run each
            """;

    private static final Set<String> FIELDS =
            ordered("data", "split", "fit", "backbones", "wrappers", "search", "evaluation", "seeds");
    private static final int SEEDS_MAX = 1_000;

    /**
     * What reading gave.
     *
     * @param configuration what could be understood; whole only if there are no problems
     * @param problems all mistakes of form, in the order of the file
     * @param lines where each field is
     */
    public record Reading(Configuration configuration, List<Problem> problems, Map<String, Integer> lines) {

        /** Copies the collections. */
        public Reading {
            problems = List.copyOf(problems);
            lines = Map.copyOf(lines);
        }

        /**
         * Whether there is anything to check the meaning of.
         *
         * @return false if the file is no YAML or empty
         */
        public boolean isReadable() {
            return !lines.isEmpty();
        }

        /**
         * Adds where fields are to problems that were found in the configuration.
         *
         * @param found problems without lines
         * @return all problems, in the order of the file
         */
        public List<Problem> with(List<Problem> found) {
            List<Problem> all = new ArrayList<>(problems);
            found.forEach(problem -> all.add(new Problem(lineOf(problem.field()), problem.field(), problem.message())));
            all.sort((a, b) -> Integer.compare(a.line(), b.line()));
            return all;
        }

        private int lineOf(String field) {
            for (String known = field; !known.isEmpty(); ) {
                if (lines.containsKey(known)) {
                    return lines.get(known);
                }
                int end = Math.max(known.lastIndexOf('.'), known.lastIndexOf('['));
                known = end < 0 ? "" : known.substring(0, end);
            }
            return 0;
        }
    }

    private ConfigurationFile() {}

    /**
     * Reads a file. Paths in it are relative to the folder it lies in.
     *
     * @param file YAML
     * @return what it says, and all that is wrong with its form
     * @throws IOException if it cannot be read
     */
    public static Reading read(Path file) throws IOException {
        YamlFields.Notes notes = new YamlFields.Notes();
        Node root;
        try (Reader reader = Files.newBufferedReader(file)) {
            root = new Yaml(new LoaderOptions()).compose(reader);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            return new Reading(
                    Configuration.DEFAULTS,
                    List.of(new Problem(line, "the file", "is no YAML here: " + e.getProblem())),
                    Map.of());
        } catch (YAMLException e) {
            return new Reading(
                    Configuration.DEFAULTS,
                    List.of(new Problem(0, "the file", "is no YAML: " + e.getMessage())),
                    Map.of());
        }
        if (root == null) {
            return new Reading(
                    Configuration.DEFAULTS,
                    List.of(new Problem(1, "the file", "is empty; name at least data")),
                    Map.of());
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        Configuration configuration = configuration(root, folder, notes);
        notes.problems.sort((a, b) -> Integer.compare(a.line(), b.line()));
        return new Reading(configuration, notes.problems, notes.lines);
    }

    private static Configuration configuration(Node root, Path folder, YamlFields.Notes notes) {
        YamlFields fields = YamlFields.of(root, "", FIELDS, notes);
        YamlFields search = child(fields, "search", ordered("trials", "seed"), notes);
        YamlFields evaluation = child(fields, "evaluation", ordered("resamples"), notes);
        return new Configuration(
                fields.node("data").flatMap(node -> origin(node, folder, notes)),
                protocol(fields, notes),
                fields.settings("fit"),
                parts(fields, "backbones", ordered("name", "settings", "fit", "of"), notes),
                parts(fields, "wrappers", ordered("name", "settings"), notes),
                new Search(
                        (int) search.whole(
                                "trials",
                                1,
                                10_000,
                                Configuration.DEFAULTS.search().trials()),
                        search.whole(
                                "seed",
                                0,
                                Long.MAX_VALUE,
                                Configuration.DEFAULTS.search().seed())),
                (int) evaluation.whole("resamples", 100, 1_000_000, Configuration.DEFAULTS.resamples()),
                seeds(fields, notes));
    }

    private static YamlFields child(YamlFields fields, String name, Set<String> known, YamlFields.Notes notes) {
        return fields.node(name)
                .map(node -> YamlFields.of(node, name, known, notes))
                .orElseGet(() -> YamlFields.none(name, notes));
    }

    private static Optional<Source.Origin> origin(Node node, Path folder, YamlFields.Notes notes) {
        YamlFields data =
                YamlFields.of(node, "data", ordered("path", "format", "motives", "core", "rating-min"), notes);
        ReviewFormat format = data.text("format")
                .flatMap(name -> {
                    try {
                        return Optional.of(ReviewFormat.named(name));
                    } catch (IllegalArgumentException e) {
                        notes.add(data.node("format").orElseThrow(), "data.format", "is no format: " + e.getMessage());
                        return Optional.empty();
                    }
                })
                .orElse(ReviewFormat.AUTO);
        int core = (int) data.whole("core", 1, 1_000, 1);
        double ratingMin = data.number("rating-min", 0, 5, 0);
        Optional<Path> motives = data.text("motives").map(folder::resolve);
        Optional<String> path = data.text("path");
        if (path.isEmpty() && data.node("path").isEmpty()) {
            notes.add(node, "data", "has no path");
        }
        return path.map(where -> new Source.Origin(folder.resolve(where), format, motives, core, ratingMin));
    }

    private static Protocol protocol(YamlFields fields, YamlFields.Notes notes) {
        YamlFields split = child(fields, "split", ordered("protocol"), notes);
        return split.text("protocol")
                .flatMap(name -> {
                    Optional<Protocol> found = Arrays.stream(Protocol.values())
                            .filter(protocol -> protocol.toString().equals(name))
                            .findFirst();
                    if (found.isEmpty()) {
                        notes.add(
                                split.node("protocol").orElseThrow(),
                                "split.protocol",
                                "is '" + name + "', must be one of "
                                        + Arrays.stream(Protocol.values())
                                                .map(Protocol::toString)
                                                .collect(Collectors.joining(", ")));
                    }
                    return found;
                })
                .orElse(Protocol.BY_DATA);
    }

    private static List<Part> parts(YamlFields fields, String name, Set<String> known, YamlFields.Notes notes) {
        List<Part> parts = new ArrayList<>();
        List<Node> nodes = fields.list(name);
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            String path = fields.pathOf(name) + "[" + i + "]";
            notes.lines.put(path, YamlFields.lineOf(node));
            if (node instanceof ScalarNode scalar) {
                parts.add(Part.of(scalar.getValue()));
                continue;
            }
            YamlFields part = YamlFields.of(node, path, known, notes);
            Optional<String> title = part.text("name");
            Map<String, List<Double>> settings = part.settings("settings");
            Map<String, List<Double>> fit = part.settings("fit");
            List<Part> of = parts(part, "of", ordered("name", "settings", "fit"), notes);
            if (part.node("name").isEmpty()) {
                notes.add(node, path, "has no name");
            }
            title.ifPresent(named -> parts.add(new Part(named, settings, fit, of)));
        }
        return parts;
    }

    private static List<Long> seeds(YamlFields fields, YamlFields.Notes notes) {
        if (fields.node("seeds").isEmpty()) {
            return Configuration.DEFAULTS.seeds();
        }
        Node node = fields.node("seeds").orElseThrow();
        List<Long> seeds = new ArrayList<>();
        List<Node> nodes = fields.list("seeds");
        for (int i = 0; i < nodes.size(); i++) {
            fields.whole(nodes.get(i), "seeds[" + i + "]", 0, Long.MAX_VALUE).ifPresent(seeds::add);
        }
        if (new LinkedHashSet<>(seeds).size() < seeds.size()) {
            notes.add(node, "seeds", "repeats a seed; each gives one run");
        }
        if (nodes.isEmpty() || nodes.size() > SEEDS_MAX) {
            notes.add(node, "seeds", "must be a list of 1 to " + SEEDS_MAX + " seeds");
        }
        return seeds.isEmpty() ? Configuration.DEFAULTS.seeds() : seeds;
    }

    private static Set<String> ordered(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }
}
