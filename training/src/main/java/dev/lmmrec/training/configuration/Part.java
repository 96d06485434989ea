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
 */
public record Part(String name, Map<String, List<Double>> settings) {

    /** Copies the map. */
    public Part {
        Map<String, List<Double>> copy = new LinkedHashMap<>();
        settings.forEach((setting, values) -> copy.put(setting, List.copyOf(values)));
        settings = Collections.unmodifiableMap(copy);
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
}
