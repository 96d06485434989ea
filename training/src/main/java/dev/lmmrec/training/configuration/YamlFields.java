package dev.lmmrec.training.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The fields of one mapping of a YAML file; what is wrong with them is noted and not thrown, so that all is found. */
final class YamlFields {

    private final String path;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Notes notes;

    /** What was found in a file: mistakes, and where fields are. */
    static final class Notes {

        final List<Problem> problems = new ArrayList<>();
        final Map<String, Integer> lines = new LinkedHashMap<>();

        void add(Node node, String field, String message) {
            problems.add(new Problem(lineOf(node), field, message));
        }
    }

    private YamlFields(String path, Notes notes) {
        this.path = path;
        this.notes = notes;
    }

    /** Reads a mapping; fields that are not known are noted. */
    static YamlFields of(Node node, String path, Set<String> known, Notes notes) {
        YamlFields fields = open(node, path, notes);
        fields.nodes.forEach((name, value) -> {
            if (!known.contains(name)) {
                notes.add(value, fields.pathOf(name), "is no field here; there are " + String.join(", ", known));
            }
        });
        return fields;
    }

    /** A mapping that is not there. */
    static YamlFields none(String path, Notes notes) {
        return new YamlFields(path, notes);
    }

    private static YamlFields open(Node node, String path, Notes notes) {
        YamlFields fields = new YamlFields(path, notes);
        if (!(node instanceof MappingNode mapping)) {
            notes.add(node, path.isEmpty() ? "the file" : path, "must have fields, such as 'name: value'");
            return fields;
        }
        Set<String> seen = new LinkedHashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
            if (!seen.add(name)) {
                notes.add(tuple.getKeyNode(), fields.pathOf(name), "is given twice");
            }
            fields.nodes.put(name, tuple.getValueNode());
            notes.lines.put(fields.pathOf(name), lineOf(tuple.getKeyNode()));
        }
        return fields;
    }

    Optional<Node> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    Optional<String> text(String name) {
        return node(name).flatMap(node -> {
            if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
                return Optional.of(scalar.getValue());
            }
            notes.add(node, pathOf(name), "must be a text");
            return Optional.empty();
        });
    }

    double number(String name, double min, double max, double otherwise) {
        return node(name)
                .flatMap(node -> number(node, pathOf(name)))
                .filter(value -> {
                    boolean allowed = value >= min && value <= max;
                    if (!allowed) {
                        notes.add(
                                nodes.get(name),
                                pathOf(name),
                                "is " + value + ", must be a number from " + min + " to " + max);
                    }
                    return allowed;
                })
                .orElse(otherwise);
    }

    long whole(String name, long min, long max, long otherwise) {
        return node(name).flatMap(node -> whole(node, pathOf(name), min, max)).orElse(otherwise);
    }

    Optional<Long> whole(Node node, String field, long min, long max) {
        Optional<Double> value = number(node, field);
        if (value.isPresent() && (value.get() != Math.rint(value.get()) || value.get() < min || value.get() > max)) {
            notes.add(
                    node,
                    field,
                    "is " + ((ScalarNode) node).getValue() + ", must be a whole number from " + min + " to " + max);
            return Optional.empty();
        }
        return value.map(Double::longValue);
    }

    /** The elements of a list; empty where there is none. */
    List<Node> list(String name) {
        return node(name)
                .map(node -> {
                    if (node instanceof SequenceNode sequence) {
                        return sequence.getValue();
                    }
                    notes.add(node, pathOf(name), "must be a list, such as '[a, b]'");
                    return List.<Node>of();
                })
                .orElse(List.of());
    }

    /** Named settings: a number, or a list of numbers to search. Which names there are is not known here. */
    Map<String, List<Double>> settings(String name) {
        Map<String, List<Double>> settings = new LinkedHashMap<>();
        node(name).ifPresent(node -> {
            YamlFields own = open(node, pathOf(name), notes);
            own.nodes.forEach((setting, value) -> {
                List<Node> values = value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
                if (values.isEmpty()) {
                    notes.add(value, own.pathOf(setting), "is an empty list; give a number or several");
                }
                List<Double> numbers = new ArrayList<>();
                values.forEach(each -> number(each, own.pathOf(setting)).ifPresent(numbers::add));
                if (!numbers.isEmpty()) {
                    settings.put(setting, numbers);
                }
            });
        });
        return settings;
    }

    private Optional<Double> number(Node node, String field) {
        if (node instanceof ScalarNode scalar) {
            // a switch is a number like the others
            if (scalar.getValue().equals("true") || scalar.getValue().equals("false")) {
                return Optional.of(scalar.getValue().equals("true") ? 1.0 : 0.0);
            }
            try {
                double value = Double.parseDouble(scalar.getValue());
                if (Double.isFinite(value)) {
                    return Optional.of(value);
                }
            } catch (NumberFormatException e) {
                // noted below, like what is no scalar
            }
        }
        notes.add(
                node,
                field,
                "is '" + (node instanceof ScalarNode scalar ? scalar.getValue() : "no single value")
                        + "', must be a number");
        return Optional.empty();
    }

    static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
