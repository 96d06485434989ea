package dev.lmmrec.local.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A Lambda event filter: an object that mirrors the event, with a list of alternatives at each leaf. Understood are
 * values (equality, null included), {@code exists}, {@code prefix}, {@code anything-but} and {@code numeric}; whatever
 * else AWS offers is refused when it is read. As on AWS, {@code exists} speaks of leaves: of an object it always says
 * that it does not exist.
 */
final class FilterPattern {

    private static final int DEPTH_MAX = 20;
    private static final Set<String> COMPARISONS = Set.of("=", ">", ">=", "<", "<=");

    private final Map<String, Node> fields;

    private FilterPattern(Map<String, Node> fields) {
        this.fields = fields;
    }

    private sealed interface Node {}

    private record Branch(Map<String, Node> fields) implements Node {}

    private record Leaf(List<Predicate<JsonNode>> alternatives) implements Node {}

    /**
     * Reads a pattern.
     *
     * @param pattern the JSON object
     * @return the filter
     * @throws IllegalArgumentException naming the place of what is not understood or can never match
     */
    public static FilterPattern parse(JsonNode pattern) {
        return new FilterPattern(branch(pattern, "", 0).fields());
    }

    private static Branch branch(JsonNode pattern, String at, int depth) {
        if (!pattern.isObject() || pattern.isEmpty() || depth > DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "filter" + at + " must be an object with fields, at most " + DEPTH_MAX + " deep: " + pattern);
        }
        Map<String, Node> fields = new LinkedHashMap<>();
        pattern.properties().forEach(field -> {
            String here = at + "." + field.getKey();
            if (field.getKey().startsWith("$")) {
                throw new IllegalArgumentException("filter" + here + " is not understood here");
            }
            JsonNode value = field.getValue();
            fields.put(field.getKey(), value.isArray() ? leaf(value, here) : branch(value, here, depth + 1));
        });
        return new Branch(fields);
    }

    private static Leaf leaf(JsonNode list, String at) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("filter" + at + " has no alternatives");
        }
        List<Predicate<JsonNode>> alternatives = new ArrayList<>();
        for (JsonNode alternative : list) {
            alternatives.add(alternative.isObject() ? comparison(alternative, at) : equality(alternative, at));
        }
        return new Leaf(alternatives);
    }

    private static Predicate<JsonNode> equality(JsonNode value, String at) {
        if (value.isContainerNode()) {
            throw new IllegalArgumentException("filter" + at + " compares with a list: " + value);
        }
        return actual -> equal(value, actual);
    }

    private static boolean equal(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.equals(actual);
    }

    private static Predicate<JsonNode> comparison(JsonNode rule, String at) {
        String name = rule.size() == 1 ? rule.fieldNames().next() : "";
        JsonNode value = rule.path(name);
        return switch (name) {
            case "exists" -> exists(value, rule, at);
            case "prefix" -> prefix(value, rule, at);
            case "anything-but" -> anythingBut(value, rule, at);
            case "numeric" -> numeric(value, rule, at);
            default -> throw notUnderstood(rule, at);
        };
    }

    private static Predicate<JsonNode> exists(JsonNode value, JsonNode rule, String at) {
        if (!value.isBoolean()) {
            throw notUnderstood(rule, at);
        }
        return actual -> actual.isValueNode() == value.booleanValue();
    }

    private static Predicate<JsonNode> prefix(JsonNode value, JsonNode rule, String at) {
        if (!value.isTextual()) {
            throw notUnderstood(rule, at);
        }
        return actual -> actual.isTextual() && actual.textValue().startsWith(value.textValue());
    }

    private static Predicate<JsonNode> anythingBut(JsonNode value, JsonNode rule, String at) {
        Set<JsonNode> excluded = new LinkedHashSet<>();
        if (value.isArray()) {
            value.forEach(excluded::add);
        } else {
            excluded.add(value);
        }
        if (excluded.isEmpty() || !excluded.stream().allMatch(one -> one.isTextual() || one.isNumber())) {
            throw notUnderstood(rule, at);
        }
        return actual -> actual.isValueNode() && excluded.stream().noneMatch(one -> equal(one, actual));
    }

    private static Predicate<JsonNode> numeric(JsonNode value, JsonNode rule, String at) {
        if (at.endsWith(".N")) {
            throw new IllegalArgumentException(
                    "filter" + at + ": DynamoDB's numbers are strings in the event, so numeric never matches: " + rule);
        }
        if (!value.isArray() || value.isEmpty() || value.size() % 2 != 0) {
            throw notUnderstood(rule, at);
        }
        Predicate<JsonNode> all = JsonNode::isNumber;
        for (int i = 0; i < value.size(); i += 2) {
            String comparison = value.get(i).asText();
            JsonNode bound = value.get(i + 1);
            if (!COMPARISONS.contains(comparison) || !bound.isNumber()) {
                throw notUnderstood(rule, at);
            }
            all = all.and(actual -> holds(comparison, actual.decimalValue().compareTo(bound.decimalValue())));
        }
        return all;
    }

    private static boolean holds(String comparison, int order) {
        return switch (comparison) {
            case "=" -> order == 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            default -> order <= 0;
        };
    }

    private static IllegalArgumentException notUnderstood(JsonNode rule, String at) {
        return new IllegalArgumentException("filter" + at + ": " + rule
                + " is not understood here; there are values, exists, prefix, anything-but and numeric");
    }

    /**
     * Whether an event passes.
     *
     * @param event the event's JSON
     * @return true if every leaf has an alternative that holds
     */
    public boolean matches(JsonNode event) {
        return matches(fields, event);
    }

    private static boolean matches(Map<String, Node> fields, JsonNode event) {
        return fields.entrySet().stream().allMatch(field -> {
            JsonNode actual = event.path(field.getKey());
            if (field.getValue() instanceof Branch branch) {
                return matches(branch.fields(), actual);
            }
            return ((Leaf) field.getValue())
                    .alternatives().stream().anyMatch(alternative -> holds(alternative, actual));
        });
    }

    /** A list matches if one of its elements does. */
    private static boolean holds(Predicate<JsonNode> alternative, JsonNode actual) {
        if (actual.isArray() && !actual.isEmpty()) {
            for (JsonNode element : actual) {
                if (alternative.test(element)) {
                    return true;
                }
            }
            return false;
        }
        return alternative.test(actual);
    }
}
