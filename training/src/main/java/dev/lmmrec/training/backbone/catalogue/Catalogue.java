package dev.lmmrec.training.backbone.catalogue;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Popularity;
import dev.lmmrec.training.backbone.Recipe;
import dev.lmmrec.training.backbone.graph.Execution;
import dev.lmmrec.training.backbone.graph.GraphBackbones;
import dev.lmmrec.training.backbone.linear.LinearFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The backbones that a configuration may name. */
public final class Catalogue {

    private final Map<String, Recipe<Backbone>> recipes = new LinkedHashMap<>();

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
        this(Stream.of(List.of(floor()), LinearFamily.recipes(), new GraphBackbones(execution).recipes())
                .flatMap(List::stream)
                .toList());
    }

    Catalogue(List<Recipe<Backbone>> all) {
        all.forEach(recipe -> {
            if (recipes.put(recipe.name(), recipe) != null) {
                throw new IllegalArgumentException("two backbones are called " + recipe.name());
            }
        });
    }

    /**
     * All of them.
     *
     * @return in the order of tables
     */
    public List<Recipe<Backbone>> recipes() {
        return List.copyOf(recipes.values());
    }

    /**
     * One of them.
     *
     * @param name its name
     * @return the recipe
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public Recipe<Backbone> recipe(String name) {
        Recipe<Backbone> recipe = recipes.get(name);
        if (recipe == null) {
            throw new IllegalArgumentException("there is no backbone " + name + "; there are " + recipes.keySet());
        }
        return recipe;
    }

    private static Recipe<Backbone> floor() {
        return new Recipe<>("popularity", List.of(), values -> new Popularity());
    }
}
