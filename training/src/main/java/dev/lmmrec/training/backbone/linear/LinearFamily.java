package dev.lmmrec.training.backbone.linear;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Recipe;
import dev.lmmrec.training.backbone.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a configuration may say of the backbones of this package. */
public final class LinearFamily {

    private static final double RIDGE_MAX = 1e6;
    private static final int RANK_MAX = 4_096;

    private LinearFamily() {}

    /**
     * All of them.
     *
     * @return in the order of tables
     */
    public static List<Recipe<Backbone>> recipes() {
        return List.of(
                itemKnn(),
                userKnn(),
                slim(),
                ease(),
                easeNormalised(),
                lowRank(),
                gfCf(),
                spectral(),
                turboCf(),
                ials());
    }

    private static Recipe<Backbone> itemKnn() {
        return new Recipe<>(
                "item-knn",
                List.of(
                        whole("neighbours", 100, 10_000, List.of(50.0, 100.0, 200.0), "k"),
                        new Setting(
                                "shrinkage",
                                10,
                                0,
                                1e4,
                                false,
                                List.of(10.0, 30.0, 100.0),
                                "added to the denominator of the cosine")),
                values -> new ItemNeighbours(values.get("neighbours").intValue(), values.get("shrinkage")));
    }

    private static Recipe<Backbone> userKnn() {
        return new Recipe<>(
                "user-knn",
                List.of(
                        whole("neighbours", 500, 100_000, List.of(100.0, 500.0, 5_000.0), "k"),
                        share("item-exponent", 0.25, List.of(0.25, 0.5), "rare items tell more"),
                        share("user-exponent", 0.5, List.of(0.5), "busy users resemble fewer"),
                        new Setting("power", 1, 0.1, 5, false, List.of(1.0, 1.5), "of the similarity"),
                        share("score-exponent", 0.25, List.of(0.0, 0.15, 0.25), "rare items score higher")),
                values -> new UserNeighbours(new UserNeighbours.Shape(
                        values.get("neighbours").intValue(),
                        values.get("item-exponent"),
                        values.get("user-exponent"),
                        values.get("power"),
                        values.get("score-exponent"))));
    }

    private static Recipe<Backbone> slim() {
        return new Recipe<>(
                "slim",
                List.of(
                        whole("candidates", 200, 10_000, List.of(100.0, 200.0, 400.0), "weights in a column at most"),
                        ridge(10, List.of(3.0, 10.0, 30.0)),
                        new Setting("lasso", 0.01, 0, 1e4, false, List.of(0.0, 0.01, 0.03), "λ1, makes weights 0"),
                        share("exponent", 0.25, List.of(0.0, 0.25), "rows and columns are divided by counts to it"),
                        whole("negative", 0, 0, 1, List.of(), "1 allows weights below 0")),
                values -> new Slim(new Slim.Shape(
                        values.get("candidates").intValue(),
                        values.get("ridge"),
                        values.get("lasso"),
                        values.get("exponent"),
                        values.get("negative") == 1)));
    }

    private static Recipe<Backbone> lowRank() {
        List<Setting> settings = new ArrayList<>(easeNormalised().settings());
        settings.add(whole("width", 256, RANK_MAX, List.of(64.0, 128.0, 256.0, 512.0), "d"));
        return new Recipe<>(
                "low-rank",
                settings,
                values -> new LowRank(
                        new Ease("ease-normalised", easeShape(values)),
                        values.get("width").intValue()));
    }

    private static Recipe<Backbone> ials() {
        return new Recipe<>(
                "ials",
                List.of(
                        whole("width", 128, RANK_MAX, List.of(64.0, 128.0, 256.0, 512.0), "d"),
                        whole("rounds", 16, 1_000, List.of(), "how often users and items are solved"),
                        new Setting(
                                "unobserved", 0.01, 1e-6, 100, false, List.of(0.003, 0.01, 0.03), "α0, of all pairs"),
                        ridge(0.01, List.of(0.003, 0.01, 0.03, 0.1)),
                        share("frequency-exponent", 1, List.of(0.5, 1.0), "ν: holds rows with many entries back"),
                        whole("seed", 0, 1, Integer.MAX_VALUE, List.of(), "draws the first vectors")),
                values -> new AlternatingSquares(new AlternatingSquares.Shape(
                        values.get("width").intValue(),
                        values.get("rounds").intValue(),
                        values.get("unobserved"),
                        values.get("ridge"),
                        values.get("frequency-exponent"),
                        values.get("seed").longValue())));
    }

    private static Recipe<Backbone> gfCf() {
        return new Recipe<>(
                "gf-cf",
                List.of(
                        whole("rank", 0, 256, RANK_MAX, List.of(64.0, 256.0, 512.0), "of the low-pass; 0 for none"),
                        new Setting("alpha", 0.3, 0, 100, false, List.of(0.1, 0.3, 1.0), "weight of the low-pass"),
                        share("item-exponent", 0.5, List.of(0.25, 0.5), "columns are divided by d_i to this power"),
                        share("user-exponent", 0.5, List.of(), "rows are divided by d_u to this power")),
                values -> new GraphFilter(new GraphFilter.Shape(
                        values.get("rank").intValue(),
                        values.get("alpha"),
                        values.get("item-exponent"),
                        values.get("user-exponent"))));
    }

    private static Recipe<Backbone> spectral() {
        return new Recipe<>(
                "spectral",
                List.of(
                        whole("rank", 256, RANK_MAX, List.of(128.0, 256.0, 512.0, 768.0), "d"),
                        share("item-exponent", 0.4, List.of(0.3, 0.4), "columns are divided by d_i to this power"),
                        share("user-exponent", 0.4, List.of(0.3, 0.4), "rows are divided by d_u to this power"),
                        new Setting("decay", 1, 0, 10, false, List.of(1.0, 2.0), "power of the singular values"),
                        share("back-exponent", 0.2, List.of(0.15, 0.25), "scores are multiplied by d_i to this power")),
                values -> new SpectralFilter(new SpectralFilter.Shape(
                        values.get("rank").intValue(),
                        values.get("item-exponent"),
                        values.get("user-exponent"),
                        values.get("decay"),
                        values.get("back-exponent"))));
    }

    private static Recipe<Backbone> turboCf() {
        return new Recipe<>(
                "turbo-cf",
                List.of(
                        share("user-exponent", 0.5, List.of(0.4, 0.5, 0.6), "rows by d_u to this power"),
                        new Setting(
                                "power",
                                0.5,
                                0.1,
                                5,
                                false,
                                List.of(0.3, 0.5, 0.7, 1.0),
                                "of each weight of the graph"),
                        whole("order", 1, 3, List.of(1.0, 3.0), "of the polynomial")),
                values -> new TurboFilter(
                        values.get("user-exponent"),
                        values.get("power"),
                        values.get("order").intValue()));
    }

    private static Recipe<Backbone> ease() {
        return new Recipe<>(
                "ease",
                List.of(ridge(100, List.of(10.0, 30.0, 60.0, 100.0, 300.0, 600.0, 1_000.0, 3_000.0))),
                values -> new Ease(values.get("ridge")));
    }

    private static Recipe<Backbone> easeNormalised() {
        return new Recipe<>(
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

    private static Setting whole(String name, double usual, double max, List<Double> grid, String meaning) {
        return whole(name, 1, usual, max, grid, meaning);
    }

    private static Setting whole(String name, double min, double usual, double max, List<Double> grid, String meaning) {
        return new Setting(name, usual, min, max, true, grid, meaning);
    }

    private static Setting share(String name, double usual, List<Double> grid, String meaning) {
        return new Setting(name, usual, 0, 1, false, grid, meaning);
    }

    private static Setting below(String name, double usual, List<Double> grid, String meaning) {
        return new Setting(name, usual, 0, 0.99, false, grid, meaning);
    }
}
