package dev.lmmrec.training.cli;

import dev.lmmrec.training.fit.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
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

    @Option(
            names = "--backbone",
            paramLabel = "NAME",
            description = "What knows users and items from interactions (default: ${DEFAULT-VALUE}).")
    private String backbone = Settings.DEFAULTS.backbone().name();

    @Option(
            names = "--backbone-set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the backbone, such as layers=2; may be repeated.")
    private Map<String, Double> backboneChosen = new LinkedHashMap<>();

    @Option(
            names = "--wrapper",
            paramLabel = "NAME",
            description = "What aligns it with text; none to rank without (default: ${DEFAULT-VALUE}).")
    private String wrapper = Settings.DEFAULTS.wrapper().name();

    @Option(
            names = "--wrapper-set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the wrapper, such as mcs=0; may be repeated.")
    private Map<String, Double> wrapperChosen = new LinkedHashMap<>();

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

    @Option(names = "--seed", paramLabel = "N", description = "Repeats split and training (default: ${DEFAULT-VALUE}).")
    private long seed = Settings.DEFAULTS.seed();

    Settings settings() {
        try {
            return new Settings(
                    new Settings.Part(backbone, backboneChosen),
                    new Settings.Part(wrapper, wrapperChosen),
                    width,
                    learningRate,
                    batchSize,
                    epochsMax,
                    validateEvery,
                    patience,
                    squaredNormWeight,
                    seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
