package dev.lmmrec.training.wrapper;

import dev.lmmrec.training.backbone.Recipe;
import dev.lmmrec.training.backbone.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The wrappers that a configuration may name. Switching a part of one off is a matter of its settings: a weight of 0,
 * or 0 for what is on or off.
 */
public final class Wrappers {

    private final Map<String, Recipe<Wrapper>> recipes = new LinkedHashMap<>();

    /** Knows every wrapper of this program. */
    public Wrappers() {
        for (Recipe<Wrapper> recipe : List.of(none(), rlmrecContrast(), rlmrecReconstruction(), lmmrec())) {
            recipes.put(recipe.name(), recipe);
        }
    }

    /**
     * All of them.
     *
     * @return in the order of tables
     */
    public List<Recipe<Wrapper>> recipes() {
        return List.copyOf(recipes.values());
    }

    /**
     * One of them.
     *
     * @param name its name
     * @return the recipe
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public Recipe<Wrapper> recipe(String name) {
        Recipe<Wrapper> recipe = recipes.get(name);
        if (recipe == null) {
            throw new IllegalArgumentException("there is no wrapper " + name + "; there are " + recipes.keySet());
        }
        return recipe;
    }

    private static Recipe<Wrapper> none() {
        return new Recipe<>("none", List.of(), values -> new Unwrapped());
    }

    private static Recipe<Wrapper> rlmrecContrast() {
        return new Recipe<>(
                "rlmrec-con",
                List.of(
                        weight("weight", 1e-2, List.of(1e-3, 1e-2, 1e-1), "InfoNCE of vectors and profiles"),
                        temperature("temperature", 0.2)),
                values -> new RlmrecContrast(values.get("weight"), values.get("temperature")));
    }

    private static Recipe<Wrapper> rlmrecReconstruction() {
        return new Recipe<>(
                "rlmrec-gen",
                List.of(
                        weight("weight", 1e-2, List.of(1e-3, 1e-2, 1e-1), "rebuilding of hidden profiles"),
                        temperature("temperature", 0.2),
                        new Setting(
                                "hidden",
                                0.1,
                                0.01,
                                0.5,
                                false,
                                List.of(0.05, 0.1, 0.15),
                                "share of users and items that a step hides")),
                values -> new RlmrecReconstruction(
                        values.get("weight"), values.get("temperature"), values.get("hidden")));
    }

    private static Recipe<Wrapper> lmmrec() {
        return new Recipe<>(
                "lmmrec",
                List.of(
                        weight("words", 1, List.of(0.0, 1.0), "ranking by words, own review left out"),
                        new Setting("word-text", 1, 0, 10, false, List.of(0.0, 1.0), "weight of the words of texts"),
                        new Setting(
                                "word-motives",
                                0.5,
                                0,
                                10,
                                false,
                                List.of(0.0, 0.5, 1.0),
                                "weight of the words of motivations"),
                        new Setting(
                                "word-cut",
                                0.5,
                                0,
                                1,
                                false,
                                List.of(0.0, 0.5),
                                "share of pairs whose user is seen by a few others only"),
                        new Setting(
                                "word-norm", 1e-2, 0, 10, false, List.of(1e-3, 1e-2, 3e-2), "L2 of what words learn"),
                        new Setting("word-drop", 0.3, 0, 0.9, false, List.of(), "share of words that a step drops"),
                        new Setting("word-rate", 1e-3, 1e-6, 1, false, List.of(), "learning rate of words"),
                        weight("ranking", 0.3, List.of(0.1, 0.3, 1.0), "ranking by sentences, own review left out"),
                        weight("mcs", 0.1, List.of(1e-2, 3e-2, 0.1), "motivation coordination"),
                        weight("robustness", 0, List.of(0.0, 1e-2, 3e-2), "coordination of disturbed vectors"),
                        weight("itc", 1e-2, List.of(1e-3, 1e-2, 3e-2), "correspondence with soft targets"),
                        weight("match", 1e-2, List.of(0.0, 1e-2), "binary match with hard negatives"),
                        temperature("temperature", 0.2),
                        temperature("ranking-temperature", 0.2),
                        new Setting("noise", 0.1, 0, 2, false, List.of(), "sd of the multiplicative noise"),
                        flag("agreement", 1, "pairs that disagree count less in coordination"),
                        new Setting(
                                "prototypes",
                                64,
                                0,
                                1_024,
                                true,
                                List.of(0.0, 64.0, 128.0),
                                "motivation prototypes per side; 0 for none"),
                        new Setting(
                                "rows", 1_024, 2, 65_536, true, List.of(), "rows of a batch compared with each other"),
                        new Setting("queue", 1_024, 0, 65_536, true, List.of(), "earlier rows that ITC compares with"),
                        new Setting(
                                "soft-share", 0.4, 0, 0.9, false, List.of(0.0, 0.4), "largest share of soft targets"),
                        new Setting("ramp-epochs", 10, 0, 1_000, false, List.of(), "epochs to the largest soft share"),
                        new Setting("momentum-first", 0.99, 0, 0.99999, false, List.of(), "teachers' first momentum"),
                        new Setting("momentum", 0.999, 0, 0.99999, false, List.of(), "teachers' last momentum"),
                        new Setting(
                                "teacher-every", 8, 1, 10_000, true, List.of(), "steps between two looks of teachers"),
                        flag("motives", 0, "motivation vectors join the text vectors")),
                Lmmrec::of);
    }

    private static Setting weight(String name, double standard, List<Double> grid, String meaning) {
        return new Setting(name, standard, 0, 1_000, false, grid, "weight of " + meaning + "; 0 switches it off");
    }

    private static Setting temperature(String name, double standard) {
        return new Setting(name, standard, 0.02, 10, false, List.of(0.1, 0.2, 0.4), "divides cosines");
    }

    private static Setting flag(String name, double standard, String meaning) {
        return new Setting(name, standard, 0, 1, true, List.of(0.0, 1.0), "1 or 0: " + meaning);
    }
}
