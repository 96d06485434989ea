package dev.lmmrec.training.backbone.graph;

import dev.lmmrec.training.backbone.Recipe;
import dev.lmmrec.training.backbone.Setting;
import java.util.List;

/** The recipes of this package, their defaults those of RLMRec on Amazon-book. */
public final class GraphBackbones {

    private final Execution execution;

    /**
     * Sets what does not change results.
     *
     * @param execution how graphs are multiplied
     */
    public GraphBackbones(Execution execution) {
        this.execution = execution;
    }

    /**
     * All recipes.
     *
     * @return in the order of tables
     */
    public List<Recipe> recipes() {
        return List.of(matrixFactorisation(), lightGcn());
    }

    private Recipe matrixFactorisation() {
        return new Recipe(
                "mf-bpr",
                List.of(squaredNorm(1e-6, List.of(1e-7, 1e-6, 1e-5, 1e-4))),
                values -> LightGcn.matrixFactorisation(values.get("l2"), execution));
    }

    private Recipe lightGcn() {
        return new Recipe(
                "lightgcn",
                List.of(
                        layers(3, List.of(2.0, 3.0)),
                        edgeKeep(List.of(0.8, 1.0)),
                        squaredNorm(1e-6, List.of(1e-7, 1e-6, 1e-5))),
                values -> new LightGcn(
                        values.get("layers").intValue(), values.get("edge-keep"), values.get("l2"), execution));
    }

    private static Setting layers(int defaultValue, List<Double> grid) {
        return new Setting("layers", defaultValue, 0, 8, true, grid, "how far vectors spread");
    }

    private static Setting edgeKeep(List<Double> grid) {
        return new Setting("edge-keep", 0.8, 0.01, 1, false, grid, "share of edges that a training step keeps");
    }

    private static Setting squaredNorm(double defaultValue, List<Double> grid) {
        return new Setting("l2", defaultValue, 0, 1, false, grid, "weight of the parameters' squared norm");
    }
}
