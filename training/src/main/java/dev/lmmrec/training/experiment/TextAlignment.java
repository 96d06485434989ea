package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Popularity;
import dev.lmmrec.training.backbone.Setting;
import dev.lmmrec.training.evaluation.Fusion;
import dev.lmmrec.training.evaluation.Fusion.Choice;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.fit.Trained;
import dev.lmmrec.training.fit.Trainer;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** What {@code train} does: alignment to text vectors, and a fusion of interactions, text and popularity. */
public final class TextAlignment implements Wrapping {

    @Override
    public String name() {
        return "text-alignment";
    }

    @Override
    public boolean needsText() {
        return true;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting(
                        "alignment",
                        Settings.DEFAULTS.alignmentWeight(),
                        1e-6,
                        1e3,
                        false,
                        List.of(0.01, 0.1),
                        "weight of the contrast between interaction and text vectors"),
                new Setting(
                        "temperature",
                        Settings.DEFAULTS.temperature(),
                        0.02,
                        10,
                        false,
                        List.of(0.2, 0.4),
                        "τ of that contrast"));
    }

    @Override
    public Map<String, Map<String, Double>> ablations() {
        return Map.of();
    }

    @Override
    public boolean fits(Backbone backbone) {
        return backbone instanceof Backbone.Learnt;
    }

    @Override
    public boolean learns(Backbone backbone) {
        return true;
    }

    @Override
    public Fitted fit(
            Backbone backbone, Task task, Settings settings, Map<String, Double> values, IntConsumer afterEpoch) {
        if (!(backbone instanceof Backbone.Learnt learnt)) {
            throw new IllegalArgumentException(
                    name() + " wraps backbones that are learnt, " + backbone.name() + " has a closed form");
        }
        Settings aligned = new Settings(
                settings.width(),
                settings.layers(),
                settings.edgeKeep(),
                settings.learningRate(),
                settings.batchSize(),
                settings.epochsMax(),
                settings.validateEvery(),
                settings.patience(),
                settings.squaredNormWeight(),
                values.get("alignment"),
                values.get("temperature"),
                settings.seed());
        float[] popularity = Popularity.of(task.split().train());
        Trained trained = new Trainer(aligned, afterEpoch)
                .train(learnt, task.split().train(), task.text(), (interaction, text) -> new Fusion(
                                interaction, text, popularity)
                        .search(Choice.ALL, task.split().train(), task.split().validation())
                        .recall());
        Fusion fusion = new Fusion(trained.interaction(), trained.aligned(), popularity);
        Fusion.Found found =
                fusion.search(Choice.ALL, task.split().train(), task.split().validation());
        return new Fitted(
                fusion.scorer(found.weights()),
                trained.bestEpoch(),
                trained.history(),
                Map.of("fusion", found.weights().toString()));
    }
}
