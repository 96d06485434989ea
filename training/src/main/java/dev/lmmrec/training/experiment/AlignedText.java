package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Popularity;
import dev.lmmrec.training.backbone.Recipe;
import dev.lmmrec.training.backbone.Setting;
import dev.lmmrec.training.backbone.blend.Part;
import dev.lmmrec.training.evaluation.Fusion;
import dev.lmmrec.training.evaluation.Scorer;
import dev.lmmrec.training.fit.Settings;
import dev.lmmrec.training.fit.Trained;
import dev.lmmrec.training.fit.Trainer;
import dev.lmmrec.training.text.ReviewTexts;
import dev.lmmrec.training.wrapper.GivenVectors;
import dev.lmmrec.training.wrapper.ScoreFactors;
import dev.lmmrec.training.wrapper.Wrapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A backbone trained together with text by one of the wrappers, then blended with popularity and what the text side
 * says. A closed form takes part by its factors, or by the best ones of its scores, and ranks with its own scores.
 */
final class AlignedText implements Wrapping {

    private final Recipe<Wrapper> recipe;
    private final String name;
    private final boolean words;

    /**
     * Takes a wrapper.
     *
     * @param recipe the wrapper
     * @param words whether plain words join the blend as well
     */
    AlignedText(Recipe<Wrapper> recipe, boolean words) {
        this.recipe = recipe;
        this.name = recipe.name() + (words ? "+" + BlendedChannels.WORDS : "");
        this.words = words;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean needsText() {
        return true;
    }

    /** A wrapper that can learn from words says so by a setting of theirs. */
    @Override
    public boolean needsSentenceVectors() {
        return recipe.settings().stream().noneMatch(setting -> setting.name().equals("words"));
    }

    @Override
    public List<Setting> settings() {
        return recipe.settings();
    }

    @Override
    public Map<String, Map<String, Double>> ablations() {
        Map<String, Map<String, Double>> without = new LinkedHashMap<>();
        without.put("MCS", Map.of("mcs", 0.0, "robustness", 0.0));
        without.put("ITC", Map.of("itc", 0.0, "match", 0.0));
        without.put("MCS and ITC", Map.of("mcs", 0.0, "robustness", 0.0, "itc", 0.0, "match", 0.0));
        without.put("soft targets", Map.of("soft-share", 0.0));
        without.put("prototypes", Map.of("prototypes", 0.0));
        without.put("agreement", Map.of("agreement", 0.0));
        without.put("trained words", Map.of("words", 0.0));
        without.put("trained sentences", Map.of("ranking", 0.0));
        without.put("motives", Map.of("word-motives", 0.0, "motives", 0.0));
        without.put("raw text", Map.of("word-text", 0.0, "word-motives", 1.0, "ranking", 0.0, "motives", 1.0));
        Map<String, Setting> known =
                recipe.settings().stream().collect(Collectors.toMap(Setting::name, setting -> setting));
        without.values().removeIf(values -> !known.keySet().containsAll(values.keySet()));
        return without;
    }

    @Override
    public boolean fits(Backbone backbone) {
        return !(backbone instanceof Popularity);
    }

    @Override
    public boolean learns(Backbone backbone) {
        return true;
    }

    @Override
    public Fitted fit(Backbone backbone, Task task, Trainer trainer, Map<String, Double> values) {
        Optional<Scorer> closed = backbone instanceof Backbone.ClosedForm form
                ? Optional.of(form.fit(task.split().train()))
                : Optional.empty();
        Backbone.Learnt learnt = closed.<Backbone.Learnt>map(
                        scorer -> given(backbone, scorer, task, trainer.settings()))
                .orElseGet(() -> (Backbone.Learnt) backbone);
        float[] popularity = Popularity.of(task.split().train());
        Optional<ReviewTexts> text = task.text();
        Trained trained = trainer.around(new Settings.Part(recipe.name(), values))
                .train(learnt, recipe.make(values), task.split().train(), text, (interaction, said) -> new Fusion(
                                interaction, said, popularity)
                        .search(
                                Fusion.Choice.ALL,
                                task.split().train(),
                                task.split().validation())
                        .recall());
        Fitted base =
                new Fitted(closed.orElse(trained.interaction()), trained.bestEpoch(), trained.history(), Map.of());
        List<Part> parts = new ArrayList<>(List.of(new Part(recipe.name() + " text", trained.text())));
        if (closed.isPresent() && movesVectors()) {
            parts.add(new Part(recipe.name() + " vectors", trained.interaction()));
        }
        return BlendedChannels.blend(base, backbone.name(), parts, words ? text : Optional.empty(), task);
    }

    /** A wrapper without a text side that ranks works through the backbone's vectors, so these must be free to move. */
    private boolean movesVectors() {
        return needsSentenceVectors();
    }

    private Backbone.Learnt given(Backbone backbone, Scorer scorer, Task task, Settings settings) {
        return new GivenVectors(
                backbone.name(),
                new ScoreFactors(
                                scorer,
                                task.split().train().users(),
                                task.split().train().items())
                        .of(settings.width(), settings.seed())
                        .normalised(),
                !movesVectors());
    }
}
