package dev.lmmrec.training.backbone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a part of a model is made from numbers: what a configuration may name, and what a search may try.
 *
 * @param <T> what is made, such as a backbone
 */
public final class Recipe<T> {

    private final String name;
    private final List<Setting> settings;
    private final Function<Map<String, Double>, T> maker;

    /**
     * Describes how something is made.
     *
     * @param name as in configurations and tables, such as {@code lightgcn}
     * @param settings what can be set
     * @param maker is given a value for every setting
     */
    public Recipe(String name, List<Setting> settings, Function<Map<String, Double>, T> maker) {
        this.name = name;
        this.settings = List.copyOf(settings);
        this.maker = maker;
    }

    /**
     * Its name.
     *
     * @return as in configurations and tables
     */
    public String name() {
        return name;
    }

    /**
     * What can be set.
     *
     * @return in a fixed order
     */
    public List<Setting> settings() {
        return settings;
    }

    /**
     * All values, the defaults for those not chosen.
     *
     * @param chosen values by the names of settings
     * @return a value for every setting, in the order of the settings
     * @throws IllegalArgumentException naming everything that is unknown or not allowed
     */
    public Map<String, Double> complete(Map<String, Double> chosen) {
        List<String> problems = problems(chosen);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Map<String, Double> values = new LinkedHashMap<>();
        settings.forEach(
                setting -> values.put(setting.name(), chosen.getOrDefault(setting.name(), setting.defaultValue())));
        return values;
    }

    /**
     * All that is wrong with chosen values.
     *
     * @param chosen values by the names of settings
     * @return one sentence a mistake; empty if there is none
     */
    public List<String> problems(Map<String, Double> chosen) {
        Map<String, Setting> known = new LinkedHashMap<>();
        settings.forEach(setting -> known.put(setting.name(), setting));
        return chosen.entrySet().stream()
                .flatMap(entry -> {
                    Setting setting = known.get(entry.getKey());
                    if (setting == null) {
                        return Stream.of(name + " has no setting " + entry.getKey() + "; it has " + known.keySet());
                    }
                    return setting.allows(entry.getValue())
                            ? Stream.empty()
                            : Stream.of(name + "." + setting.name() + " is " + entry.getValue() + ", must be "
                                    + setting.range());
                })
                .toList();
    }

    /**
     * Makes it.
     *
     * @param chosen values by the names of settings; the defaults hold for the others
     * @return what is made
     * @throws IllegalArgumentException naming everything that is unknown or not allowed
     */
    public T make(Map<String, Double> chosen) {
        return maker.apply(complete(chosen));
    }
}
