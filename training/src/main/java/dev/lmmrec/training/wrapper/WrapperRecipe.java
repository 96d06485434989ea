package dev.lmmrec.training.wrapper;

import dev.lmmrec.training.backbone.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How a wrapper is made from numbers: what a configuration may name, and what a search may try. */
public final class WrapperRecipe {

    private final String name;
    private final List<Setting> settings;
    private final Function<Map<String, Double>, Wrapper> maker;

    /**
     * Describes a wrapper.
     *
     * @param name as in configurations and tables
     * @param settings what can be set
     * @param maker is given a value for every setting
     */
    WrapperRecipe(String name, List<Setting> settings, Function<Map<String, Double>, Wrapper> maker) {
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
        List<String> problems = new ArrayList<>();
        chosen.forEach((key, value) -> {
            Setting setting = known.get(key);
            if (setting == null) {
                problems.add(name + " has no setting " + key + "; it has " + known.keySet());
            } else if (!setting.allows(value)) {
                problems.add(name + "." + key + " is " + value + ", must be " + setting.range());
            }
        });
        return problems;
    }

    /**
     * Makes the wrapper.
     *
     * @param chosen values by the names of settings; the defaults hold for the others
     * @return the wrapper
     * @throws IllegalArgumentException naming everything that is unknown or not allowed
     */
    public Wrapper make(Map<String, Double> chosen) {
        return maker.apply(complete(chosen));
    }
}
