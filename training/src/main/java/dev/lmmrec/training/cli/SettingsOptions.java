package dev.lmmrec.training.cli;

import dev.lmmrec.training.fit.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The shape of a run; see {@link Settings}. */
final class SettingsOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--dim", paramLabel = "D", description = "Width of vectors (default: ${DEFAULT-VALUE}).")
    private int width = Settings.DEFAULTS.width();

    @Option(names = "--layers", paramLabel = "L", description = "Layers of the backbone (default: ${DEFAULT-VALUE}).")
    private int layers = Settings.DEFAULTS.layers();

    @Option(
            names = "--edge-keep",
            paramLabel = "P",
            description = "Share of edges kept in a step (default: ${DEFAULT-VALUE}).")
    private double edgeKeep = Settings.DEFAULTS.edgeKeep();

    @Option(names = "--learning-rate", paramLabel = "R", description = "Adam's step size (default: ${DEFAULT-VALUE}).")
    private double learningRate = Settings.DEFAULTS.learningRate();

    @Option(names = "--batch", paramLabel = "B", description = "Positives a step (default: ${DEFAULT-VALUE}).")
    private int batchSize = Settings.DEFAULTS.batchSize();

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs at most (default: ${DEFAULT-VALUE}).")
    private int epochsMax = Settings.DEFAULTS.epochsMax();

    @Option(
            names = "--validate-every",
            paramLabel = "N",
            description = "Epochs between validations (default: ${DEFAULT-VALUE}).")
    private int validateEvery = Settings.DEFAULTS.validateEvery();

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Validations without gain to stop at (default: ${DEFAULT-VALUE}).")
    private int patience = Settings.DEFAULTS.patience();

    @Option(names = "--l2", paramLabel = "W", description = "Weight of squared norms (default: ${DEFAULT-VALUE}).")
    private double squaredNormWeight = Settings.DEFAULTS.squaredNormWeight();

    @Option(
            names = "--alignment",
            paramLabel = "W",
            description = "Weight of the alignment to text, 0 to switch it off (default: ${DEFAULT-VALUE}).")
    private double alignmentWeight = Settings.DEFAULTS.alignmentWeight();

    @Option(names = "--temperature", paramLabel = "T", description = "Of the alignment (default: ${DEFAULT-VALUE}).")
    private double temperature = Settings.DEFAULTS.temperature();

    @Option(names = "--seed", paramLabel = "N", description = "Repeats split and training (default: ${DEFAULT-VALUE}).")
    private long seed = Settings.DEFAULTS.seed();

    Settings settings() {
        try {
            return new Settings(
                    width,
                    layers,
                    edgeKeep,
                    learningRate,
                    batchSize,
                    epochsMax,
                    validateEvery,
                    patience,
                    squaredNormWeight,
                    alignmentWeight,
                    temperature,
                    seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
