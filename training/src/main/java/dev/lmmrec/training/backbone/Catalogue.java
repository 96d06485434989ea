package dev.lmmrec.training.backbone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The backbones that a configuration may name. */
public final class Catalogue {

    private final Map<String, Recipe> recipes = new LinkedHashMap<>();

    /** Knows every backbone of this program. */
    public Catalogue() {
        this(List.of(floor(), ease(), lightGcn()));
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

    private static Recipe lightGcn() {
        return new Recipe(
                "lightgcn",
                List.of(
                        new Setting("layers", 3, 0, 8, true, List.of(2.0, 3.0), "how far vectors spread"),
                        new Setting(
                                "edge-keep",
                                0.8,
                                0.01,
                                1,
                                false,
                                List.of(0.8, 1.0),
                                "share of edges that a training step keeps")),
                values -> new LightGcn(values.get("layers").intValue(), values.get("edge-keep")));
    }
}
