package dev.lmmrec.training.backbone;

import dev.lmmrec.training.backbone.graph.Execution;
import dev.lmmrec.training.backbone.graph.GraphBackbones;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The backbones that a configuration may name. */
public final class Catalogue {

    private final Map<String, Recipe> recipes = new LinkedHashMap<>();

    /** Knows every backbone of this program. */
    public Catalogue() {
        this(Execution.DEFAULT);
    }

    /**
     * Knows every backbone of this program.
     *
     * @param execution how those that multiply a graph do so
     */
    public Catalogue(Execution execution) {
        this(Stream.of(List.of(floor(), ease()), new GraphBackbones(execution).recipes())
                .flatMap(List::stream)
                .toList());
    }

    Catalogue(List<Recipe> all) {
        all.forEach(recipe -> recipes.put(recipe.name(), recipe));
    }

    /**
     * All of them.
     *
     * @return in the order of tables
     */
    public List<Recipe> recipes() {
        return List.copyOf(recipes.values());
    }

    /**
     * One of them.
     *
     * @param name its name
     * @return the recipe
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public Recipe recipe(String name) {
        Recipe recipe = recipes.get(name);
        if (recipe == null) {
            throw new IllegalArgumentException("there is no backbone " + name + "; there are " + recipes.keySet());
        }
        return recipe;
    }

    private static Recipe floor() {
        return new Recipe("popularity", List.of(), values -> new Popularity());
    }

    private static Recipe ease() {
        return new Recipe(
                "ease",
                List.of(new Setting(
                        "ridge",
                        100,
                        1e-3,
                        1e6,
                        false,
                        List.of(10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0),
                        "λ added to the diagonal of XᵀX")),
                values -> new Ease(values.get("ridge")));
    }
}
