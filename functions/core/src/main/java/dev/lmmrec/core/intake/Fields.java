package dev.lmmrec.core.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one line's object, read by type: a missing field and a JSON null are null, a value of another type is a
 * {@link BadLineException} that names the field. Where several names are given the first present one counts.
 */
final class Fields {

    private static final int SHOWN_LENGTH_MAX = 60;

    private final JsonNode object;

    private Fields(JsonNode object) {
        this.object = object;
    }

    static Fields of(JsonNode node) throws BadLineException {
        if (!node.isObject()) {
            throw new BadLineException("is " + shown(node) + ", must be an object with named fields");
        }
        return new Fields(node);
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** Says whether the name is there at all, be it with a null. */
    boolean names(String name) {
        return object.has(name);
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    String text(String... names) throws BadLineException {
        String name = present(names);
        if (name == null) {
            return null;
        }
        JsonNode value = object.get(name);
        if (!value.isTextual()) {
            throw wrongType(name, value, "a text");
        }
        return value.textValue();
    }

    /** An id: a text, or a whole number taken as its digits. */
    String id(String... names) throws BadLineException {
        String name = present(names);
        if (name == null) {
            return null;
        }
        JsonNode value = object.get(name);
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw wrongType(name, value, "a text or a whole number");
        }
        return value.asText();
    }

    Double number(String... names) throws BadLineException {
        String name = present(names);
        if (name == null) {
            return null;
        }
        JsonNode value = object.get(name);
        if (!value.isNumber()) {
            throw wrongType(name, value, "a number");
        }
        return value.doubleValue();
    }

    Long wholeNumber(String... names) throws BadLineException {
        String name = present(names);
        if (name == null) {
            return null;
        }
        JsonNode value = object.get(name);
        if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw wrongType(name, value, "a whole number");
        }
        return value.longValue();
    }

    Boolean flag(String... names) throws BadLineException {
        String name = present(names);
        if (name == null) {
            return null;
        }
        JsonNode value = object.get(name);
        if (!value.isBoolean()) {
            throw wrongType(name, value, "true or false");
        }
        return value.booleanValue();
    }

    List<Fields> objects(String name) throws BadLineException {
        JsonNode value = object.get(name);
        if (value == null || !value.isArray()) {
            throw new BadLineException(name + ": is " + shown(value) + ", must be a list");
        }
        List<Fields> objects = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isObject()) {
                throw wrongType(name + "[" + i + "]", value.get(i), "an object");
            }
            objects.add(new Fields(value.get(i)));
        }
        return objects;
    }

    private String present(String... names) {
        for (String name : names) {
            if (has(name)) {
                return name;
            }
        }
        return null;
    }

    private static BadLineException wrongType(String name, JsonNode value, String expected) {
        return new BadLineException(name + ": is " + shown(value) + ", must be " + expected);
    }

    private static String shown(JsonNode value) {
        if (value == null) {
            return "missing";
        }
        String kind =
                switch (value.getNodeType()) {
                    case STRING -> "the text ";
                    case NUMBER -> "the number ";
                    case ARRAY -> "the list ";
                    case OBJECT -> "the object ";
                    default -> "";
                };
        return kind + Excerpt.of(value.toString(), SHOWN_LENGTH_MAX);
    }
}
