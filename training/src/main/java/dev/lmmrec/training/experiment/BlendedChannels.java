package dev.lmmrec.training.experiment;

import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.backbone.Popularity;
import dev.lmmrec.training.backbone.blend.BlendSearch;
import dev.lmmrec.training.backbone.blend.BlendSearch.Objective;
import dev.lmmrec.training.backbone.blend.Part;
import dev.lmmrec.training.evaluation.Scorer;
import dev.lmmrec.training.fit.Trainer;
import dev.lmmrec.training.text.ReviewTexts;
import dev.lmmrec.training.words.WordChannels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A backbone blended with what needs no training: popularity, and plain words if they are asked for. Weights are found
 * on validation, in the same way for every wrapper, so that none gains by the blend alone.
 */
final class BlendedChannels implements Wrapping {

    /** Blended with popularity alone. */
    public static final String POPULARITY = "popularity";

    /** Blended with popularity and TF-IDF: the text baseline. */
    public static final String WORDS = "tf-idf";

    private final Wrapping alone = new Alone();
    private final String name;
    private final boolean words;

    private BlendedChannels(String name, boolean words) {
        this.name = name;
        this.words = words;
    }

    /**
     * Popularity alone.
     *
     * @return the wrapping
     */
    static BlendedChannels ofPopularity() {
        return new BlendedChannels(POPULARITY, false);
    }

    /**
     * Popularity and words.
     *
     * @return the wrapping
     */
    static BlendedChannels ofWords() {
        return new BlendedChannels(WORDS, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean needsText() {
        return words;
    }

    @Override
    public boolean fits(Backbone backbone) {
        return words || !(backbone instanceof Popularity);
    }

    @Override
    public boolean learns(Backbone backbone) {
        return alone.learns(backbone);
    }

    @Override
    public Fitted fit(Backbone backbone, Task task, Trainer trainer, Map<String, Double> values) {
        Fitted base = alone.fit(backbone, task, trainer, values);
        return blend(base, backbone.name(), List.of(), words ? task.text() : Optional.empty(), task);
    }

    /**
     * Blends.
     *
     * @param base the backbone as it was trained
     * @param name the backbone's name
     * @param trained what else was trained
     * @param words the text whose words join the blend, if they do
     * @param task what weights are found on
     * @return the blend
     */
    static Fitted blend(Fitted base, String name, List<Part> trained, Optional<ReviewTexts> words, Task task) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(name, Scorer.inTurn(base.scorer())));
        parts.add(new Part(POPULARITY, new Popularity().fit(task.split().train())));
        parts.addAll(trained);
        words.ifPresent(texts ->
                parts.addAll(new WordChannels(texts.words()).parts(task.split().validation())));
        BlendSearch.Found found =
                new BlendSearch(task.split().train(), task.split().validation(), Objective.BOTH).search(parts);
        Map<String, String> notes = new TreeMap<>(base.notes());
        found.contributions().forEach(each -> notes.put("blend: " + each.part(), each.toString()));
        return new Fitted(found.blend(), base.bestEpoch(), base.history(), notes);
    }
}
