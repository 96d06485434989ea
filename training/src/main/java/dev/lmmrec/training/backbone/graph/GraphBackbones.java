package dev.lmmrec.training.backbone.graph;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Recipe;
import dev.lmmrec.training.backbone.Setting;
import dev.lmmrec.training.loss.LayerContrast;
import dev.lmmrec.training.loss.SampledSoftmax;
import dev.lmmrec.training.loss.ViewContrast;
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
    public List<Recipe<Backbone>> recipes() {
        return List.of(
                matrixFactorisation(), lightGcn(), gccf(), sgl(), simGcl(), xSimGcl(), softmax(), dccf(), autoCf());
    }

    private Recipe<Backbone> matrixFactorisation() {
        return new Recipe<>(
                "mf-bpr",
                List.of(squaredNorm(1e-6, List.of(1e-7, 1e-6, 1e-5, 1e-4))),
                values -> LightGcn.matrixFactorisation(values.get("l2"), execution));
    }

    private Recipe<Backbone> lightGcn() {
        return new Recipe<>(
                "lightgcn",
                List.of(
                        layers(3, List.of(2.0, 3.0)),
                        edgeKeep(List.of(0.8, 1.0)),
                        squaredNorm(1e-6, List.of(1e-7, 1e-6, 1e-5))),
                values -> new LightGcn(
                        values.get("layers").intValue(), values.get("edge-keep"), values.get("l2"), execution));
    }

    private Recipe<Backbone> gccf() {
        return new Recipe<>(
                "gccf",
                List.of(layers(2, List.of(2.0, 3.0)), squaredNorm(1e-6, List.of(1e-7, 1e-6, 1e-5))),
                values -> new Gccf(values.get("layers").intValue(), values.get("l2"), execution));
    }

    private Recipe<Backbone> sgl() {
        return new Recipe<>(
                "sgl",
                List.of(
                        layers(3, List.of(2.0, 3.0)),
                        edgeKeep(List.of(0.8, 0.9)),
                        contrast(0.1, List.of(1e-3, 1e-2, 1e-1)),
                        temperature(0.2, List.of(0.1, 0.2, 0.5)),
                        squaredNorm(1e-5, List.of(1e-6, 1e-5))),
                values -> new Sgl(
                        values.get("layers").intValue(),
                        values.get("edge-keep"),
                        new ViewContrast(values.get("contrast"), values.get("temperature"), true),
                        values.get("l2"),
                        execution));
    }

    private Recipe<Backbone> simGcl() {
        return new Recipe<>(
                "simgcl",
                List.of(
                        layers(3, List.of(2.0, 3.0)),
                        noise(0.9, List.of(0.2, 0.9)),
                        contrast(0.1, List.of(1e-2, 1e-1, 0.5)),
                        temperature(0.2, List.of(0.1, 0.2, 0.5)),
                        squaredNorm(1e-5, List.of(1e-6, 1e-5))),
                values -> new SimGcl(
                        values.get("layers").intValue(),
                        values.get("noise"),
                        new ViewContrast(values.get("contrast"), values.get("temperature"), false),
                        values.get("l2"),
                        execution));
    }

    /** Not in RLMRec: the structure is that of the paper, the defaults are ours. */
    private Recipe<Backbone> xSimGcl() {
        return new Recipe<>(
                "xsimgcl",
                List.of(
                        layers(2, List.of(2.0, 3.0)),
                        new Setting(
                                "contrast-layer", 1, 1, 8, true, List.of(1.0), "the layer contrasted with the mean"),
                        noise(0.2, List.of(0.1, 0.2)),
                        contrast(0.2, List.of(0.1, 0.2, 0.5)),
                        temperature(0.15, List.of(0.1, 0.15, 0.2)),
                        squaredNorm(1e-6, List.of(1e-7, 1e-6, 1e-5))),
                values -> new XSimGcl(
                        values.get("layers").intValue(),
                        values.get("contrast-layer").intValue(),
                        values.get("noise"),
                        new LayerContrast(values.get("contrast"), values.get("temperature")),
                        values.get("l2"),
                        execution));
    }

    private Recipe<Backbone> softmax() {
        return new Recipe<>(
                "ssm",
                List.of(
                        layers(3, List.of(2.0, 3.0)),
                        new Setting(
                                "softmax-temperature",
                                0.2,
                                0.02,
                                10,
                                false,
                                List.of(0.1, 0.15, 0.2),
                                "divides the cosines of users and items"),
                        new Setting(
                                "item-norm",
                                1,
                                0,
                                2,
                                false,
                                List.of(0.7, 1.0),
                                "exponent of an item's length when ranking"),
                        noise(0.2, List.of(0.0, 0.2)),
                        contrast(0.1, List.of(0.0, 0.1, 0.2)),
                        temperature(0.2, List.of(0.2)),
                        squaredNorm(0, List.of(0.0, 1e-8))),
                values -> XSimGcl.softmax(
                        new SampledSoftmax(1, values.get("softmax-temperature")),
                        values.get("item-norm"),
                        values.get("layers").intValue(),
                        values.get("noise"),
                        new LayerContrast(values.get("contrast"), values.get("temperature")),
                        values.get("l2"),
                        execution));
    }

    private Recipe<Backbone> dccf() {
        return new Recipe<>(
                "dccf",
                List.of(
                        layers(2, List.of(2.0, 3.0)),
                        new Setting("intents", 128, 1, 4_096, true, List.of(64.0, 128.0), "prototypes per side"),
                        contrast(1e-3, List.of(1e-4, 1e-3, 1e-2)),
                        temperature(0.1, List.of(0.1, 0.2)),
                        squaredNorm(1e-4, List.of(1e-5, 1e-4, 1e-3))),
                values -> new Dccf(
                        values.get("layers").intValue(),
                        values.get("intents").intValue(),
                        values.get("contrast"),
                        values.get("temperature"),
                        values.get("l2"),
                        execution));
    }

    private Recipe<Backbone> autoCf() {
        return new Recipe<>(
                "autocf",
                List.of(
                        layers(2, List.of(2.0, 3.0)),
                        new Setting("heads", 4, 1, 64, true, List.of(), "of the attention"),
                        new Setting("seeds", 100, 0, 1e6, true, List.of(100.0), "nodes masked with their neighbours"),
                        new Setting("noise-share", 0.2, 0, 1, false, List.of(), "share of nodes joined at random"),
                        new Setting("mask-steps", 10, 1, 1e6, true, List.of(), "steps that a mask stays"),
                        new Setting("spread", 5, 0, 100, false, List.of(0.5, 1.0, 2.0, 5.0), "weight of keeping apart"),
                        squaredNorm(1e-6, List.of(1e-7, 1e-6, 1e-5))),
                values -> new AutoCf(
                        new AutoCf.Shaping(
                                values.get("layers").intValue(),
                                values.get("heads").intValue(),
                                values.get("seeds").intValue(),
                                values.get("noise-share"),
                                values.get("mask-steps").intValue()),
                        values.get("spread"),
                        values.get("l2"),
                        execution));
    }

    private static Setting contrast(double defaultValue, List<Double> grid) {
        return new Setting("contrast", defaultValue, 0, 100, false, grid, "weight of the contrast");
    }

    private static Setting temperature(double defaultValue, List<Double> grid) {
        return new Setting("temperature", defaultValue, 0.02, 10, false, grid, "of the contrast");
    }

    private static Setting noise(double defaultValue, List<Double> grid) {
        return new Setting("noise", defaultValue, 0, 10, false, grid, "length of the noise on each layer");
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
