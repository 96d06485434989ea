package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.backbone.Recipe;
import dev.lmmrec.training.backbone.Setting;
import java.util.List;
import java.util.Map;

/** What a configuration may say of the backbones of this package. */
public final class LinearFamily {

    private static final double RIDGE_MAX = 1e6;

    private LinearFamily() {}

    /**
     * All of them.
     *
     * @return in the order of tables
     */
    public static List<Recipe> recipes() {
        return List.of(ease(), easeNormalised());
    }

    private static Recipe ease() {
        return new Recipe(
                "ease",
                List.of(ridge(100, List.of(10.0, 30.0, 60.0, 100.0, 300.0, 600.0, 1_000.0, 3_000.0))),
                values -> new Ease(values.get("ridge")));
    }

    private static Recipe easeNormalised() {
        return new Recipe(
                "ease-normalised",
                List.of(
                        ridge(10, List.of(3.0, 10.0, 30.0)),
                        share("item-exponent", 0.25, List.of(0.25, 0.5), "columns are divided by d_i to this power"),
                        share("user-exponent", 0.25, List.of(0.25, 0.5), "rows are divided by d_u to this power"),
                        share("back-exponent", 0.25, List.of(), "scores are multiplied by d_i to this power"),
                        below("dropout", 0, List.of(), "share of interactions dropped out in expectation"),
                        below("diagonal", 0, List.of(), "how far an item may recommend itself")),
                values -> new Ease("ease-normalised", easeShape(values)));
    }

    private static Ease.Shape easeShape(Map<String, Double> values) {
        return new Ease.Shape(
                values.get("ridge"),
                values.get("item-exponent"),
                values.get("user-exponent"),
                values.get("back-exponent"),
                values.get("dropout"),
                values.get("diagonal"));
    }

    private static Setting ridge(double usual, List<Double> grid) {
        return new Setting("ridge", usual, 1e-3, RIDGE_MAX, false, grid, "λ added to the diagonal");
    }

    private static Setting share(String name, double usual, List<Double> grid, String meaning) {
        return new Setting(name, usual, 0, 1, false, grid, meaning);
    }

    private static Setting below(String name, double usual, List<Double> grid, String meaning) {
        return new Setting(name, usual, 0, 0.99, false, grid, meaning);
    }
}
