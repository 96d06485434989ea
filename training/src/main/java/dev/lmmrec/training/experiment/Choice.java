package dev.lmmrec.training.experiment;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model with every setting decided.
 *
 * @param backbone its name
 * @param backboneSettings a value for each of its settings
 * @param wrapper what is around it, {@link Alone#NAME} for nothing
 * @param wrapperSettings a value for each of its settings
 * @param fit a value for each setting of training by gradient; empty for a closed form that is alone
 * @param parts what a blend or a stack is made of, each alone; empty for every other backbone
 */
public record Choice(
        String backbone,
        Map<String, Double> backboneSettings,
        String wrapper,
        Map<String, Double> wrapperSettings,
        Map<String, Double> fit,
        List<Choice> parts) {

    /** Copies the maps, in the order of the alphabet, and the list. */
    public Choice {
        backboneSettings = Collections.unmodifiableMap(new TreeMap<>(backboneSettings));
        wrapperSettings = Collections.unmodifiableMap(new TreeMap<>(wrapperSettings));
        fit = Collections.unmodifiableMap(new TreeMap<>(fit));
        parts = List.copyOf(parts);
    }

    /** Which of a choice's settings. */
    public enum Group {
        /** Of the backbone. */
        BACKBONE,
        /** Of the wrapper. */
        WRAPPER,
        /** Of training by gradient. */
        FIT;

        /** Tells a setting from one of the same name in another group. */
        String suffix() {
            return " of " + name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The name in tables.
     *
     * @return such as {@code lightgcn} or {@code ease + lmmrec}
     */
    public String model() {
        return wrapper.equals(Alone.NAME) ? backbone : backbone + " + " + wrapper;
    }

    /**
     * Whether training by gradient takes part, so that the seed matters.
     *
     * @return true if it does in the model or in one of its parts
     */
    boolean learns() {
        return !fit.isEmpty() || parts.stream().anyMatch(Choice::learns);
    }

    /**
     * What a setting is called among all of this choice.
     *
     * @param group of which part
     * @param name the setting
     * @return the name alone, or with its part where another part has a setting of that name
     */
    String nameOf(Group group, String name) {
        boolean alone = Arrays.stream(Group.values())
                .noneMatch(other -> other != group && settings(other).containsKey(name));
        return alone ? name : name + group.suffix();
    }

    /**
     * The same choice with another value.
     *
     * @param group of which part
     * @param name the setting
     * @param value the value
     * @return a new choice
     */
    public Choice with(Group group, String name, double value) {
        Map<String, Double> changed = new TreeMap<>(settings(group));
        changed.put(name, value);
        return new Choice(
                backbone,
                group == Group.BACKBONE ? changed : backboneSettings,
                wrapper,
                group == Group.WRAPPER ? changed : wrapperSettings,
                group == Group.FIT ? changed : fit,
                parts);
    }

    /** The settings of one part. */
    Map<String, Double> settings(Group group) {
        return switch (group) {
            case BACKBONE -> backboneSettings;
            case WRAPPER -> wrapperSettings;
            case FIT -> fit;
        };
    }
}
