package dev.lmmrec.training.configuration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A backbone or wrapper and what is said of its settings.
 *
 * @param name in its catalogue
 * @param settings what each setting may be: one value is fixed, several are searched on validation; a setting that is
 *     not named is searched over its own grid, if it has one and there are trials, or has its default
 * @param fit settings of training by gradient that hold for this backbone instead of those for all
 * @param parts the backbones that a blend or a stack is made of; empty for every other
 */
public record Part(String name, Map<String, List<Double>> settings, Map<String, List<Double>> fit, List<Part> parts) {

    /** Copies the collections. */
    public Part {
        settings = copy(settings);
        fit = copy(fit);
        parts = List.copyOf(parts);
    }

    /**
     * A part trained as all are.
     *
     * @param name in its catalogue
     * @param settings what each setting may be
     */
    public Part(String name, Map<String, List<Double>> settings) {
        this(name, settings, Map.of(), List.of());
    }

    /**
     * A part of which nothing is said.
     *
     * @param name in its catalogue
     * @return the part
     */
    public static Part of(String name) {
        return new Part(name, Map.of());
    }

    /**
     * The same part, to which something holds that is said for all.
     *
     * @param setting of training by gradient; it is not in the part's own {@code fit}, nor in that of its parts
     * @return a new part
     */
    public Part withoutFit(String setting) {
        Map<String, List<Double>> rest = new LinkedHashMap<>(fit);
        rest.remove(setting);
        return new Part(
                name,
                settings,
                rest,
                parts.stream().map(part -> part.withoutFit(setting)).toList());
    }

    private static Map<String, List<Double>> copy(Map<String, List<Double>> settings) {
        Map<String, List<Double>> copy = new LinkedHashMap<>();
        settings.forEach((setting, values) -> copy.put(setting, List.copyOf(values)));
        return Collections.unmodifiableMap(copy);
    }
}
