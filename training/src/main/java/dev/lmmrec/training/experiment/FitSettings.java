package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.Setting;
import dev.lmmrec.training.data.Source;
import dev.lmmrec.training.fit.Settings;
import java.util.List;
import java.util.Map;

/** What a configuration may say of training by gradient. */
public final class FitSettings {

    private static final Settings.Part UNWRAPPED = new Settings.Part(Alone.NAME, Map.of());

    private final List<Setting> settings;

    private FitSettings(List<Setting> settings) {
        this.settings = settings;
    }

    /**
     * With the defaults for data.
     *
     * @param source the data
     * @return those of published splits for a published split, else those of reviews
     */
    static FitSettings of(Source source) {
        return source instanceof Source.Published ? ofPublishedSplits() : ofReviews();
    }

    /**
     * With the defaults of a few thousand reviews.
     *
     * @return the settings
     */
    public static FitSettings ofReviews() {
        return of(Settings.DEFAULTS, List.of(1e-3, 5e-3), List.of(1e-4, 1e-3));
    }

    /**
     * With the defaults of the protocol that published tables on published splits follow (RLMRec, arXiv 2310.15950): d
     * 32, step size 0.001, 4,096 positives a step, validation every 3 epochs, patience 5.
     *
     * @return the settings
     */
    private static FitSettings ofPublishedSplits() {
        return of(
                new Settings(Settings.DEFAULTS.backbone(), UNWRAPPED, 32, 1e-3, 4_096, 300, 3, 5, 0, 1),
                List.of(),
                List.of());
    }

    private static FitSettings of(Settings usual, List<Double> learningRates, List<Double> weights) {
        return new FitSettings(List.of(
                new Setting("dim", usual.width(), 1, 1_024, true, List.of(), "width of vectors"),
                new Setting("learning-rate", usual.learningRate(), 1e-6, 1, false, learningRates, "Adam's step size"),
                new Setting("batch", usual.batchSize(), 1, 1 << 20, true, List.of(), "positives a step"),
                new Setting("epochs", usual.epochsMax(), 1, 100_000, true, List.of(), "at most"),
                new Setting("validate-every", usual.validateEvery(), 1, 1_000, true, List.of(), "epochs"),
                new Setting("patience", usual.patience(), 1, 1_000, true, List.of(), "validations without gain"),
                new Setting("l2", usual.squaredNormWeight(), 0, 1e3, false, weights, "weight of squared norms")));
    }

    /**
     * What can be set.
     *
     * @return in a fixed order
     */
    public List<Setting> settings() {
        return settings;
    }

    /**
     * The settings of one run, before anything is put around the backbone.
     *
     * @param choice the model
     * @param seed the seed of training
     * @return what a trainer takes; of a model that is not learnt by gradient only the seed counts
     */
    static Settings of(Choice choice, long seed) {
        // a mixture comes as scores that were found already: no trainer makes it, and no catalogue knows its name
        Settings.Part backbone = Mixture.named(choice.backbone()).isPresent()
                ? Settings.DEFAULTS.backbone()
                : new Settings.Part(choice.backbone(), choice.backboneSettings());
        Map<String, Double> values = choice.fit();
        if (values.isEmpty()) {
            return new Settings(
                    backbone,
                    UNWRAPPED,
                    Settings.DEFAULTS.width(),
                    Settings.DEFAULTS.learningRate(),
                    Settings.DEFAULTS.batchSize(),
                    Settings.DEFAULTS.epochsMax(),
                    Settings.DEFAULTS.validateEvery(),
                    Settings.DEFAULTS.patience(),
                    Settings.DEFAULTS.squaredNormWeight(),
                    seed);
        }
        return new Settings(
                backbone,
                UNWRAPPED,
                values.get("dim").intValue(),
                values.get("learning-rate"),
                values.get("batch").intValue(),
                values.get("epochs").intValue(),
                values.get("validate-every").intValue(),
                values.get("patience").intValue(),
                values.get("l2"),
                seed);
    }
}
