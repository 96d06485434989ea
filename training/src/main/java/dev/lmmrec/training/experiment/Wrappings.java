package dev.lmmrec.training.experiment;

import dev.lmmrec.training.wrapper.Wrappers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a configuration may put around a backbone. */
public final class Wrappings {

    private final Map<String, Wrapping> byName = new LinkedHashMap<>();

    /** Knows every one of this program. */
    public Wrappings() {
        this(ofThisProgram());
    }

    private static List<Wrapping> ofThisProgram() {
        List<Wrapping> all =
                new ArrayList<>(List.of(new Alone(), BlendedChannels.ofPopularity(), BlendedChannels.ofWords()));
        Wrappers wrappers = new Wrappers();
        wrappers.recipes().stream()
                .filter(recipe -> !recipe.name().equals(Alone.NAME))
                .forEach(recipe -> all.add(new AlignedText(recipe, false)));
        all.add(new AlignedText(wrappers.recipe("lmmrec"), true));
        return all;
    }

    Wrappings(List<Wrapping> all) {
        all.forEach(wrapping -> byName.put(wrapping.name(), wrapping));
    }

    /**
     * All of them.
     *
     * @return in the order of tables
     */
    public List<Wrapping> all() {
        return List.copyOf(byName.values());
    }

    /**
     * One of them.
     *
     * @param name its name
     * @return the wrapping
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public Wrapping named(String name) {
        Wrapping wrapping = byName.get(name);
        if (wrapping == null) {
            throw new IllegalArgumentException("there is no wrapper " + name + "; there are " + byName.keySet());
        }
        return wrapping;
    }
}
