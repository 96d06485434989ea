package dev.lmmrec.training.backbone.catalogue;

import dev.lmmrec.training.backbone.LightGcn;
import dev.lmmrec.training.backbone.Popularity;
import dev.lmmrec.training.backbone.Recipe;
import dev.lmmrec.training.backbone.Setting;
import dev.lmmrec.training.backbone.linear.LinearFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The backbones that a configuration may name. */
public final class Catalogue {

    private final Map<String, Recipe> recipes = new LinkedHashMap<>();

    /** Knows every backbone of this program. */
    public Catalogue() {
        this(Stream.of(List.of(floor()), LinearFamily.recipes(), List.of(lightGcn()))
                .flatMap(List::stream)
                .toList());
    }

    private Catalogue(List<Recipe> all) {
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
